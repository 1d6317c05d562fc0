import { findAppointment } from '@yoman/db/appointments/queries'
import { insertAppointment } from '@yoman/db/appointments/save'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { type Booked, book } from '@yoman/domain/appointments/book'
import type { Situation } from '@yoman/domain/appointments/situation'
import { Refusal } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { type InFlight, transactInFlight } from '../transact.ts'
import { settleByBooking } from '../waitlist/booked.ts'
import { again, endHoldsOf, lockChosen, lockGround, newStep, occupiedOf, planAgain, withOverbookings } from './ground.ts'

/** Where and when something is wanted, as it comes from outside. */
export interface PlaceWanted {
  id: string
  branchId: string
  practitionerId: string
  visitTypeId: string
  /** On a whole minute. */
  startsAt: Instant
  durationMinutes?: number | undefined
  placeId?: string | null | undefined
  alsoIds?: readonly string[] | undefined
  outsideHours?: boolean | undefined
}

export interface NewAppointment extends PlaceWanted {
  patientId: string
  deskNote?: string | undefined
  /** The asker's own hold of this place. */
  holdId?: string | undefined
  /** The step of a next-visit order that it fulfils; the order itself is the caller's to keep in step. */
  order?: { id: string; step: number } | undefined
  /** Over visits that stand, for a reason. */
  overbook?: { reason: string; places?: boolean | undefined } | undefined
  /** The entry of the waitlist that it settles. */
  entryId?: string | undefined
}

/**
 * Books a visit; the same id again answers the same appointment. Throws what `book` throws, `hold_expired` when the hold ran
 * out and somebody else took its place, `id_taken`, `reference_unknown`, and what `settleByBooking` throws.
 */
export async function bookAppointment(ctx: Context, wanted: NewAppointment): Promise<Appointment> {
  return again((surely) => transactInFlight(ctx, (tx) => sendBooking(tx, ctx, wanted, surely)))
}

/**
 * The same inside a transaction that somebody else opened, for several visits at once. Lock all their resources first
 * (`lockResources`), so that everyone takes them in one order.
 */
export async function bookIn(tx: Tx, ctx: Context, wanted: NewAppointment): Promise<Appointment> {
  const { result, sent } = await sendBooking(tx, ctx, wanted, false)
  await Promise.all(sent)
  return result
}

// Two flights: locks and look, then the writes, which are not waited for here.
async function sendBooking(tx: Tx, ctx: Context, wanted: NewAppointment, surely: boolean): Promise<InFlight<Appointment>> {
  allowIn(ctx.actor, 'appointment.book', wanted.branchId)
  if (wanted.outsideHours) allow(ctx.actor, 'appointment.outside_hours')
  if (wanted.overbook) allow(ctx.actor, 'appointment.overbook')
  const { situation, policy, known } = await lockGround(tx, ctx, { ...groundOf(wanted, surely), patientId: wanted.patientId, ids: [wanted.id, ...(wanted.holdId === undefined ? [] : [wanted.holdId])] })
  const existing = known.includes(wanted.id) ? await findAppointment(tx, ctx.clinicId, wanted.id) : null
  if (existing) return { result: sameAs(existing, wanted, ctx), sent: [] }
  const hold = wanted.holdId !== undefined && known.includes(wanted.holdId) ? await findAppointment(tx, ctx.clinicId, wanted.holdId) : null
  if (wanted.holdId !== undefined && (!hold || hold.createdBy !== ctx.actor.staffId)) throw new Refusal('reference_unknown')
  const ground = wanted.overbook ? await withOverbookings(tx, ctx, situation, wanted) : situation
  const { appointment, arranged, events } = decide(wanted, ground, hold, ctx)
  const sent = [
    lockChosen(tx, ctx, arranged),
    endHoldsOf(tx, ctx, arranged.expiredHolds, 'expired'),
    endHoldsOf(tx, ctx, hold?.status === 'held' ? [hold.id] : [], 'booked'),
    insertAppointment(tx, ctx.clinicId, appointment, occupiedOf(arranged), newStep(ctx, { status: 'booked', reason: '' })),
    planAgain(tx, ctx, appointment, policy),
    recordEvents(tx, ctx, events),
  ]
  if (wanted.entryId === undefined) return { result: appointment, sent }
  await Promise.all(sent)
  await settleByBooking(tx, ctx, wanted.entryId, appointment)
  return { result: appointment, sent: [] }
}

export const groundOf = ({ branchId, visitTypeId, startsAt, practitionerId, placeId = null, alsoIds = [] }: PlaceWanted, surely: boolean) => ({
  branchId,
  visitTypeId,
  startsAt,
  placeId,
  allPlaces: surely || alsoIds.length > 0,
  resourceIds: [practitionerId, ...(placeId === null ? [] : [placeId]), ...alsoIds],
})

export const placementOf = (wanted: PlaceWanted, instead: readonly string[]) => ({
  branchId: wanted.branchId,
  practitionerId: wanted.practitionerId,
  startsAt: wanted.startsAt,
  durationMinutes: wanted.durationMinutes ?? null,
  placeId: wanted.placeId ?? null,
  alsoIds: wanted.alsoIds ?? [],
  outsideHours: wanted.outsideHours ?? false,
  instead,
  beginsAnew: true,
})

function decide(wanted: NewAppointment, situation: Situation, hold: Appointment | null, ctx: Context): Booked {
  const { id, patientId, visitTypeId, deskNote = '', order, overbook } = wanted
  const shares = overbook ? { reason: overbook.reason, places: overbook.places ?? false } : null
  const request = { ...placementOf(wanted, hold ? [hold.id] : []), overbook: shares, id, patientId, visitTypeId, deskNote, orderId: order?.id ?? null, orderStep: order?.step ?? null }
  try {
    return book(request, situation, ctx.actor.staffId, ctx.now)
  } catch (error) {
    const lost = error instanceof Refusal && (error.code === 'slot_taken' || error.code === 'slot_held')
    if (lost && hold && hold.status !== 'held') throw new Refusal('hold_expired')
    throw error
  }
}

/** A repeated request finds its own appointment, whatever has become of it since. */
function sameAs(existing: Appointment, wanted: NewAppointment, ctx: Context): Appointment {
  const same = existing.status !== 'held' && existing.patientId === wanted.patientId && existing.branchId === wanted.branchId && existing.createdBy === ctx.actor.staffId && existing.orderId === (wanted.order?.id ?? null)
  if (!same) throw new Refusal('id_taken')
  return existing
}
