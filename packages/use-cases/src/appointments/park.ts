import { deleteParking, findParking, insertParking, parkedVisits } from '@yoman/db/appointments/parking'
import { lockAppointment } from '@yoman/db/appointments/queries'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { type Parking, park, staysParked, unpark } from '@yoman/domain/appointments/parking'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** Puts a visit on the parking tray; its place stays taken. Throws `already_parked`, `appointment_is_final`. */
export function parkAppointment(ctx: Context, id: string): Promise<Parking> {
  allow(ctx.actor, 'appointment.move')
  return transact(ctx, async (tx) => {
    const appointment = await lockToPark(tx, ctx, id)
    const lying = await findParking(tx, ctx.clinicId, id)
    const { parking, events } = park(appointment, lying, ctx.actor.staffId, ctx.now)
    if (!lying) await Promise.all([insertParking(tx, ctx.clinicId, parking), recordEvents(tx, ctx, events)])
    return parking
  })
}

/** Takes a visit off the tray, back to where it was. One that is not parked is fine: somebody was faster. */
export async function unparkAppointment(ctx: Context, id: string): Promise<void> {
  allow(ctx.actor, 'appointment.move')
  await transact(ctx, async (tx) => takeOff(tx, ctx, await lockToPark(tx, ctx, id)))
}

/** Takes a visit off the tray where a change has given it another time, or it has none to wait for any more. Its row must be locked. */
export async function unparkChanged(tx: Tx, ctx: Context, before: Appointment, after: Appointment): Promise<void> {
  if (!staysParked(before, after)) await takeOff(tx, ctx, after)
}

/** What lies on a branch's tray, longest parked first. */
export function readParked(ctx: Context, branchId: string) {
  allow(ctx.actor, 'diary.read')
  return read(ctx, (db) => parkedVisits(db, { clinicId: ctx.clinicId, branchId, staffId: ctx.actor.staffId }))
}

async function takeOff(tx: Tx, ctx: Context, appointment: Appointment): Promise<void> {
  if (await deleteParking(tx, ctx.clinicId, appointment.id)) await recordEvents(tx, ctx, unpark(appointment))
}

async function lockToPark(tx: Tx, ctx: Context, id: string): Promise<Appointment> {
  const appointment = await lockAppointment(tx, ctx.clinicId, id)
  if (!appointment || appointment.patientId === null) throw new NotFound('appointment')
  allowIn(ctx.actor, 'appointment.move', appointment.branchId)
  return appointment
}
