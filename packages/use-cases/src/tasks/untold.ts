import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import type { MessageRow } from '@yoman/db/messages/queries'
import { closeUntold, openVisitTask } from '@yoman/db/tasks/queries'
import { branchOfVisit } from '@yoman/db/tasks/visits'
import { isNews } from '@yoman/domain/messages/notice-due'
import { outcomeUnknown } from '@yoman/domain/messages/receipt'
import { addMinutes, isAfter } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { recordClosed } from './move-wish.ts'

type News = Pick<MessageRow, 'kind' | 'appointment_id' | 'appointment_starts_at' | 'patient_id'>

/** How long the desk has before a call that nobody made is late. */
const withinMinutes = 60

/**
 * News of a visit did not arrive and nothing more is tried: somebody calls, within the hour. A reminder that fails needs no task: the
 * list of whom nobody reached has its visit. Of what may have arrived after all (`outcomeUnknown`) the list of messages to be looked at tells.
 */
export async function callInstead(tx: Tx, ctx: Context, { kind, appointment_id: appointmentId, appointment_starts_at: startsAt, patient_id: patientId }: News, code: string): Promise<void> {
  if (!isNews(kind) || appointmentId === null || startsAt === null || code === outcomeUnknown || !isAfter(startsAt, ctx.now)) return
  const branchId = await branchOfVisit(tx, appointmentId, startsAt)
  if (branchId === undefined) return // the visit changed again, and there is newer news
  const dueAt = addMinutes(ctx.now, withinMinutes)
  const id = await openVisitTask(tx, 'untold', { clinic_id: ctx.clinicId, id: uuid(), branch_id: branchId, patient_id: patientId, due_at: dueAt, created_at: ctx.now, appointment_id: appointmentId, appointment_starts_at: startsAt })
  if (id === null) return
  await recordEvents(tx, ctx, [{ name: 'task.made', subject: { type: 'task', id }, patientId, branchId, details: { dueAt: dueAt.toString(), about: 'untold', appointment: appointmentId } }])
}

/** A message about the visit as it stands arrived after all: nobody has to call any more. */
export async function wasTold(tx: Tx, ctx: Context, { appointment_id: appointmentId, appointment_starts_at: startsAt, created_at: sentFrom }: MessageRow): Promise<void> {
  if (appointmentId !== null && startsAt !== null) await recordClosed(tx, ctx, await closeUntold(tx, { appointmentId, startsAt, sentFrom }, ctx.now, ctx.actor.staffId))
}
