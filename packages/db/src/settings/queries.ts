import { sql } from 'kysely'
import type { Need } from '@yoman/domain/appointments/situation'
import type { AskedPaper } from '@yoman/domain/papers/paper'
import type { Db } from '../database.ts'
import { needsJson } from '../visit-types/needs.ts'

export interface OpeningRow { weekday: number; opens: string; closes: string }
export interface WorkingRow { branchId: string; weekday: number; starts: string; ends: string; validFrom: string | null; validTo: string | null }

export interface ClinicRow { id: string; name: string; nameEn: string; legalName: string; vatNumber: string; language: 'he' | 'en'; currency: string; email: string | null; phone: string | null; overbookLimit: number; dental: boolean; version: number }
export interface BranchRow { id: string; name: string; nameEn: string; address: string; city: string; phone: string | null; timeZone: string; active: boolean; hours: OpeningRow[]; version: number }
export interface PractitionerRow { staffId: string | null; profession: 'doctor' | 'hygienist' | 'assistant'; title: string; speciality: string; licenceNumber: string }
export interface ResourceRow {
  id: string
  kind: 'practitioner' | 'room' | 'chair' | 'device'
  name: string
  nameEn: string
  branchId: string | null
  sort: number
  colour: string
  active: boolean
  practitioner: PractitionerRow | null
  hours: WorkingRow[]
  version: number
}
export interface VisitTypeRow {
  id: string
  name: string
  nameEn: string
  publicName: string
  publicNameEn: string
  profession: 'doctor' | 'hygienist' | 'assistant' | null
  durationMinutes: number
  bufferBeforeMinutes: number
  bufferAfterMinutes: number
  placeKind: 'room' | 'chair' | 'device' | null
  priceItemId: string | null
  colour: string
  paper: AskedPaper
  practitionerIds: string[]
  needs: (Need & { resourceIds: string[] })[]
  active: boolean
  version: number
}
export interface PriceItemRow { id: string; code: string; name: string; nameEn: string; priceAgorot: number; changes: { from: string; priceAgorot: number }[]; active: boolean; version: number }

export interface SettingsRow { clinic: ClinicRow; branches: BranchRow[]; resources: ResourceRow[]; visitTypes: VisitTypeRow[]; priceItems: PriceItemRow[]; colleagues: { name: string; nameEn: string }[] }

// Built as JSON by Postgres, one object for each row: a third faster than rows, and one round trip for the whole.
const clinicJson = sql`jsonb_build_object('id', c.id, 'name', c.name, 'nameEn', c.name_en, 'legalName', c.legal_name, 'vatNumber', c.vat_number, 'language', c.language,
  'currency', c.currency, 'email', c.email, 'phone', c.phone, 'overbookLimit', c.overbook_limit, 'dental', c.dental, 'version', c.version)`
const branchJson = sql`jsonb_build_object('id', b.id, 'name', b.name, 'nameEn', b.name_en, 'address', b.address, 'city', b.city, 'phone', b.phone, 'timeZone', b.time_zone,
  'active', b.active, 'version', b.version, 'hours', coalesce((select jsonb_agg(jsonb_build_object('weekday', o.weekday,
    'opens', to_char(o.opens, 'HH24:MI'), 'closes', to_char(o.closes, 'HH24:MI')) order by o.weekday, o.opens)
    from opening_hours o where o.clinic_id = b.clinic_id and o.branch_id = b.id), '[]'))`
const resourceJson = sql`jsonb_build_object('id', r.id, 'kind', r.kind, 'name', r.name, 'nameEn', r.name_en, 'branchId', r.branch_id, 'sort', r.sort,
  'colour', r.colour, 'active', r.active, 'version', r.version,
  'practitioner', (select jsonb_build_object('staffId', p.staff_id, 'profession', p.profession, 'title', p.title, 'speciality', p.speciality,
    'licenceNumber', p.licence_number) from practitioner p where p.clinic_id = r.clinic_id and p.id = r.id),
  'hours', coalesce((select jsonb_agg(jsonb_build_object('branchId', w.branch_id, 'weekday', w.weekday, 'starts', to_char(w.starts, 'HH24:MI'),
    'ends', to_char(w.ends, 'HH24:MI'), 'validFrom', w.valid_from, 'validTo', w.valid_to) order by w.weekday, w.starts, w.id)
    from working_hours w where w.clinic_id = r.clinic_id and w.resource_id = r.id), '[]'))`
const visitTypeJson = sql`jsonb_build_object('id', v.id, 'name', v.name, 'nameEn', v.name_en, 'publicName', v.public_name, 'publicNameEn', v.public_name_en,
  'profession', v.profession, 'durationMinutes', v.duration_minutes, 'bufferBeforeMinutes', v.buffer_before_minutes,
  'bufferAfterMinutes', v.buffer_after_minutes, 'placeKind', v.place_kind, 'priceItemId', v.price_item_id, 'colour', v.colour, 'paper', v.paper, 'active', v.active,
  'version', v.version, 'practitionerIds', coalesce((select jsonb_agg(q.practitioner_id order by q.practitioner_id)
    from visit_type_practitioner q where q.clinic_id = v.clinic_id and q.visit_type_id = v.id), '[]'), 'needs', ${needsJson('v')})`
const priceItemJson = sql`jsonb_build_object('id', i.id, 'code', i.code, 'name', i.name, 'nameEn', i.name_en, 'priceAgorot', i.price_agorot,
  'changes', coalesce((select jsonb_agg(jsonb_build_object('from', g.valid_from, 'priceAgorot', g.price_agorot) order by g.valid_from)
    from price_change g where g.clinic_id = i.clinic_id and g.price_item_id = i.id), '[]'), 'active', i.active, 'version', i.version)`

/** Everything that draws the clinic, in one statement. */
export async function findSettings(db: Db, clinicId: string): Promise<SettingsRow | undefined> {
  const { rows } = await sql<SettingsRow>`
    select ${clinicJson} as clinic,
      coalesce((select jsonb_agg(${branchJson} order by b.created_at, b.id) from branch b where b.clinic_id = c.id), '[]') as branches,
      coalesce((select jsonb_agg(${resourceJson} order by r.sort, r.name, r.id) from resource r where r.clinic_id = c.id), '[]') as resources,
      coalesce((select jsonb_agg(${visitTypeJson} order by v.created_at, v.id) from visit_type v where v.clinic_id = c.id), '[]') as "visitTypes",
      coalesce((select jsonb_agg(${priceItemJson} order by i.code, i.id) from price_item i where i.clinic_id = c.id), '[]') as "priceItems",
      coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'nameEn', p.name_en) order by p.name, p.id) from staff p where p.clinic_id = c.id and p.name_en <> ''), '[]') as colleagues
    from clinic c where c.id = ${clinicId}::uuid`.execute(db)
  return rows[0]
}

export const findClinic = async (db: Db, id: string): Promise<ClinicRow | undefined> =>
  (await sql<{ row: ClinicRow }>`select ${clinicJson} as row from clinic c where c.id = ${id}::uuid`.execute(db)).rows[0]?.row
export const findBranch = async (db: Db, id: string): Promise<BranchRow | undefined> =>
  (await sql<{ row: BranchRow }>`select ${branchJson} as row from branch b where b.id = ${id}::uuid`.execute(db)).rows[0]?.row
export const findResource = async (db: Db, id: string): Promise<ResourceRow | undefined> =>
  (await sql<{ row: ResourceRow }>`select ${resourceJson} as row from resource r where r.id = ${id}::uuid`.execute(db)).rows[0]?.row
export const findVisitType = async (db: Db, id: string): Promise<VisitTypeRow | undefined> =>
  (await sql<{ row: VisitTypeRow }>`select ${visitTypeJson} as row from visit_type v where v.id = ${id}::uuid`.execute(db)).rows[0]?.row
export const findPriceItem = async (db: Db, id: string): Promise<PriceItemRow | undefined> =>
  (await sql<{ row: PriceItemRow }>`select ${priceItemJson} as row from price_item i where i.id = ${id}::uuid`.execute(db)).rows[0]?.row
