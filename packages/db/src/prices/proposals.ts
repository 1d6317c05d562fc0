import { sql } from 'kysely'
import type { HealthFund } from '@yoman/domain/patients/details'
import type { PricedItem, PriceFacts, PriceList } from '@yoman/domain/prices/price-list'
import { dateIn, type Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { listJson } from './lists.ts'

/** An item of the base list, with its names. */
export interface BookItem extends PricedItem {
  code: string
  name: string
  nameEn: string
  active: boolean
}

/** Everything that a price is chosen from, of some items. */
export interface PriceBook {
  items: BookItem[]
  lists: PriceList[]
}

/** The base prices and the lists in use. `ids` null: of all items. */
export async function loadPriceBook(db: Db, ids: readonly string[] | null): Promise<PriceBook> {
  const named = ids && [...ids]
  const { rows } = await sql<PriceBook>`
    select coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'code', i.code, 'name', i.name, 'nameEn', i.name_en, 'active', i.active, 'priceAgorot', i.price_agorot,
        'changes', coalesce((select jsonb_agg(jsonb_build_object('from', g.valid_from, 'priceAgorot', g.price_agorot) order by g.valid_from)
          from price_change g where g.clinic_id = i.clinic_id and g.price_item_id = i.id), '[]')) order by i.code, i.id)
      from price_item i where i.clinic_id = current_clinic() and (${named}::uuid[] is null or i.id = any(${named}::uuid[]))), '[]') as items,
      coalesce((select jsonb_agg(${listJson(named)}) from price_list l where l.clinic_id = current_clinic() and l.active), '[]') as lists`.execute(db)
  return rows[0] ?? { items: [], lists: [] }
}

/** What a price hangs on, and whose it is. */
export interface PatientFacts extends PriceFacts {
  patientId: string
}

/** What the prices of an encounter hang on: the day is that of its visit, else of its start. */
export async function factsOfEncounter(db: Db, id: string): Promise<PatientFacts | undefined> {
  const { rows } = await sql<PatientFacts>`
    select e.patient_id as "patientId", e.branch_id as "branchId", e.practitioner_id as "practitionerId", p.health_fund as "healthFund", to_char(coalesce(a.starts_at, e.started_at) at time zone b.time_zone, 'YYYY-MM-DD') as "on"
    from encounter e join patient p on p.clinic_id = e.clinic_id and p.id = e.patient_id join branch b on b.clinic_id = e.clinic_id and b.id = e.branch_id
      left join appointment a on a.clinic_id = e.clinic_id and a.id = e.appointment_id
    where e.clinic_id = current_clinic() and e.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** What the prices of a patient's plan hang on, on the day that `now` is in the branch; undefined where one of the two is not there. */
export async function factsOfPatient(db: Db, { patientId, branchId, practitionerId, now }: { patientId: string; branchId: string; practitionerId: string | null; now: Instant }): Promise<PatientFacts | undefined> {
  const { rows } = await sql<{ healthFund: HealthFund | null; zone: string }>`
    select p.health_fund as "healthFund", b.time_zone as zone from patient p join branch b on b.clinic_id = p.clinic_id and b.id = ${branchId}::uuid
    where p.clinic_id = current_clinic() and p.id = ${patientId}::uuid`.execute(db)
  const [row] = rows
  return row && { patientId, branchId, practitionerId, healthFund: row.healthFund, on: dateIn(row.zone, now).toString() }
}
