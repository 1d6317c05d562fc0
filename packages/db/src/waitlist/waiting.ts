import { sql } from 'kysely'
import type { Span } from '@yoman/domain/availability/spans'
import { type Instant, instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { refuses } from '../messages/refused.ts'
import type { Language } from '../messages/visit-facts.ts'
import { type EntryRow, practitionersOf } from './entries.ts'

/** One who waits, with what decides whether they can take a place and how they may hear of it. */
export interface WaitingRow extends EntryRow {
  practitionerIds: string[]
  visit: { id: string; startsAt: Instant } | null
  /** The patient's other visits between `from` and `to`. */
  elsewhere: Span[]
  language: Language
  /** E.164, the first to be asked first. */
  phones: string[]
  /** The patient has refused messages of the clinic's service by SMS. */
  refused: boolean
  /** An offer is open somewhere. */
  offered: boolean
  /** Places that were offered before: practitioner and start, as `placeKey` writes them. */
  asked: string[]
}

/** One text for a place, to find it among those that were offered. */
export const placeKey = (practitionerId: string, startsAt: Instant): string => `${practitionerId} ${startsAt.epochMilliseconds / 1000}`

/** Everyone of a branch who waits (or the given ones alone). `from` and `to` bound the visits that are looked at. */
export async function findWaiting(db: Db, wanted: { branchId: string; from: Instant; to: Instant; now: Instant; ids?: readonly string[] }): Promise<WaitingRow[]> {
  const { branchId, from, to, now, ids } = wanted
  const { rows } = await sql<Omit<WaitingRow, 'visit'> & { visit: { id: string; startsAt: string } | null }>`
    select e.*, ${practitionersOf} as "practitionerIds", p.language,
      (select json_build_object('id', a.id, 'startsAt', to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        from appointment a where a.clinic_id = e.clinic_id and a.id = e.appointment_id) as visit,
      coalesce((select json_agg(json_build_object('from', floor(date_part('epoch', a.starts_at) / 60)::bigint, 'to', ceil(date_part('epoch', a.ends_at) / 60)::bigint))
        from appointment a where a.clinic_id = e.clinic_id and a.patient_id = e.patient_id and a.id is distinct from e.appointment_id
          and a.status in ('booked', 'confirmed', 'arrived', 'in_treatment') and a.starts_at < ${to}::timestamptz and a.ends_at > ${from}::timestamptz), '[]') as elsewhere,
      coalesce(nullif(array(select n.number from patient_phone n where n.clinic_id = p.clinic_id and n.patient_id = p.id order by n.rank, n.id), '{}'), message_phones(p.clinic_id, p.id, (${now}::timestamptz at time zone 'UTC')::date)) as phones,
      ${refuses('sms', { clinic: sql`p.clinic_id`, patient: sql`p.id`, numbers: sql`message_phones(p.clinic_id, p.id, (${now}::timestamptz at time zone 'UTC')::date)` })} as refused,
      exists (select from waitlist_offer o where o.clinic_id = e.clinic_id and o.entry_id = e.id and o.status = 'open' and o.expires_at > ${now}::timestamptz) as offered,
      array(select h.practitioner_id::text || ' ' || date_part('epoch', h.starts_at)::bigint from waitlist_offer o
        join appointment h on h.clinic_id = o.clinic_id and h.id = o.hold_id
        where o.clinic_id = e.clinic_id and o.entry_id = e.id and o.status in ('declined', 'expired')) as asked
    from waitlist_entry e join patient p on p.clinic_id = e.clinic_id and p.id = e.patient_id
    where e.clinic_id = current_clinic() and e.branch_id = ${branchId} and e.status = 'open' and p.active
      and (e.appointment_id is null or exists (select from appointment a where a.clinic_id = e.clinic_id and a.id = e.appointment_id and a.status in ('booked', 'confirmed')))
      ${ids ? sql`and e.id = any(${[...ids]}::uuid[])` : sql``}
    order by e.waiting_since limit 1000`.execute(db)
  return rows.map((row) => ({ ...row, visit: row.visit && { ...row.visit, startsAt: instant(row.visit.startsAt) } }))
}
