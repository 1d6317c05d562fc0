import { lockAppointment } from '@yoman/db/appointments/queries'
import { lockOverdueEntries, saveEntry } from '@yoman/db/waitlist/entries'
import { findOverdueHolds, lockOffersOf } from '@yoman/db/waitlist/offers'
import { isAfter } from '@yoman/domain/time'
import { entryEvent } from '@yoman/domain/waitlist/entry'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { endOffers } from './settle.ts'
import type { ComposeOffer } from './tell.ts'

const batch = 100

/** Ends the clinic's offers whose time is up; their places go to the next, or are free again. @returns how many places. */
export async function expireOffers(ctx: Context, compose: ComposeOffer): Promise<number> {
  const holds = await read(ctx, (db) => findOverdueHolds(db, ctx.now, batch))
  for (const holdId of holds) {
    await transact(ctx, async (tx) => {
      const hold = await lockAppointment(tx, ctx.clinicId, holdId)
      if (!hold) return
      const offers = await lockOffersOf(tx, holdId)
      const overdue = offers.filter((offer) => !isAfter(offer.expires_at, ctx.now)).map(({ id }) => id)
      await endOffers(tx, ctx, hold, offers, overdue, { status: 'expired', by: null }, compose)
    })
  }
  return holds.length
}

/** Entries whose last day is over, or whose visit has begun, leave the list. @returns how many. */
export function expireEntries(ctx: Context): Promise<number> {
  return transact(ctx, async (tx) => {
    const overdue = await lockOverdueEntries(tx, ctx.now, batch)
    for (const entry of overdue) {
      await saveEntry(tx, entry, { status: 'expired', closed_at: ctx.now })
      await recordEvents(tx, ctx, [entryEvent('waitlist.closed', { id: entry.id, patientId: entry.patient_id, branchId: entry.branch_id }, { outcome: 'expired' })])
    }
    return overdue.length
  })
}
