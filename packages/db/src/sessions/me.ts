import { sql } from 'kysely'
import type { Role } from '@yoman/domain/access'
import type { Preferences } from '@yoman/domain/preferences/preferences'
import type { Db } from '../database.ts'

export interface MeRow {
  name: string
  nameEn: string
  email: string
  language: 'he' | 'en'
  roles: Role[]
  practitionerId: string | null
  /** As it was saved: what is missing is as the program has it. */
  preferences: Partial<Preferences>
  clinic: { id: string; name: string; nameEn: string; language: string; currency: string }
  branches: { id: string; name: string; nameEn: string; timeZone: string }[]
}

/** Everything the screens need to know of the person who signed in, in one round trip. `branches` are those the person works in. */
export async function findMe(db: Db, staffId: string): Promise<MeRow | undefined> {
  const { rows } = await sql<MeRow>`
    select p.name, p.name_en as "nameEn", p.email, p.language,
      coalesce((select jsonb_agg(distinct r.role) from staff_role r where r.clinic_id = p.clinic_id and r.staff_id = p.id), '[]') as roles,
      (select q.id from practitioner q where q.clinic_id = p.clinic_id and q.staff_id = p.id) as "practitionerId",
      coalesce((select w.preferences from staff_preference w where w.clinic_id = p.clinic_id and w.staff_id = p.id), '{}') as preferences,
      jsonb_build_object('id', c.id, 'name', c.name, 'nameEn', c.name_en, 'language', c.language, 'currency', c.currency) as clinic,
      coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'nameEn', b.name_en, 'timeZone', b.time_zone) order by b.created_at, b.id)
        from branch b where b.clinic_id = p.clinic_id and b.active and exists (select from staff_role r
          where r.clinic_id = p.clinic_id and r.staff_id = p.id and (r.branch_id is null or r.branch_id = b.id))), '[]') as branches
    from staff p join clinic c on c.id = p.clinic_id
    where p.id = ${staffId}::uuid and p.active`.execute(db)
  return rows[0]
}
