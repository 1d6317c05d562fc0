import type { Role } from '@yoman/domain/access'
import { t } from '../../i18n.ts'

export interface HeldRole {
  role: Role
  /** Null: in all branches. */
  branchId: string | null
}

/** `קבלה (מרכז, צפון)`: each role once, with its branches where it does not hold everywhere. */
export function rolesInWords(held: readonly HeldRole[], branchName: (id: string) => string): string[] {
  return [...new Set(held.map(({ role }) => role))].map((role) => {
    const ofRole = held.filter((one) => one.role === role)
    const branches = ofRole.some(({ branchId }) => branchId === null) ? [] : ofRole.map(({ branchId }) => branchName(branchId ?? ''))
    return branches.length > 0 ? `${t(`settings.role.${role}`)} (${branches.join(', ')})` : t(`settings.role.${role}`)
  })
}
