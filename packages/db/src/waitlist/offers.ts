import { type Insertable, type RawBuilder, type Selectable, type Updateable, sql } from 'kysely'
import type { Instant, PlainTime } from '@yoman/domain/time'
import type { SendingHours } from '@yoman/domain/reminders/sending-hours'
import type { Db, Tx } from '../database.ts'
import { refuses } from '../messages/refused.ts'
import { type Language, spoken } from '../messages/visit-facts.ts'
import { patientColumns } from './entries.ts'
import type { WaitlistOfferTable } from './table.ts'

export type OfferRow = Selectable<WaitlistOfferTable>

/** An offer as lists show it. */
export interface OfferListRow extends OfferRow {
  patient_id: string
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
  phone: string | null
  branch_id: string
  practitioner_id: string
  visit_type_id: string
  starts_at: Instant
  ends_at: Instant
  message_state: string | null
  booked_id: string | null
}

/** Offers by what is asked: one, those of a hold, or those of a branch that are open or were answered since a moment. */
export async function listOffers(db: Db, filter: { id?: string; holdId?: string; branchId?: string; since?: Instant; limit: number }): Promise<OfferListRow[]> {
  const when: RawBuilder<unknown>[] = [sql`o.clinic_id = current_clinic()`]
  if (filter.id) when.push(sql`o.id = ${filter.id}`)
  if (filter.holdId) when.push(sql`o.hold_id = ${filter.holdId}`)
  if (filter.branchId) when.push(sql`e.branch_id = ${filter.branchId}`)
  if (filter.since) when.push(sql`(o.status = 'open' or o.answered_at >= ${filter.since}::timestamptz)`)
  const { rows } = await sql<OfferListRow>`
    select o.*, e.patient_id, ${patientColumns}, e.branch_id, h.practitioner_id, e.visit_type_id, h.starts_at,
      h.starts_at + coalesce(e.duration_minutes, v.duration_minutes) * interval '1 minute' as ends_at,
      (select m.state from message m where m.clinic_id = o.clinic_id and m.offer_id = o.id order by m.created_at desc, m.id desc limit 1) as message_state,
      case when o.status = 'taken' then e.booked_id end as booked_id
    from waitlist_offer o
      join waitlist_entry e on e.clinic_id = o.clinic_id and e.id = o.entry_id
      join patient p on p.clinic_id = e.clinic_id and p.id = e.patient_id
      join appointment h on h.clinic_id = o.clinic_id and h.id = o.hold_id
      join visit_type v on v.clinic_id = e.clinic_id and v.id = e.visit_type_id
    where ${sql.join(when, sql` and `)}
    order by o.created_at desc, o.id desc limit ${filter.limit}`.execute(db)
  return rows
}

export const findOffer = (db: Db, id: string): Promise<OfferRow | undefined> =>
  db.selectFrom('waitlist_offer').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).executeTakeFirst()

/** All offers of a hold, held until the transaction ends. The hold itself is locked before them. */
export const lockOffersOf = (tx: Tx, holdId: string): Promise<OfferRow[]> =>
  tx.selectFrom('waitlist_offer').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('hold_id', '=', holdId).orderBy('id').forUpdate().execute()

export async function insertOffers(tx: Tx, rows: readonly Insertable<WaitlistOfferTable>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto('waitlist_offer').values([...rows]).execute()
}

export async function saveOffers(tx: Tx, ids: readonly string[], changes: Updateable<WaitlistOfferTable>): Promise<void> {
  if (ids.length > 0) await tx.updateTable('waitlist_offer').set(changes).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', 'in', [...ids]).execute()
}

/** Gives a hold more time, for the next one who is asked. */
export async function prolongHold(tx: Tx, holdId: string, expiresAt: Instant): Promise<void> {
  await tx.updateTable('appointment').set({ hold_expires_at: expiresAt }).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', holdId).where('status', '=', 'held').execute()
}

/** For a patient's link, which knows a token alone: whose offer is it? Undefined where there is none. */
export async function offerOfToken(db: Db, tokenHash: Buffer): Promise<{ clinicId: string; offerId: string } | undefined> {
  return db.selectFrom('waitlist_offer').select(['clinic_id as clinicId', 'id as offerId']).where('token_hash', '=', tokenHash).executeTakeFirst()
}

/** Holds of the clinic that have open offers whose time is up, the oldest first. */
export async function findOverdueHolds(db: Db, now: Instant, limit: number): Promise<string[]> {
  const { rows } = await sql<{ hold_id: string }>`
    select hold_id from waitlist_offer where clinic_id = current_clinic() and status = 'open' and expires_at <= ${now}::timestamptz
    group by hold_id order by min(expires_at) limit ${limit}`.execute(db)
  return rows.map((row) => row.hold_id)
}

/** Holds on which an entry has open offers. */
export async function holdsOfEntry(db: Db, entryId: string): Promise<string[]> {
  const rows = await db.selectFrom('waitlist_offer').select('hold_id').where('clinic_id', '=', sql<string>`current_clinic()`).where('entry_id', '=', entryId).where('status', '=', 'open').orderBy('hold_id').execute()
  return rows.map((row) => row.hold_id)
}

/** All that the message and the page of an offer say, and what forbids them. */
export interface OfferFacts {
  offerId: string
  entryId: string
  holdId: string
  holdStatus: string
  status: OfferRow['status']
  expiresAt: Instant
  startsAt: Instant
  branchId: string
  patientId: string
  language: Language
  patientGivenName: string
  practitionerName: string
  practitionerNameEn: string
  clinicName: string
  branchName: string
  /** The branch's phone, else the clinic's; as it was typed, empty where neither is known. */
  phone: string
  phones: string[]
  refused: boolean
  /** Taking it moves a visit that the patient has already. */
  moves: boolean
  hours: SendingHours
}

interface FactsRow extends Omit<OfferFacts, 'hours'> {
  zone: string
  quietFrom: PlainTime
  quietTo: PlainTime
  eveCutoff: PlainTime
  sabbathPolicy: 'back' | 'forward'
}

/** The facts of one offer; undefined where there is none. */
export async function loadOfferFacts(db: Db, offerId: string): Promise<OfferFacts | undefined> {
  const { rows } = await sql<FactsRow>`
    select o.id as "offerId", o.entry_id as "entryId", o.hold_id as "holdId", h.status as "holdStatus", o.status, o.expires_at as "expiresAt", h.starts_at as "startsAt",
      e.branch_id as "branchId", e.patient_id as "patientId", p.language, p.given_name as "patientGivenName",
      r.name as "practitionerName", r.name_en as "practitionerNameEn", ${spoken('c')} as "clinicName", ${spoken('b')} as "branchName", coalesce(nullif(b.phone, ''), c.phone, '') as phone,
      b.time_zone as zone, c.quiet_from as "quietFrom", c.quiet_to as "quietTo", c.eve_cutoff as "eveCutoff", c.sabbath_policy as "sabbathPolicy",
      message_phones(p.clinic_id, p.id, (h.starts_at at time zone b.time_zone)::date) as phones,
      ${refuses('sms', { clinic: sql`p.clinic_id`, patient: sql`p.id`, numbers: sql`message_phones(p.clinic_id, p.id, (h.starts_at at time zone b.time_zone)::date)` })} as refused,
      e.appointment_id is not null as moves
    from waitlist_offer o
      join waitlist_entry e on e.clinic_id = o.clinic_id and e.id = o.entry_id
      join appointment h on h.clinic_id = o.clinic_id and h.id = o.hold_id
      join patient p on p.clinic_id = e.clinic_id and p.id = e.patient_id
      join branch b on b.clinic_id = e.clinic_id and b.id = e.branch_id
      join clinic c on c.id = e.clinic_id
      join resource r on r.clinic_id = h.clinic_id and r.id = h.practitioner_id
    where o.clinic_id = current_clinic() and o.id = ${offerId}`.execute(db)
  const row = rows[0]
  if (!row) return undefined
  const { zone, quietFrom, quietTo, eveCutoff, sabbathPolicy, ...facts } = row
  return { ...facts, hours: { zone, quietFrom, quietTo, eveCutoff, sabbathPolicy } }
}
