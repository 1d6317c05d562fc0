import { loadOfferFacts, offerOfToken, type OfferFacts } from '@yoman/db/waitlist/offers'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import { offerState, type OfferStatus } from '@yoman/domain/waitlist/offer'
import { type Context, patientContext, type Services } from '../context.ts'
import { countMiss, type Visitor } from '../sessions/link-misses.ts'
import { answeringOffer, read } from '../transact.ts'
import { declineOffer, takeOffer } from './answer.ts'
import { tokenHash } from './link.ts'
import { type ComposeOffer, nameOfPractitioner } from './tell.ts'

/** What stands on the page of an offer: nothing of the patient but the language. */
export interface OfferPage extends Pick<OfferFacts, 'language' | 'clinicName' | 'branchName' | 'practitionerName' | 'phone' | 'startsAt' | 'expiresAt' | 'moves'> {
  zone: string
  state: OfferStatus
}

/**
 * Finds the offer that a link opens. Throws `NotFound`, or `TooManyAttempts` after some of those from one network.
 */
export async function openOffer(services: Services, token: string, now: Instant, visitor: Visitor): Promise<{ ctx: Context; offerId: string }> {
  const found = await answeringOffer(services.pool, (db) => offerOfToken(db, tokenHash(token)))
  if (found) return { ctx: patientContext(services, found.clinicId, now, visitor.ip), offerId: found.offerId }
  await countMiss(services, 'offer-network', visitor)
  throw new NotFound('offer')
}

/** The page as it is at this moment; looking changes nothing. */
export async function readOfferPage(ctx: Context, offerId: string): Promise<OfferPage> {
  const facts = await read(ctx, (db) => loadOfferFacts(db, offerId))
  if (!facts) throw new NotFound('offer')
  const { language, clinicName, branchName, phone, startsAt, expiresAt, moves, hours } = facts
  return { language, clinicName, branchName, practitionerName: nameOfPractitioner(facts), phone, startsAt, expiresAt, moves, zone: hours.zone, state: offerState(facts, { status: facts.holdStatus }, ctx.now) }
}

/** The patient's answer, and the page after it. An answer that comes too late changes nothing; the page says what is so. */
export async function answerOffer(ctx: Context, offerId: string, answer: 'take' | 'decline', compose: ComposeOffer): Promise<OfferPage> {
  try {
    await (answer === 'take' ? takeOffer(ctx, offerId, 'patient') : declineOffer(ctx, offerId, 'patient', compose))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const page = await readOfferPage(ctx, offerId)
    // Still open and yet not to be had: the room that this visit needs went to somebody else meanwhile.
    return page.state === 'open' ? { ...page, state: 'lost' } : page
  }
  return readOfferPage(ctx, offerId)
}
