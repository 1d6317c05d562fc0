import { lockAppointment, zoneOfBranch } from '@yoman/db/appointments/queries'
import { reopenOrder } from '@yoman/db/appointments/order-link'
import { insertStep, saveChanged, setOccupies } from '@yoman/db/appointments/save'
import { takeTicket } from '@yoman/db/flow/queries'
import { skipReminders } from '@yoman/db/reminders/plan'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { type Appointment, type CancelReason, isAhead } from '@yoman/domain/appointments/appointment'
import { checkVersion } from '@yoman/domain/appointments/move'
import { type Stepped, arrive, callIn, cancel, complete, confirm, miss, start } from '@yoman/domain/appointments/steps'
import { NotFound } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { anotherTimeIsFound } from '../tasks/move-wish.ts'
import { transact } from '../transact.ts'
import { waitAfterAll } from '../waitlist/booked.ts'
import { noteFreed } from '../waitlist/freed.ts'
import { newStep } from './ground.ts'
import { unparkChanged } from './park.ts'

/** The version that the asker saw; unset where they do not mind. */
type Seen = number | undefined

/** Each throws `status_change_not_allowed` and `stale_version`; what is already so is answered as it is. */
export const confirmAppointment = (ctx: Context, id: string, seen?: Seen) => step(ctx, id, seen, 'confirmed', (a) => confirm(a))
export const recordArrival = (ctx: Context, id: string, seen?: Seen) => step(ctx, id, seen, 'arrived', (a, zone) => arrive(a, zone, ctx.now))
export const callPatientIn = (ctx: Context, id: string, seen?: Seen) => step(ctx, id, seen, 'called', (a) => callIn(a))
export const startTreatment = (ctx: Context, id: string, seen?: Seen) => step(ctx, id, seen, 'in_treatment', (a, zone) => start(a, zone, ctx.now))
export const completeAppointment = (ctx: Context, id: string, seen?: Seen) => step(ctx, id, seen, 'completed', (a) => complete(a))
export const recordNoShow = (ctx: Context, id: string, seen?: Seen) => step(ctx, id, seen, 'no_show', (a) => miss(a, ctx.now))

/**
 * Cancels: its place is free at once, what has not been said is not said any more, and the order that it fulfilled is open again.
 * @param takesBack it should not have been booked: who waited for it on the waitlist waits again, too.
 */
export const cancelAppointment = (ctx: Context, id: string, reason: CancelReason, seen?: Seen, takesBack = false) =>
  step(ctx, id, seen, 'cancelled', (a) => cancel(a, reason), takesBack ? (tx) => waitAfterAll(tx, ctx, id) : undefined)

/** The same inside a transaction that somebody else opened and in which the appointment is locked. The caller has asked for the permission. */
export const cancelIn = (tx: Tx, ctx: Context, appointment: Appointment, reason: CancelReason): Promise<Appointment> =>
  stepIn(tx, ctx, appointment, (a) => cancel(a, reason))

/** The patient comes; inside such a transaction. */
export const confirmIn = (tx: Tx, ctx: Context, appointment: Appointment): Promise<Appointment> => stepIn(tx, ctx, appointment, (a) => confirm(a))

function step(ctx: Context, id: string, seen: Seen, to: Appointment['status'], decide: (appointment: Appointment, zone: string) => Stepped, also?: (tx: Tx) => Promise<void>): Promise<Appointment> {
  allow(ctx.actor, 'appointment.flow')
  return transact(ctx, async (tx) => {
    const appointment = await lockAppointment(tx, ctx.clinicId, id)
    if (!appointment || appointment.patientId === null) throw new NotFound('appointment')
    allowIn(ctx.actor, 'appointment.flow', appointment.branchId)
    if (appointment.status === to) return appointment // said twice, or said again because the answer was lost
    checkVersion(appointment, seen)
    const stepped = await stepIn(tx, ctx, appointment, decide)
    await also?.(tx)
    return stepped
  })
}

async function stepIn(tx: Tx, ctx: Context, appointment: Appointment, decide: (appointment: Appointment, zone: string) => Stepped): Promise<Appointment> {
  const zone = await zoneOfBranch(tx, ctx.clinicId, appointment.branchId)
  if (!zone) throw new NotFound('branch')
  const stepped = decide(appointment, zone)
  await save(tx, ctx, stepped, zone)
  await unparkChanged(tx, ctx, appointment, stepped.appointment)
  return stepped.appointment
}

async function save(tx: Tx, ctx: Context, { appointment, step, events }: Stepped, zone: string): Promise<void> {
  await Promise.all([
    saveChanged(tx, ctx.clinicId, appointment),
    insertStep(tx, ctx.clinicId, appointment.id, newStep(ctx, step)),
    isAhead(appointment.status) ? undefined : skipReminders(tx, ctx.clinicId, appointment.id, appointment.status),
    appointment.status === 'cancelled' ? setOccupies(tx, ctx.clinicId, appointment.id, false) : undefined,
    appointment.status === 'cancelled' ? reopenOrder(tx, ctx.clinicId, appointment) : undefined,
    appointment.status === 'arrived' ? takeTicket(tx, ctx.clinicId, { appointmentId: appointment.id, branchId: appointment.branchId, date: dateIn(zone, ctx.now) }) : undefined,
    appointment.status === 'cancelled' ? noteFreed(tx, ctx, appointment) : undefined,
    appointment.status === 'cancelled' ? anotherTimeIsFound(tx, ctx, appointment.id) : undefined,
    recordEvents(tx, ctx, events),
  ])
}
