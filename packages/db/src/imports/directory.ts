import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'

interface Wire {
  branches: { id: string; names: string[]; zone: string }[]
  practitioners: { id: string; names: string[]; profession: string; branchIds: string[] }[]
  visitTypes: { id: string; names: string[]; profession: string | null }[]
}

/** Who and what the words of an appointments' file may mean. */
export async function loadDirectory(db: Db): Promise<Wire> {
  const { rows } = await sql<{ directory: Wire }>`
    select json_build_object(
      'branches', coalesce((select json_agg(json_build_object('id', id, 'names', json_build_array(name), 'zone', time_zone) order by created_at, id) from branch where active), '[]'),
      'practitioners', coalesce((select json_agg(json_build_object('id', r.id, 'names', json_build_array(r.name, r.name_en), 'profession', p.profession,
          'branchIds', array(select distinct h.branch_id from working_hours h where h.clinic_id = r.clinic_id and h.resource_id = r.id)) order by r.sort, r.id)
        from resource r join practitioner p on p.clinic_id = r.clinic_id and p.id = r.id where r.active), '[]'),
      'visitTypes', coalesce((select json_agg(json_build_object('id', id, 'names', json_build_array(name, name_en), 'profession', profession) order by created_at, name, id)
        from visit_type where active), '[]')) as directory`.execute(db)
  return rows[0]?.directory ?? { branches: [], practitioners: [], visitTypes: [] }
}

/** Visits to come that stand already. */
export const visitsAhead = (db: Db, from: Instant) =>
  db.selectFrom('appointment').select(['id', 'patient_id', 'practitioner_id', 'starts_at']).where('starts_at', '>=', from).where('status', 'in', ['booked', 'confirmed']).execute()

/** Everyone and everything that can be booked: to be locked before thousands of visits are written. */
export const allResources = (db: Db) => db.selectFrom('resource').select('id').where('active', '=', true).execute()
