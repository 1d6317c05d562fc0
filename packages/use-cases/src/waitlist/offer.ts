import { insertAppointment } from '@yoman/db/appointments/save'
import { findAppointment } from '@yoman/db/appointments/queries'
import type { Tx } from '@yoman/db/database'
import { visitTypesOf } from '@yoman/db/orders/queries'
import { findEntry } from '@yoman/db/waitlist/entries'
import { listOffers } from '@yoman/db/waitlist/offers'
import { findWaitlistSetting } from '@yoman/db/waitlist/setting'
import { allowIn } from '@yoman/domain/access'
import { hold } from '@yoman/domain/appointments/hold'
import { Refusal } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import { checkWaiting } from '@yoman/domain/waitlist/entry'
import { offerExpires, type ToldBy } from '@yoman/domain/waitlist/offer'
import { groundOf, placementOf } from '../appointments/book.ts'
import { again, endHoldsOf, lockChosen, lockGround, newStep, occupiedOf } from '../appointments/ground.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { offerView, type OfferView } from './read.ts'
import { type ComposeOffer, writeOffer } from './tell.ts'

export interface OffersWanted {
  holdId: string
  branchId: string
  practitionerId: string
  /** On a whole minute. */
  startsAt: Instant
  offers: readonly { id: string; entryId: string; toldBy: ToldBy }[]
}

/**
 * Holds a place and offers it to some who wait, all at once; the same `holdId` again answers the same offers. The hold is nobody's
 * of the staff, so that no desk releases or books it by the way. Throws what `arrange` throws, `waitlist_entry_closed`, `id_taken`,
 * `reference_unknown`, and what forbids an SMS: `no_consent`, `nothing_to_send_to`, `offer_outside_sending_hours`.
 */
export async function offerPlace(ctx: Context, wanted: OffersWanted, compose: ComposeOffer): Promise<OfferView[]> {
  allowIn(ctx.actor, 'waitlist.offer', wanted.branchId)
  return again((surely) =>
    transact(ctx, async (tx) => {
      const before = await listOffers(tx, { holdId: wanted.holdId, limit: 100 })
      if (before.length > 0) return before.map(offerView)
      const place = { ...wanted, id: wanted.holdId, ...(await longestOf(tx, wanted)) }
      const { situation, known } = await lockGround(tx, ctx, { ...groundOf(place, surely), ids: [place.id] })
      if (known.includes(place.id)) return madeMeanwhile(tx, ctx, place.id)
      const { offerMinutes } = await findWaitlistSetting(tx)
      const expiresAt = offerExpires(wanted.startsAt, offerMinutes, ctx.now)
      const { held, arranged, events } = hold({ ...placementOf(place, []), id: place.id, visitTypeId: place.visitTypeId }, situation, null, ctx.now, expiresAt)
      await Promise.all([
        lockChosen(tx, ctx, arranged),
        endHoldsOf(tx, ctx, arranged.expiredHolds, 'expired'),
        insertAppointment(tx, ctx.clinicId, held, occupiedOf(arranged), newStep(ctx, { status: 'held', reason: 'waitlist' })),
        recordEvents(tx, ctx, events),
      ])
      for (const { id, entryId, toldBy } of wanted.offers) await writeOffer(tx, ctx, { id, entryId, toldBy, holdId: place.id, expiresAt }, compose)
      return (await listOffers(tx, { holdId: place.id, limit: 100 })).map(offerView)
    }),
  )
}

/** The kind and length of the longest visit that is offered: the hold keeps room for each of them. */
async function longestOf(tx: Tx, { branchId, offers }: OffersWanted): Promise<{ visitTypeId: string; durationMinutes: number }> {
  const entries = await Promise.all(offers.map(({ entryId }) => findEntry(tx, entryId)))
  const types = await visitTypesOf(tx, entries.flatMap((entry) => (entry ? [entry.visit_type_id] : [])))
  const lengths = entries.map((entry) => {
    if (!entry || entry.branch_id !== branchId) throw new Refusal('reference_unknown')
    checkWaiting(entry)
    return { visitTypeId: entry.visit_type_id, durationMinutes: entry.duration_minutes ?? types.find(({ id }) => id === entry.visit_type_id)?.duration_minutes ?? 0 }
  })
  const [longest] = lengths.sort((a, b) => b.durationMinutes - a.durationMinutes)
  if (!longest || new Set(offers.map(({ entryId }) => entryId)).size < offers.length) throw new Refusal('reference_unknown')
  return longest
}

/** The same request came twice at once: the second waited for the first at the locks. */
async function madeMeanwhile(tx: Tx, ctx: Context, holdId: string): Promise<OfferView[]> {
  const [offers, held] = await Promise.all([listOffers(tx, { holdId, limit: 100 }), findAppointment(tx, ctx.clinicId, holdId)])
  if (offers.length === 0 || held?.createdBy != null) throw new Refusal('id_taken')
  return offers.map(offerView)
}
