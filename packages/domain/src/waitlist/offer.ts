import type { Appointment } from '../appointments/appointment.ts'
import type { DomainEvent } from '../events.ts'
import { Refusal } from '../refusal.ts'
import { maySendAt, type SendingHours } from '../reminders/sending-hours.ts'
import { type Instant, addMinutes, isAfter, isBefore } from '../time.ts'

/** `lost`: somebody else was faster. `withdrawn`: the desk took it back. */
export type OfferStatus = 'open' | 'taken' | 'declined' | 'lost' | 'expired' | 'withdrawn'

/** How a patient hears of it: by SMS with a link, or the desk calls. */
export type ToldBy = 'sms' | 'phone'

export interface Offer {
  id: string
  entryId: string
  holdId: string
  status: OfferStatus
  expiresAt: Instant
}

/** Until when an offer holds: so many minutes, but never into the visit itself. */
export function offerExpires(startsAt: Instant, minutes: number, now: Instant): Instant {
  const expires = addMinutes(now, minutes)
  return isAfter(expires, startsAt) ? startsAt : expires
}

/** Why a patient cannot be asked by SMS now; null where they can. At rest and at night the desk calls, or leaves it. */
export function cannotText(to: { address: string | null; refused: boolean }, hours: SendingHours, now: Instant): 'no_consent' | 'nothing_to_send_to' | 'offer_outside_sending_hours' | null {
  if (to.refused) return 'no_consent'
  if (to.address === null || to.address === '') return 'nothing_to_send_to'
  return maySendAt(hours, now) ? null : 'offer_outside_sending_hours'
}

/** What a person who opens the link is to be told. `open` is the only state in which there is something to answer. */
export const offerState = ({ status, expiresAt }: Pick<Offer, 'status' | 'expiresAt'>, hold: { status: string }, now: Instant): OfferStatus => {
  if (status !== 'open') return status
  if (!isBefore(now, expiresAt)) return 'expired'
  return hold.status === 'held' ? 'open' : 'lost'
}

/** Throws `offer_gone` with its `state` unless it can still be answered. */
export function checkOffer(offer: Pick<Offer, 'status' | 'expiresAt'>, hold: Pick<Appointment, 'status'>, now: Instant): void {
  const state = offerState(offer, hold, now)
  if (state !== 'open') throw new Refusal('offer_gone', { state })
}

/** What happened to an offer. */
export const offerEvent = (name: 'offer.made' | 'offer.answered' | 'offer.expired', offer: Pick<Offer, 'id' | 'entryId' | 'holdId'>, about: { patientId: string; branchId: string }, details: Record<string, unknown>): DomainEvent => ({
  name,
  subject: { type: 'waitlist_offer', id: offer.id },
  patientId: about.patientId,
  branchId: about.branchId,
  details: { entry: offer.entryId, hold: offer.holdId, ...details },
})
