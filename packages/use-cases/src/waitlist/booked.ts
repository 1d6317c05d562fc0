import type { Tx } from '@yoman/db/database'
import { type EntryRow, findEntry, lockEntry, lockEntryBookedAs, saveEntry } from '@yoman/db/waitlist/entries'
import { allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { Refusal } from '@yoman/domain/refusal'
import { checkWaiting, entryEvent } from '@yoman/domain/waitlist/entry'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { withdrawOffersOf } from './settle.ts'

/**
 * A visit was booked for one who waits: in the same transaction they leave the list, and what is still offered to them is taken back.
 * Throws `waitlist_entry_closed`, and `reference_unknown` where it is not this patient's entry, or waits with a visit, which would move instead.
 */
export async function settleByBooking(tx: Tx, ctx: Context, entryId: string, visit: Pick<Appointment, 'id' | 'patientId'>): Promise<void> {
  const known = await findEntry(tx, entryId)
  if (!known || known.patient_id !== visit.patientId || known.appointment_id !== null) throw new Refusal('reference_unknown')
  allowIn(ctx.actor, 'waitlist.write', known.branch_id)
  await withdrawOffersOf(tx, ctx, entryId) // holds and offers are locked before the entry, by everyone
  const entry = await lockEntry(tx, entryId)
  if (!entry) throw new Refusal('reference_unknown')
  checkWaiting(entry)
  await settle(tx, ctx, entry, visit.id)
}

/** The booking is taken back: whoever waited until it was made waits again, for as long as before. */
export async function waitAfterAll(tx: Tx, ctx: Context, visitId: string): Promise<void> {
  const entry = await lockEntryBookedAs(tx, visitId)
  if (entry?.status !== 'booked' || entry.appointment_id !== null) return
  await saveEntry(tx, entry, { status: 'open', closed_at: null })
  await recordEvents(tx, ctx, [entryEvent('waitlist.changed', about(entry), { from: 'booked', to: 'open', appointment: visitId })])
}

/** The visit that was taken back is to be after all: who came to wait again because of that does not any more. */
export async function settledAfterAll(tx: Tx, ctx: Context, visitId: string): Promise<void> {
  const known = await lockEntryBookedAs(tx, visitId)
  if (known?.status === 'open') await settle(tx, ctx, known, visitId)
}

async function settle(tx: Tx, ctx: Context, entry: EntryRow, visitId: string): Promise<void> {
  await saveEntry(tx, entry, { status: 'booked', booked_id: visitId, closed_at: ctx.now })
  await recordEvents(tx, ctx, [entryEvent('waitlist.closed', about(entry), { outcome: 'booked', appointment: visitId })])
}

const about = (entry: EntryRow) => ({ id: entry.id, patientId: entry.patient_id, branchId: entry.branch_id })
