import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../database.ts'
import type { Language } from './visit-facts.ts'

/** Of each kind the longest name, and the longest that no plain SMS alphabet knows; empty where there is none. */
export interface LongestNames {
  patientFirstName: string[]
  practitionerName: string[]
  branchName: string[]
}

/** The longest names that may stand in a text of this language: of patients who read it, of people and branches that are active. */
export async function longestNames(db: Db, language: Language): Promise<LongestNames> {
  const own = language === 'he' || language === 'ar'
  const spoken = own ? sql`o.name` : sql`coalesce(nullif(o.name_en, ''), o.name)`
  const { rows } = await sql<LongestNames>`select
    ${longest(sql`select o.given_name as name from patient o where o.clinic_id = current_clinic() and o.language = ${language} and o.merged_into is null`)} as "patientFirstName",
    ${longest(sql`select ${spoken} as name from resource o where o.clinic_id = current_clinic() and o.kind = 'practitioner' and o.active`)} as "practitionerName",
    ${longest(sql`select ${spoken} as name from branch o where o.clinic_id = current_clinic() and o.active`)} as "branchName"`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a selection without a table has a row')
  return row
}

const longest = (names: RawBuilder<unknown>): RawBuilder<string[]> => sql<string[]>`(
  with n as (${names})
  select array_remove(array[(select name from n order by length(name) desc, name limit 1), (select name from n where name ~ '[^ -~]' order by length(name) desc, name limit 1)], null))`
