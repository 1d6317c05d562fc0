import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** A branch as registers name it. */
export interface RegisterBranch {
  id: string
  name: string
  nameEn: string
  zone: string
}

/** In the order in which the clinic opened them, also those that are closed: their books go on. */
export async function registerBranches(db: Db): Promise<RegisterBranch[]> {
  const { rows } = await sql<RegisterBranch>`
    select id, name, name_en as "nameEn", time_zone as zone from branch where clinic_id = current_clinic() order by created_at, id`.execute(db)
  return rows
}
