import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { insertMessage } from '@yoman/db/messages/queries'
import { findTemplate, type Language } from '@yoman/db/messages/visit-facts'
import { insertOffers, loadOfferFacts, type OfferFacts } from '@yoman/db/waitlist/offers'
import { isMobile } from '@yoman/domain/people/phone'
import { Refusal } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import { cannotText, offerEvent, type ToldBy } from '@yoman/domain/waitlist/offer'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { offerToken, tokenHash } from './link.ts'

/** What an offer says, before it has words. */
export interface OfferToSay {
  language: Language
  /** The clinic's own text; null where it speaks with ours. */
  own: { subject: string; body: string } | null
  patientFirstName: string
  clinicName: string
  branchName: string
  practitionerName: string
  phone: string
  startsAt: Instant
  until: Instant
  /** The branch's IANA zone. */
  zone: string
}

/** Finds the words; the place of the link stays as it is. Given by whoever offers: the use cases know no language. */
export type ComposeOffer = (toSay: OfferToSay) => { subject: string; body: string }

export interface NewOffer {
  id: string
  entryId: string
  holdId: string
  toldBy: ToldBy
  expiresAt: Instant
}

/** Writes an offer and, where it goes by SMS, its message, which leaves by the ordinary ways. Throws what `cannotText` names. */
export async function writeOffer(tx: Tx, ctx: Context, offer: NewOffer, compose: ComposeOffer): Promise<void> {
  const { id, entryId, holdId, toldBy, expiresAt } = offer
  const token_hash = toldBy === 'sms' ? tokenHash(offerToken(ctx.vault, ctx.clinicId, id)) : null
  const row = { clinic_id: ctx.clinicId, id, entry_id: entryId, hold_id: holdId, told_by: toldBy, token_hash, expires_at: expiresAt, created_at: ctx.now, created_by: ctx.actor.staffId, answered_at: null, answered_by: null }
  await insertOffers(tx, [row])
  const facts = await loadOfferFacts(tx, id)
  if (!facts) throw new Error('an offer has an entry and a hold')
  if (toldBy === 'sms') await queueOffer(tx, ctx, facts, compose)
  await recordEvents(tx, ctx, [offerEvent('offer.made', offer, facts, { toldBy, expiresAt: expiresAt.toString(), startsAt: facts.startsAt.toString() })])
}

async function queueOffer(tx: Tx, ctx: Context, facts: OfferFacts, compose: ComposeOffer): Promise<void> {
  const address = facts.phones.find(isMobile) ?? null
  const hindrance = cannotText({ address, refused: facts.refused }, facts.hours, ctx.now)
  if (hindrance !== null || address === null) throw new Refusal(hindrance ?? 'nothing_to_send_to')
  const own = await findTemplate(tx, 'offer', 'sms', facts.language)
  const words = compose({ ...facts, own: own ?? null, practitionerName: nameOfPractitioner(facts), until: facts.expiresAt, patientFirstName: facts.patientGivenName, zone: facts.hours.zone })
  const id = uuid()
  await insertMessage(tx, {
    clinic_id: ctx.clinicId, id, kind: 'offer', channel: 'sms', patient_id: facts.patientId, appointment_id: null, appointment_starts_at: facts.startsAt, reminder_id: null, invoice_id: null,
    offer_id: facts.offerId, dedupe_key: `offer-${facts.offerId}`, language: facts.language, to_address: address, ...words, not_before: ctx.now, useful_until: facts.expiresAt, created_at: ctx.now,
    lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
  })
  await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id }, patientId: facts.patientId, branchId: facts.branchId, details: { kind: 'offer', offer: facts.offerId } }])
}

/** As patients of that language read it. */
export const nameOfPractitioner = ({ language, practitionerName, practitionerNameEn }: Pick<OfferFacts, 'language' | 'practitionerName' | 'practitionerNameEn'>): string =>
  (language === 'he' || language === 'ar' ? '' : practitionerNameEn) || practitionerName
