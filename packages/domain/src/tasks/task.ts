import { Refusal } from '../refusal.ts'
import type { Instant } from '../time.ts'

/** Who can be asked for something without a name: whoever holds the role. */
export const assignableRoles = ['receptionist', 'doctor', 'hygienist', 'assistant', 'owner'] as const
export type AssignableRole = (typeof assignableRoles)[number]
export type Assignee = { staffId: string } | { role: AssignableRole }

export interface TaskState {
  status: 'open' | 'kept' | 'broken'
  outcome: string
  closedAt: Instant | null
  closedBy: string | null
}

/** Null where it is closed so already. Throws `task_closed` where it is closed in another way. */
export function close(task: TaskState, status: 'kept' | 'broken', outcome: string, { by, now }: { by: string; now: Instant }): TaskState | null {
  if (task.status === status) return null
  if (task.status !== 'open') throw new Refusal('task_closed')
  return { status, outcome: outcome.trim(), closedAt: now, closedBy: by }
}

/** Null where it is open. */
export const reopen = (task: TaskState): TaskState | null => (task.status === 'open' ? null : { status: 'open', outcome: '', closedAt: null, closedBy: null })

/** A promise that is closed stays as it was said. Throws `task_closed`. */
export function checkOpen({ status }: Pick<TaskState, 'status'>): void {
  if (status !== 'open') throw new Refusal('task_closed')
}
