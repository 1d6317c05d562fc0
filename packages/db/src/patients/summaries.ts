import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { Instant, PlainDate } from '@yoman/domain/time'

/** One line of a search or a list. */
export interface SummaryRow {
  id: string
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
  birth_date: PlainDate | null
  identifier_sealed: Buffer | null
  has_alerts: boolean
  active: boolean
  phones: string[]
  last_visit: Instant | null
  next_visit: Instant | null
}

export interface Search {
  name: string
  digits: string
  /** ISO dates, any of which fits. */
  birthDates: readonly string[]
  identifierIndex: Buffer | null
  limit: number
  now: Instant
}

/** Who fits, best first: the owner of the identity number, who was born that day, names by prefix, phones by any run of digits; the inactive last. */
export function searchPatients(db: Db, { name, digits, birthDates, identifierIndex, limit, now }: Search): Promise<SummaryRow[]> {
  const hits = sql`
    select patient_id, min(place) as place from (
      select id as patient_id, 0::bigint as place from patient where identifier_index = ${identifierIndex}::bytea
      union all
      (select id, 0 from patient where clinic_id = current_clinic() and birth_date = any(${[...birthDates]}::date[]) and merged_into is null order by family_name, given_name, id limit ${limit})
      union all
      select patient_id, place from search_patients(${name}, ${digits}, ${limit}::integer) with ordinality as s(patient_id, place)
    ) h group by patient_id order by 2 limit ${limit}`
  return summaries(db, hits, now)
}

export interface ListPage {
  after: readonly [family: string, given: string, id: string] | null
  active: boolean | null
  /** Only those of whom a name, a phone, an identity number or the birth date is still to be asked. */
  incomplete: boolean
  /** What else must hold of rows of `patient`. */
  fitting?: RawBuilder<unknown>
  limit: number
  now: Instant
}

/**
 * By family name, given name and id, from the row after `after`. Names in Hebrew come first, then what sorts behind them
 * (Arabic), then Latin, Cyrillic and the nameless: two walks along one index, for no index begins in the middle.
 */
export function listPatients(db: Db, { after, active, incomplete, fitting, limit, now }: ListPage): Promise<SummaryRow[]> {
  const only = sql`${active === null ? sql`` : sql`and active = ${active}`} ${incomplete ? stillToAsk : sql``} ${fitting ? sql`and ${fitting}` : sql``}`
  const [family, given, id] = after ?? ['', '', '00000000-0000-0000-0000-000000000000']
  const part = (range: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    (select id from patient where clinic_id = current_clinic() and merged_into is null and ${range} ${only} order by family_name, given_name, id limit ${limit})`
  const inHebrew = sql`${after === null} or ${family}::text >= ${firstHebrew}::text`
  const hebrew = part(sql`family_name >= ${firstHebrew} and (${inHebrew}) and (family_name, given_name, id) > (${family}, ${given}, ${id}::uuid)`)
  const others = part(sql`family_name < ${firstHebrew} and (family_name, given_name, id) > (
    case when ${inHebrew} then '' else ${family} end, case when ${inHebrew} then '' else ${given} end, case when ${inHebrew} then '00000000-0000-0000-0000-000000000000' else ${id} end::uuid)`)
  const page = sql`select id as patient_id, row_number() over () as place from (${hebrew} union all ${others} limit ${limit}) p`
  return summaries(db, page, now, sql`h.place`)
}

/** How many there are in use of whom this holds. */
export async function countPatients(db: Db, fitting: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from patient where clinic_id = current_clinic() and merged_into is null and active and ${fitting}`.execute(db)
  return rows[0]?.count ?? 0
}

const firstHebrew = 'א'
const stillToAsk = sql`and (family_name = '' or birth_date is null or identifier_kind is null
  or not exists (select from patient_phone f where f.clinic_id = patient.clinic_id and f.patient_id = patient.id))`

async function summaries(db: Db, hits: RawBuilder<unknown>, now: Instant, order = sql`not p.active, h.place`): Promise<SummaryRow[]> {
  const { rows } = await sql<SummaryRow>`
    with h as materialized (${hits})
    select p.id, p.given_name, p.family_name, p.given_name_latin, p.family_name_latin, p.birth_date, p.identifier_sealed,
      p.alerts_sealed is not null as has_alerts, p.active,
      array(select f.number from patient_phone f where f.clinic_id = p.clinic_id and f.patient_id = p.id order by f.rank) as phones,
      (select a.starts_at from appointment a where a.clinic_id = p.clinic_id and a.patient_id = p.id and a.starts_at <= ${now}
        and a.status in ('arrived', 'called', 'in_treatment', 'completed') order by a.starts_at desc limit 1) as last_visit,
      (select a.starts_at from appointment a where a.clinic_id = p.clinic_id and a.patient_id = p.id and a.starts_at > ${now}
        and a.status in ('booked', 'confirmed') order by a.starts_at limit 1) as next_visit
    from h join patient p on p.clinic_id = current_clinic() and p.id = h.patient_id
    order by ${order}`.execute(db)
  return rows
}

/** These people, merged ones left out; in no order. */
export const patientsByIds = (db: Db, ids: readonly string[], now: Instant): Promise<SummaryRow[]> =>
  summaries(db, sql`select id as patient_id, 0 as place from patient where clinic_id = current_clinic() and id = any(${[...ids]}::uuid[]) and merged_into is null`, now)

/** Who may be the one that is being typed: by identity number, phones (E.164), or how the name sounds. Not ranked. */
export function likelyPatients(db: Db, by: { identifierIndex: Buffer | null; numbers: readonly string[]; sounds: readonly string[]; now: Instant }): Promise<SummaryRow[]> {
  const hits = sql`
    select patient_id, min(place) as place from (
      select id as patient_id, 0 as place from patient where identifier_index = ${by.identifierIndex}::bytea
      union all (select patient_id, 1 from patient_phone where clinic_id = current_clinic() and number = any(${[...by.numbers]}::text[]) limit 50)
      union all select patient_id, 2 from patients_sounding(${[...by.sounds]}::text[], 200)
    ) h group by patient_id`
  return summaries(db, hits, by.now)
}
