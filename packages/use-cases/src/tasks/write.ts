import type { Tx } from '@yoman/db/database'
import { findTask, insertTask, lockTask, saveTask, type TaskRow } from '@yoman/db/tasks/queries'
import { allow, allowIn } from '@yoman/domain/access'
import type { EventName } from '@yoman/domain/events'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { type Assignee, checkOpen, close, reopen, type TaskState } from '@yoman/domain/tasks/task'
import { instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { loadTask, type TaskView } from './read.ts'

export interface NewTask {
  id: string
  branchId: string
  patientId?: string | null
  words: string
  /** ISO instant. */
  dueAt: string
  assignee: Assignee
}

/** Writes down a promise; a repeated request finds its own. Throws `reference_unknown`, `id_taken`. */
export async function makeTask(ctx: Context, { id, branchId, patientId = null, words, dueAt, assignee }: NewTask): Promise<TaskView> {
  allowIn(ctx.actor, 'task.write', branchId)
  const createdBy = ctx.actor.staffId
  if (!createdBy) throw new Error('a promise has a person behind it')
  return transact(ctx, async (tx) => {
    const mine = await findTask(tx, id)
    if (mine && (mine.created_by !== createdBy || mine.branch_id !== branchId || mine.patient_id !== patientId)) throw new Refusal('id_taken')
    if (mine) return loadTask(tx, id)
    await writeTask(tx, ctx, { id, branchId, patientId, words, dueAt, assignee, createdBy })
    return loadTask(tx, id)
  })
}

/** The new row and its event, inside a transaction that somebody else opened, who has asked for the permission. */
export async function writeTask(tx: Tx, ctx: Context, { id, branchId, patientId = null, words, dueAt, assignee, createdBy }: NewTask & { createdBy: string }): Promise<void> {
  const row = { clinic_id: ctx.clinicId, id, branch_id: branchId, patient_id: patientId, words, due_at: instant(dueAt), ...columnsOf(assignee), created_by: createdBy, created_at: ctx.now }
  await insertTask(tx, { ...row, closed_at: null, closed_by: null })
  await record(tx, ctx, 'task.made', row, { dueAt })
}

export interface TaskChange {
  version: number
  words?: string
  dueAt?: string
  assignee?: Assignee
}

/** Throws `stale_version`, `task_closed`, `reference_unknown`. */
export const changeTask = (ctx: Context, id: string, { version, words, dueAt, assignee }: TaskChange): Promise<TaskView> =>
  withTask(ctx, id, async (tx, task) => {
    checkOpen(task)
    checkVersion(task, version)
    const changes = { ...(words === undefined ? {} : { words }), ...(dueAt === undefined ? {} : { due_at: instant(dueAt) }), ...(assignee === undefined ? {} : columnsOf(assignee)) }
    await saveTask(tx, task, changes)
    await record(tx, ctx, 'task.changed', task, { fields: Object.keys({ ...(words === undefined ? {} : { words }), ...(dueAt === undefined ? {} : { dueAt }), ...(assignee === undefined ? {} : { assignee }) }) })
  })

/** Kept, or given up. Throws `stale_version`, `task_closed`. */
export const closeTask = (ctx: Context, id: string, { version, status, outcome = '' }: { version: number; status: 'kept' | 'broken'; outcome?: string }): Promise<TaskView> =>
  settle(ctx, id, version, 'task.closed', (task) => close(task, status, outcome, { by: ctx.actor.staffId ?? '', now: ctx.now }))

/** Throws `stale_version`. */
export const reopenTask = (ctx: Context, id: string, { version }: { version: number }): Promise<TaskView> => settle(ctx, id, version, 'task.reopened', reopen)

function settle(ctx: Context, id: string, version: number, name: EventName, decide: (task: TaskState) => TaskState | null): Promise<TaskView> {
  return withTask(ctx, id, async (tx, task) => {
    const next = decide({ status: task.status, outcome: task.outcome, closedAt: task.closed_at, closedBy: task.closed_by })
    if (next === null) return // said twice, or said again because the answer was lost
    checkVersion(task, version)
    await saveTask(tx, task, { status: next.status, outcome: next.outcome, closed_at: next.closedAt, closed_by: next.closedBy, closed_because: null })
    await record(tx, ctx, name, task, { from: task.status, to: next.status })
  })
}

async function withTask(ctx: Context, id: string, work: (tx: Tx, task: TaskRow) => Promise<void>): Promise<TaskView> {
  allow(ctx.actor, 'task.write')
  return transact(ctx, async (tx) => {
    const task = await lockTask(tx, id)
    if (!task) throw new NotFound('task')
    allowIn(ctx.actor, 'task.write', task.branch_id)
    await work(tx, task)
    return loadTask(tx, id)
  })
}

function checkVersion(task: TaskRow, version: number): void {
  if (task.version !== version) throw new Refusal('stale_version', { current: task.version })
}

const columnsOf = (assignee: Assignee) =>
  'staffId' in assignee ? { assignee_id: assignee.staffId, assignee_role: null } : { assignee_id: null, assignee_role: assignee.role }

const record = (tx: Tx, ctx: Context, name: EventName, task: Pick<TaskRow, 'id' | 'patient_id' | 'branch_id'>, details: Record<string, unknown>): Promise<void> =>
  recordEvents(tx, ctx, [{ name, subject: { type: 'task', id: task.id }, patientId: task.patient_id, branchId: task.branch_id, details }])
