import { lockAppointment } from '@yoman/db/appointments/queries'
import { insertStep, saveChanged, saveMoved } from '@yoman/db/appointments/save'
import type { Tx } from '@yoman/db/database'
import { stoodWith } from '@yoman/db/rebooking/queries'
import { wantsOf } from '@yoman/db/visit-types/needs'
import { allow, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { type Change, changedPlacement, checkVersion, move, rewriteNote, touchesPlace } from '@yoman/domain/appointments/move'
import type { BookableResource, Situation } from '@yoman/domain/appointments/situation'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { noteFreed } from '../waitlist/freed.ts'
import { again, endHoldsOf, lockChosen, lockGround, newStep, occupiedOf, planAgain, withOverbookings } from './ground.ts'
import { unparkChanged } from './park.ts'
import { anotherTimeIsFound } from '../tasks/move-wish.ts'

/**
 * Moves, resizes, gives to somebody else or rewrites the note of an appointment. Throws `stale_version`, `appointment_is_final`,
 * and what `move` throws; nothing has changed then.
 */
export async function changeAppointment(ctx: Context, id: string, version: number, change: Change): Promise<Appointment> {
  allow(ctx.actor, 'appointment.move')
  if (change.outsideHours) allow(ctx.actor, 'appointment.outside_hours')
  if (change.overbook) allow(ctx.actor, 'appointment.overbook')
  return again(() =>
    transact(ctx, async (tx) => {
      const appointment = await lockAppointment(tx, ctx.clinicId, id)
      if (!appointment || appointment.patientId === null) throw new NotFound('appointment')
      allowIn(ctx.actor, 'appointment.move', appointment.branchId)
      checkVersion(appointment, version)
      return touchesPlace(change) ? moveIn(tx, ctx, appointment, change) : noteIn(tx, ctx, appointment, change.deskNote)
    }),
  )
}

/**
 * Moves one inside a transaction that somebody else opened and in which it is locked; for several, lock all their resources first
 * (`lockResources`). The caller has asked for the permissions. Throws what `move` throws.
 */
export async function moveIn(tx: Tx, ctx: Context, appointment: Appointment, change: Change): Promise<Appointment> {
  const asked = [change.practitionerId, change.placeId, ...(change.alsoIds ?? [])].filter((id) => typeof id === 'string')
  const { situation, policy } = await lockGround(tx, ctx, {
    branchId: appointment.branchId,
    visitTypeId: change.visitTypeId ?? appointment.visitTypeId,
    startsAt: change.startsAt ?? appointment.startsAt,
    placeId: null, // it may have to be exchanged for another
    allPlaces: true,
    patientId: appointment.patientId,
    ids: [],
    resourceIds: [...new Set([...appointment.resourceIds, ...asked])],
  })
  const typeBefore = change.visitTypeId === undefined ? undefined : await wantsOf(tx, ctx.clinicId, appointment.visitTypeId)
  const changed = changedPlacement(appointment, change, situation, (id) => resourceIn(situation, id), typeBefore)
  const placement = { ...changed, standing: await stoodWith(tx, ctx.clinicId, appointment.id, changed.startsAt) }
  const counts = change.overbook !== undefined || appointment.overbooked !== null
  const ground = counts ? await withOverbookings(tx, ctx, situation, { id: appointment.id, practitionerId: placement.practitionerId, startsAt: placement.startsAt }) : situation
  const { appointment: moved, arranged, step, events } = move(appointment, change, placement, ground, ctx.actor.staffId, ctx.now)
  await Promise.all([
    lockChosen(tx, ctx, arranged),
    endHoldsOf(tx, ctx, arranged.expiredHolds, 'expired'),
    saveMoved(tx, ctx.clinicId, moved, occupiedOf(arranged)),
    step ? insertStep(tx, ctx.clinicId, moved.id, newStep(ctx, step)) : undefined,
    planAgain(tx, ctx, moved, policy),
    leavesPlace(appointment, moved) ? noteFreed(tx, ctx, appointment) : undefined,
    appointment.startsAt.equals(moved.startsAt) ? undefined : anotherTimeIsFound(tx, ctx, moved.id),
    recordEvents(tx, ctx, events),
  ])
  await unparkChanged(tx, ctx, appointment, moved)
  return moved
}

const leavesPlace = (before: Appointment, after: Appointment): boolean => before.practitionerId !== after.practitionerId || !before.startsAt.equals(after.startsAt)

async function noteIn(tx: Tx, ctx: Context, appointment: Appointment, deskNote: string | undefined): Promise<Appointment> {
  if (deskNote === undefined || deskNote === appointment.deskNote) return appointment
  const { appointment: changed, events } = rewriteNote(appointment, deskNote)
  await Promise.all([saveChanged(tx, ctx.clinicId, changed), recordEvents(tx, ctx, events)])
  return changed
}

/** A resource that was asked for and is not there is a reference to nothing. */
function resourceIn({ resources }: Situation, id: string): BookableResource {
  const resource = resources.find((one) => one.id === id)
  if (!resource) throw new Refusal('reference_unknown')
  return resource
}
