import { v7 as uuid } from 'uuid'
import { lockAppointment } from '@yoman/db/appointments/queries'
import type { Tx } from '@yoman/db/database'
import { findEntry } from '@yoman/db/waitlist/entries'
import { holdsOfEntry, lockOffersOf, type OfferRow, prolongHold, saveOffers } from '@yoman/db/waitlist/offers'
import { findWaitlistSetting } from '@yoman/db/waitlist/setting'
import { placeKey } from '@yoman/db/waitlist/waiting'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { isBefore, minutesBetween } from '@yoman/domain/time'
import { offerEvent, offerExpires } from '@yoman/domain/waitlist/offer'
import { endHoldsOf } from '../appointments/ground.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { noteFreed } from './freed.ts'
import { fittingIn } from './match.ts'
import { type ComposeOffer, writeOffer } from './tell.ts'

export interface Ending {
  status: 'declined' | 'expired' | 'withdrawn'
  by: 'patient' | 'desk' | null
}

/**
 * Ends some open offers of a hold that the caller has locked with all its offers. When no open one is left, the next who waits is
 * asked, where the clinic wants that (`compose` given); else the place is free and proposed to the desk again.
 */
export async function endOffers(tx: Tx, ctx: Context, hold: Appointment, offers: readonly OfferRow[], ids: readonly string[], ending: Ending, compose: ComposeOffer | null): Promise<void> {
  const ended = offers.filter(({ id, status }) => status === 'open' && ids.includes(id))
  await saveOffers(tx, ended.map(({ id }) => id), { status: ending.status, answered_at: ctx.now, answered_by: ending.by })
  for (const offer of ended) await recordEnd(tx, ctx, offer, hold.branchId, ending)
  const stillOpen = offers.some(({ id, status }) => status === 'open' && !ids.includes(id))
  if (ended.length === 0 || stillOpen || hold.status !== 'held') return
  if (compose && (await askNext(tx, ctx, hold, compose))) return
  await endHoldsOf(tx, ctx, [hold.id], ending.status === 'expired' ? 'expired' : 'released')
  await noteFreed(tx, ctx, hold)
}

/** Takes back all open offers of an entry that leaves the list. */
export async function withdrawOffersOf(tx: Tx, ctx: Context, entryId: string): Promise<void> {
  for (const holdId of await holdsOfEntry(tx, entryId)) {
    const hold = await lockAppointment(tx, ctx.clinicId, holdId)
    if (!hold) continue
    const offers = await lockOffersOf(tx, holdId)
    const ids = offers.filter((offer) => offer.entry_id === entryId).map(({ id }) => id)
    await endOffers(tx, ctx, hold, offers, ids, { status: 'withdrawn', by: 'desk' }, null)
  }
}

async function recordEnd(tx: Tx, ctx: Context, { id, entry_id, hold_id }: OfferRow, branchId: string, { status, by }: Ending): Promise<void> {
  const entry = await findEntry(tx, entry_id)
  const name = status === 'expired' ? 'offer.expired' : 'offer.answered'
  await recordEvents(tx, ctx, [offerEvent(name, { id, entryId: entry_id, holdId: hold_id }, { patientId: entry?.patient_id ?? '', branchId }, { status, by })])
}

/** Asks the first who fits, can be told by SMS now and was not asked for this place; they get the hold as it is. */
async function askNext(tx: Tx, ctx: Context, hold: Appointment, compose: ComposeOffer): Promise<boolean> {
  const { offerNext, offerMinutes } = await findWaitlistSetting(tx)
  if (!offerNext || !isBefore(ctx.now, hold.startsAt)) return false
  const fitting = await fittingIn(tx, ctx, hold, hold.id)
  const key = placeKey(hold.practitionerId, hold.startsAt)
  const next = fitting.find(
    ({ entry, minutes }) => entry.noSms === null && !entry.row.offered && !entry.row.asked.includes(key) && entry.visitTypeId === hold.visitTypeId && minutes <= minutesBetween(hold.startsAt, hold.endsAt),
  )
  if (!next) return false
  const expiresAt = offerExpires(hold.startsAt, offerMinutes, ctx.now)
  await prolongHold(tx, hold.id, expiresAt)
  await writeOffer(tx, ctx, { id: uuid(), entryId: next.entry.id, holdId: hold.id, toldBy: 'sms', expiresAt }, compose)
  return true
}
