import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { closeVisitTasks, openVisitTask } from '@yoman/db/tasks/queries'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'

/** A patient asks for another time, which the desk has to find: a task, due at once, one for each visit at one time; open again where it was closed and the visit still stands. */
export async function askForAnotherTime(tx: Tx, ctx: Context, visit: Pick<Appointment, 'id' | 'branchId' | 'patientId' | 'startsAt'>): Promise<void> {
  const row = { clinic_id: ctx.clinicId, id: uuid(), branch_id: visit.branchId, patient_id: visit.patientId, due_at: ctx.now, created_at: ctx.now }
  const id = await openVisitTask(tx, 'wants_to_move', { ...row, appointment_id: visit.id, appointment_starts_at: visit.startsAt })
  if (id === null) return
  await recordEvents(tx, ctx, [{ name: 'task.made', subject: { type: 'task', id }, patientId: visit.patientId, branchId: visit.branchId, details: { dueAt: ctx.now.toString(), about: 'wants_to_move', appointment: visit.id } }])
}

/** The visit was moved or is off: nobody has to find a time any more, nor to tell of what it was before. */
export async function anotherTimeIsFound(tx: Tx, ctx: Context, appointmentId: string): Promise<void> {
  await recordClosed(tx, ctx, await closeVisitTasks(tx, appointmentId, ctx.now, ctx.actor.staffId))
}

/** What closed itself is told as what was closed. */
export const recordClosed = (tx: Tx, ctx: Context, closed: Awaited<ReturnType<typeof closeVisitTasks>>): Promise<void> =>
  recordEvents(tx, ctx, closed.map(({ id, patient_id, branch_id }) => ({ name: 'task.closed' as const, subject: { type: 'task' as const, id }, patientId: patient_id, branchId: branch_id, details: { from: 'open', to: 'kept' } })))
