import { v7 as uuid } from 'uuid'
import { lockResources } from '@yoman/db/appointments/lock'
import { findAppointment, lockAppointment } from '@yoman/db/appointments/queries'
import type { Tx } from '@yoman/db/database'
import { type EntryRow, findEntry, lockEntry, saveEntry } from '@yoman/db/waitlist/entries'
import { findOffer, lockOffersOf, type OfferRow, saveOffers } from '@yoman/db/waitlist/offers'
import { allow, allowIn } from '@yoman/domain/access'
import { type Appointment, isAhead } from '@yoman/domain/appointments/appointment'
import { NotFound } from '@yoman/domain/refusal'
import { checkWaiting, entryEvent } from '@yoman/domain/waitlist/entry'
import { checkOffer, offerEvent } from '@yoman/domain/waitlist/offer'
import { bookIn } from '../appointments/book.ts'
import { moveIn } from '../appointments/change.ts'
import { again, endHoldsOf } from '../appointments/ground.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { loadOffer, type OfferView } from './read.ts'
import { endOffers } from './settle.ts'
import type { ComposeOffer } from './tell.ts'

type By = 'patient' | 'desk'

/**
 * The place goes to whoever says yes first: their visit is booked there, or the one they have moves there, and all others hear that
 * it is gone. Saying it twice is saying it once. Throws `offer_gone` with its `state`, `waitlist_entry_closed`, and what booking throws.
 */
export async function takeOffer(ctx: Context, id: string, by: By): Promise<OfferView> {
  allow(ctx.actor, 'waitlist.offer')
  return again(() =>
    transact(ctx, async (tx) => {
      const { hold, offer, offers, entry, earlier } = await lockAll(tx, ctx, id)
      allowIn(ctx.actor, 'waitlist.offer', hold.branchId)
      if (offer.status === 'taken') return loadOffer(tx, id)
      checkOffer({ status: offer.status, expiresAt: offer.expires_at }, hold, ctx.now)
      checkWaiting(entry)
      await endHoldsOf(tx, ctx, [hold.id], 'booked')
      const bookedId = await giveTo(tx, ctx, entry, hold, earlier)
      const others = offers.filter((other) => other.id !== id && other.status === 'open')
      await saveOffers(tx, [id], { status: 'taken', answered_at: ctx.now, answered_by: by })
      await saveOffers(tx, others.map((other) => other.id), { status: 'lost', answered_at: ctx.now })
      await saveEntry(tx, entry, { status: 'booked', booked_id: bookedId, closed_at: ctx.now })
      const about = { id: entry.id, patientId: entry.patient_id, branchId: entry.branch_id }
      await recordEvents(tx, ctx, [
        offerEvent('offer.answered', { id, entryId: entry.id, holdId: hold.id }, about, { status: 'taken', by, lost: others.map((other) => other.id) }),
        entryEvent('waitlist.closed', about, { outcome: 'booked', appointment: bookedId }),
      ])
      return loadOffer(tx, id)
    }),
  )
}

/** The patient does not want this place and stays on the list. Throws `offer_gone`. */
export const declineOffer = (ctx: Context, id: string, by: By, compose: ComposeOffer): Promise<OfferView> => endOne(ctx, id, 'declined', by, compose)

/** The desk takes it back. Throws `offer_gone`. */
export const withdrawOffer = (ctx: Context, id: string): Promise<OfferView> => endOne(ctx, id, 'withdrawn', 'desk', null)

async function endOne(ctx: Context, id: string, status: 'declined' | 'withdrawn', by: By, compose: ComposeOffer | null): Promise<OfferView> {
  allow(ctx.actor, 'waitlist.offer')
  return transact(ctx, async (tx) => {
    const known = await findOffer(tx, id)
    const hold = known && (await lockAppointment(tx, ctx.clinicId, known.hold_id))
    if (!hold) throw new NotFound('offer')
    allowIn(ctx.actor, 'waitlist.offer', hold.branchId)
    const offers = await lockOffersOf(tx, hold.id)
    const offer = offers.find((one) => one.id === id)
    if (!offer) throw new NotFound('offer')
    if (offer.status !== status) {
      checkOffer({ status: offer.status, expiresAt: offer.expires_at }, hold, ctx.now)
      await endOffers(tx, ctx, hold, offers, [id], { status, by }, compose)
    }
    return loadOffer(tx, id)
  })
}

interface Locked {
  hold: Appointment
  offer: OfferRow
  offers: OfferRow[]
  entry: EntryRow
  /** The visit that moves; null where a new one is booked. */
  earlier: Appointment | null
}

/** Everything that an answer touches, in the one order that everyone keeps: visit, resources, hold, offers, entry. */
async function lockAll(tx: Tx, ctx: Context, id: string): Promise<Locked> {
  const known = await findOffer(tx, id)
  const [held, wish] = known ? await Promise.all([findAppointment(tx, ctx.clinicId, known.hold_id), findEntry(tx, known.entry_id)]) : []
  if (!known || !held || !wish) throw new NotFound('offer')
  const visit = wish.appointment_id === null ? null : await lockAppointment(tx, ctx.clinicId, wish.appointment_id)
  const resourceIds = [...new Set([...held.resourceIds, ...(visit?.resourceIds ?? [])])]
  await lockResources(tx, { clinicId: ctx.clinicId, resourceIds, anyFor: { visitTypeId: wish.visit_type_id, branchId: wish.branch_id, places: true } })
  const hold = await lockAppointment(tx, ctx.clinicId, known.hold_id)
  const offers = await lockOffersOf(tx, known.hold_id)
  const entry = await lockEntry(tx, known.entry_id)
  const offer = offers.find((one) => one.id === id)
  if (!hold || !entry || !offer) throw new NotFound('offer')
  return { hold, offer, offers, entry, earlier: visit && isAhead(visit.status) ? visit : null }
}

async function giveTo(tx: Tx, ctx: Context, entry: EntryRow, { practitionerId, startsAt, branchId }: Appointment, earlier: Appointment | null): Promise<string> {
  const durationMinutes = entry.duration_minutes ?? undefined
  if (earlier) return (await moveIn(tx, ctx, earlier, { practitionerId, startsAt, ...(durationMinutes === undefined ? {} : { durationMinutes }) })).id
  return (await bookIn(tx, ctx, { id: uuid(), patientId: entry.patient_id, branchId, practitionerId, visitTypeId: entry.visit_type_id, startsAt, durationMinutes, deskNote: entry.note })).id
}
