import { zoneOfBranch } from '@yoman/db/appointments/queries'
import type { Db } from '@yoman/db/database'
import { type EntryFilter, type EntryListRow, listEntries, rankOfUrgency } from '@yoman/db/waitlist/entries'
import { listOffers, type OfferListRow } from '@yoman/db/waitlist/offers'
import { allow } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import { dateIn, dayPeriod } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, type KeyForm, uuidKey } from '../cursor.ts'
import { namesView } from '../patients/view.ts'
import { read } from '../transact.ts'

export interface EntryQuery extends Pick<EntryFilter, 'status' | 'branchId' | 'patientId'> {
  cursor?: string | undefined
  limit?: number | undefined
}

const rankKey: KeyForm = (key) => /^[1-3]$/.test(key)

/** One page of those who wait, as they should be asked; of closed entries, the last closed first. */
export async function pageOfEntries(ctx: Context, { cursor, limit = 50, ...filter }: EntryQuery) {
  allow(ctx.actor, 'waitlist.read')
  const closed = filter.status !== undefined && filter.status !== 'open'
  const after = cursor === undefined ? undefined : decodeCursor(cursor, closed ? [instantKey, uuidKey] : [rankKey, instantKey, uuidKey])
  const rows = await read(ctx, (db) => listEntries(db, { ...filter, after, limit: limit + 1, now: ctx.now }))
  const last = rows.slice(0, limit).at(-1)
  return { items: rows.slice(0, limit).map(entryView), next: rows.length > limit && last ? encodeCursor(keysOf(last, closed)) : null }
}

const keysOf = (row: EntryListRow, closed: boolean): string[] =>
  closed ? [String(row.closed_at), row.id] : [String(rankOfUrgency(row.urgency)), row.waiting_since.toString(), row.id]

/** One entry, inside a transaction that somebody else opened. */
export async function loadEntry(db: Db, ctx: Context, id: string): Promise<EntryView> {
  const [row] = await listEntries(db, { id, limit: 1, now: ctx.now })
  if (!row) throw new NotFound('waitlist entry')
  return entryView(row)
}

/** Open offers of a branch and those answered today on its wall. Throws `NotFound`. */
export async function offersOfBranch(ctx: Context, branchId: string) {
  allow(ctx.actor, 'waitlist.read')
  return read(ctx, async (db) => {
    const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
    if (!zone) throw new NotFound('branch')
    const since = dayPeriod(zone, dateIn(zone, ctx.now)).start
    return { items: (await listOffers(db, { branchId, since, limit: 200 })).map(offerView) }
  })
}

/** One offer, inside a transaction that somebody else opened. */
export async function loadOffer(db: Db, id: string): Promise<OfferView> {
  const [row] = await listOffers(db, { id, limit: 1 })
  if (!row) throw new NotFound('offer')
  return offerView(row)
}

export type EntryView = ReturnType<typeof entryView>
export type OfferView = ReturnType<typeof offerView>

export const entryView = (row: EntryListRow) => ({
  id: row.id,
  branchId: row.branch_id,
  patient: { id: row.patient_id, ...namesView(row), phone: row.phone },
  visitTypeId: row.visit_type_id,
  durationMinutes: row.duration_minutes,
  practitionerIds: row.practitioner_ids,
  weekdays: row.weekdays,
  parts: row.parts,
  urgency: row.urgency,
  until: row.until_date?.toString() ?? null,
  note: row.note,
  appointment: row.appointment,
  status: row.status,
  bookedId: row.status === 'booked' ? row.booked_id : null,
  offered: row.offered,
  waitingSince: row.waiting_since.toString(),
  closedAt: row.closed_at?.toString() ?? null,
  version: row.version,
})

export const offerView = (row: OfferListRow) => ({
  id: row.id,
  entryId: row.entry_id,
  holdId: row.hold_id,
  branchId: row.branch_id,
  patient: { id: row.patient_id, ...namesView(row), phone: row.phone },
  practitionerId: row.practitioner_id,
  visitTypeId: row.visit_type_id,
  startsAt: row.starts_at.toString(),
  endsAt: row.ends_at.toString(),
  toldBy: row.told_by,
  message: row.message_state,
  status: row.status,
  expiresAt: row.expires_at.toString(),
  createdAt: row.created_at.toString(),
  answeredAt: row.answered_at?.toString() ?? null,
  answeredBy: row.answered_by,
  bookedId: row.booked_id,
})
