import { sharedOf } from '@yoman/db/appointments/overbookings'
import { lockAppointment, statusSteps } from '@yoman/db/appointments/queries'
import { closeOrderAgain } from '@yoman/db/appointments/order-link'
import { expiredHoldsAt, insertStep, occupyAgain, saveChanged } from '@yoman/db/appointments/save'
import { loadReminderPolicy } from '@yoman/db/reminders/plan'
import type { Tx } from '@yoman/db/database'
import { blocksOver } from '@yoman/db/rebooking/open'
import { allow, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { checkVersion } from '@yoman/domain/appointments/move'
import { resettle } from '@yoman/domain/appointments/resettle'
import { undo } from '@yoman/domain/appointments/undo'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { settledAfterAll } from '../waitlist/booked.ts'
import { putOnList } from '../rebooking/open.ts'
import { endHoldsOf, lockGround, newStep, planAgain, withOverbookings } from './ground.ts'

/**
 * Takes back the last step. A cancelled visit takes its place again, if that is still free: throws `slot_taken` otherwise, and
 * `nothing_to_undo`, `stale_version`, `overbooking_limit_reached`. An invoice that a completion brought about stands; completing again makes no second one.
 */
export async function undoStep(ctx: Context, id: string, version: number): Promise<Appointment> {
  allow(ctx.actor, 'appointment.flow')
  return transact(ctx, async (tx) => {
    const appointment = await lockAppointment(tx, ctx.clinicId, id)
    if (!appointment || appointment.patientId === null) throw new NotFound('appointment')
    allowIn(ctx.actor, 'appointment.flow', appointment.branchId)
    checkVersion(appointment, version)
    return undoIn(tx, ctx, appointment)
  })
}

/** The same inside a transaction that somebody else opened and in which the appointment is locked. The caller has asked for the permission. */
export async function undoIn(tx: Tx, ctx: Context, appointment: Appointment): Promise<Appointment> {
  const steps = await statusSteps(tx, ctx.clinicId, appointment.id)
  const undone = undo(appointment, steps)
  const standing = undone.occupiesAgain ? await settleAgain(tx, ctx, undone.appointment) : undone.appointment
  const policy = await loadReminderPolicy(tx, ctx.clinicId, appointment.branchId, appointment.patientId)
  await Promise.all([
    saveChanged(tx, ctx.clinicId, standing),
    insertStep(tx, ctx.clinicId, appointment.id, newStep(ctx, undone.step)),
    planAgain(tx, ctx, standing, policy),
    recordEvents(tx, ctx, undone.events),
  ])
  return standing
}

/** Takes back what a cancelled visit had given away; one that was booked over others is judged anew. */
async function settleAgain(tx: Tx, ctx: Context, appointment: Appointment): Promise<Appointment> {
  await closeOrderAgain(tx, ctx.clinicId, appointment)
  const { branchId, visitTypeId, startsAt, resourceIds } = appointment
  const { situation } = await lockGround(tx, ctx, { branchId, visitTypeId, startsAt, resourceIds, placeId: null, allPlaces: false, settled: true, ids: [] })
  const [ground, shared] = appointment.overbooked ? await Promise.all([withOverbookings(tx, ctx, situation, appointment), sharedOf(tx, ctx.clinicId, appointment.id)]) : [situation, []]
  const { appointment: standing, overbookedIds } = resettle(appointment, shared, ground, ctx.now)
  const expired = await expiredHoldsAt(tx, ctx.clinicId, appointment.id, ctx.now)
  // The exclusion constraint says whether the place is still free; under the locks it says so at once.
  await Promise.all([endHoldsOf(tx, ctx, expired, 'expired'), occupyAgain(tx, ctx.clinicId, appointment.id, overbookedIds)])
  // Somebody may have blocked the time while it was cancelled: it comes back, and has to be rebooked.
  await putOnList(tx, ctx, await blocksOver(tx, ctx.clinicId, appointment.id))
  await settledAfterAll(tx, ctx, appointment.id)
  return standing
}
