import type { Role } from '@yoman/domain/access'
import type { HeldRole } from './roles-in-words.ts'

/** The choice that stands for all branches: a list of choices knows no null. */
export const everywhere = 'everywhere'

export interface TypedRole {
  role: Role | null
  branch: string | null
}

export const typedRoles = (held: readonly HeldRole[]): TypedRole[] => held.map(({ role, branchId }) => ({ role, branch: branchId ?? everywhere }))

/** The roles that are chosen; lines without a role are left out. */
export const chosenRoles = (typed: readonly TypedRole[]): HeldRole[] =>
  typed.flatMap(({ role, branch }) => (role === null ? [] : [{ role, branchId: branch === null || branch === everywhere ? null : branch }]))
