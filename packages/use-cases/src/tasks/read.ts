import type { Db } from '@yoman/db/database'
import { listTasks, type TaskFilter, type TaskListRow } from '@yoman/db/tasks/queries'
import { allow, allowIn } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { namesView } from '../patients/view.ts'
import { read } from '../transact.ts'

export interface TaskQuery extends Pick<TaskFilter, 'branchId' | 'patientId' | 'state'> {
  cursor?: string | undefined
  limit?: number | undefined
}

/** One page: open tasks by when they are due, closed ones latest first. */
export async function pageOfTasks(ctx: Context, { cursor, limit = 100, ...filter }: TaskQuery) {
  if (filter.branchId === undefined) allow(ctx.actor, 'task.read')
  else allowIn(ctx.actor, 'task.read', filter.branchId)
  const after = cursor === undefined ? undefined : (decodeCursor(cursor, [instantKey, uuidKey]) as [string, string]) // as many as forms
  const rows = await read(ctx, (db) => listTasks(db, { ...filter, after, limit: limit + 1 }))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const key = last && (filter.state === 'closed' ? last.closed_at : last.due_at)
  return { items: shown.map(taskView), next: rows.length > limit && last && key ? encodeCursor([key.toString(), last.id]) : null }
}

/** One task, inside a transaction that somebody else opened. */
export async function loadTask(db: Db, id: string): Promise<TaskView> {
  const [row] = await listTasks(db, { id, limit: 1 })
  if (!row) throw new NotFound('task')
  return taskView(row)
}

export type TaskView = ReturnType<typeof taskView>

export const taskView = (row: TaskListRow) => ({
  id: row.id,
  branchId: row.branch_id,
  patient: row.patient_id === null ? null : { id: row.patient_id, ...namesView(named(row)), phone: row.phone },
  words: row.words,
  dueAt: row.due_at.toString(),
  assignee: person(row.assignee_id, row.assignee_name),
  assigneeRole: row.assignee_role,
  status: row.status,
  outcome: row.outcome,
  closedAt: row.closed_at?.toString() ?? null,
  closedBy: person(row.closed_by, row.closed_by_name),
  closedBecause: row.closed_because,
  createdBy: person(row.created_by, row.created_by_name),
  about: row.about,
  appointmentId: row.appointment_id,
  deadAddress: row.channel === null || row.address === null ? null : { channel: row.channel, address: row.address },
  createdAt: row.created_at.toString(),
  version: row.version,
})

const person = (staffId: string | null, name: string | null) => (staffId === null ? null : { staffId, name: name ?? '' })

const named = (row: TaskListRow) => ({
  given_name: row.given_name ?? '',
  family_name: row.family_name ?? '',
  given_name_latin: row.given_name_latin ?? '',
  family_name_latin: row.family_name_latin ?? '',
})
