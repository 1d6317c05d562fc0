import { lockAppointment } from '@yoman/db/appointments/queries'
import type { Tx } from '@yoman/db/database'
import { findReminderCall, insertReminderCall, lockReminderCall, type ReminderCallRow, takeCallBack } from '@yoman/db/reminders/calls'
import { allow, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import type { CallOutcome } from '@yoman/domain/reminders/account'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

export interface CallMade {
  id: string
  /** The start that was on screen, ISO. */
  startsAt: string
  outcome: CallOutcome
  /** Of `excused`: why nobody needs to call. */
  reason?: string
}

/** Writes down what came of a call; a repeated request finds its own. Throws `stale_version` where the visit is at another time by now, `excuse_needs_reason`, `id_taken`. */
export function recordReminderCall(ctx: Context, appointmentId: string, { id, startsAt, outcome, reason = '' }: CallMade): Promise<{ id: string }> {
  allow(ctx.actor, 'message.send')
  const madeBy = ctx.actor.staffId
  if (!madeBy) throw new Error('a call has a person behind it')
  return transact(ctx, async (tx) => {
    const appointment = await lockAppointment(tx, ctx.clinicId, appointmentId)
    if (!appointment || appointment.patientId === null) throw new NotFound('appointment')
    allowIn(ctx.actor, 'message.send', appointment.branchId)
    const known = await lockReminderCall(tx, id)
    if (known) return sameAs(known, appointmentId, outcome)
    if (!appointment.startsAt.equals(instant(startsAt))) throw new Refusal('stale_version', { current: appointment.version })
    const why = outcome === 'excused' ? reason.trim() : ''
    if (outcome === 'excused' && why === '') throw new Refusal('excuse_needs_reason')
    await insertReminderCall(tx, {
      clinic_id: ctx.clinicId, id, appointment_id: appointmentId, appointment_starts_at: appointment.startsAt, outcome, reason: why, made_by: madeBy, made_at: ctx.now, taken_back_at: null,
    })
    await record(tx, ctx, 'reminder.phoned', id, appointment, outcome)
    return { id }
  })
}

/** The result stands no more; the row stays, marked. Said twice, it is done once. Throws `NotFound`. */
export function takeReminderCallBack(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'message.send')
  return transact(ctx, async (tx) => {
    const known = await findReminderCall(tx, id)
    // The visit first, as by whoever writes a call down: nobody waits in a ring.
    const appointment = known && (await lockAppointment(tx, ctx.clinicId, known.appointment_id))
    const call = appointment && (await lockReminderCall(tx, id))
    if (!call) throw new NotFound('reminder call')
    allowIn(ctx.actor, 'message.send', appointment.branchId)
    if (call.taken_back_at !== null) return
    await takeCallBack(tx, id, ctx.now)
    await record(tx, ctx, 'reminder.phone_taken_back', id, appointment, call.outcome)
  })
}

function sameAs(known: ReminderCallRow, appointmentId: string, outcome: CallOutcome): { id: string } {
  if (known.appointment_id !== appointmentId || known.outcome !== outcome) throw new Refusal('id_taken')
  return { id: known.id }
}

const record = (tx: Tx, ctx: Context, name: 'reminder.phoned' | 'reminder.phone_taken_back', id: string, { id: appointment, patientId, branchId }: Appointment, outcome: CallOutcome): Promise<void> =>
  recordEvents(tx, ctx, [{ name, subject: { type: 'reminder_call', id }, patientId, branchId, details: { appointment, outcome } }])
