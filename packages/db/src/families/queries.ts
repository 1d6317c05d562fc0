import { sql } from 'kysely'
import type { Subject } from '@yoman/domain/patients/telling'
import type { PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { RelationRow } from '../patients/relations.ts'

/** A relation as one of the two sees it: `told` is what the other may be told of them, `tells` what they may be told of the other. */
export interface FamilyRow {
  relation_id: string
  kind: RelationRow['kind']
  /** The row says who the one who asks is to the other. */
  reversed: boolean
  patient_id: string
  other_id: string
  told: Subject[]
  told_on: PlainDate | null
  tells: Subject[]
  tells_on: PlainDate | null
}

const seenBy = (which: 'patient' | 'both', ids: readonly string[]) => sql`
  select id as relation_id, kind, false as reversed, patient_id, related_id as other_id, told, told_on, tells, tells_on
  from patient_relation where clinic_id = current_clinic() and patient_id = any(${[...ids]}::uuid[]) ${which === 'both' ? sql`and related_id = any(${[...ids]}::uuid[])` : sql``}
  union all
  select id, kind, true, related_id, patient_id, tells, tells_on, told, told_on
  from patient_relation where clinic_id = current_clinic() and related_id = any(${[...ids]}::uuid[]) ${which === 'both' ? sql`and patient_id = any(${[...ids]}::uuid[])` : sql``}`

/** The patient's relations, told from the patient's side; those to merged records are with the ones they go on in. */
export async function familyOf(db: Db, patientId: string): Promise<FamilyRow[]> {
  const { rows } = await sql<FamilyRow>`
    select f.* from (${seenBy('patient', [patientId])}) f join patient p on p.clinic_id = current_clinic() and p.id = f.other_id and p.merged_into is null
    order by f.relation_id`.execute(db)
  return rows
}

/** Relations among some people, each from both sides. */
export async function relationsAmong(db: Db, ids: readonly string[]): Promise<FamilyRow[]> {
  if (ids.length < 2) return []
  return (await sql<FamilyRow>`${seenBy('both', ids)} order by 1, 3`.execute(db)).rows
}

export const lockRelation = (tx: Tx, id: string): Promise<RelationRow | undefined> =>
  tx.selectFrom('patient_relation').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const saveTelling = (tx: Tx, id: string, telling: Partial<Pick<RelationRow, 'told' | 'told_on' | 'tells' | 'tells_on'>>) =>
  tx.updateTable('patient_relation').set(telling).where('id', '=', id).execute()

export interface OfAgeRow {
  id: string
  guardian_told: boolean
  guardian_phone: boolean
  guardian_consent: boolean
}

/** Active people born in these days (ISO, both included) whose coming of age nobody looked at yet, and what a guardian has to do with each. */
export async function peopleOfAge(db: Db, from: PlainDate, to: PlainDate): Promise<OfAgeRow[]> {
  const { rows } = await sql<OfAgeRow>`
    with young as materialized (
      select clinic_id, id, birth_date from patient where clinic_id = current_clinic() and birth_date between ${from}::date and ${to}::date
        and active and merged_into is null and of_age_reviewed_on is null order by birth_date, id limit 200),
    guardian as (
      select y.id, r.related_id as guardian_id, r.told from young y join patient_relation r on r.clinic_id = y.clinic_id and r.patient_id = y.id and r.kind in ('guardian', 'parent')
      union all
      select y.id, r.patient_id, r.tells from young y join patient_relation r on r.clinic_id = y.clinic_id and r.related_id = y.id and r.kind = 'child')
    select y.id,
      exists (select from guardian g where g.id = y.id and g.told <> '{}') as guardian_told,
      exists (select from patient_phone n where n.clinic_id = y.clinic_id and n.patient_id = y.id and (n.label = 'guardian'
        or n.number in (select o.number from guardian g join patient_phone o on o.clinic_id = y.clinic_id and o.patient_id = g.guardian_id where g.id = y.id))) as guardian_phone,
      exists (select from consent c where c.clinic_id = y.clinic_id and c.patient_id = y.id and c.recorded_at < y.birth_date + interval '18 years')
        and exists (select from guardian g where g.id = y.id) as guardian_consent
    from young y order by y.birth_date, y.id`.execute(db)
  return rows
}

/** Keeps who looked; null takes it back. */
export async function saveOfAgeReview(tx: Tx, patientId: string, review: { on: PlainDate; by: string } | null): Promise<void> {
  await tx.updateTable('patient').set({ of_age_reviewed_on: review?.on ?? null, of_age_reviewed_by: review?.by ?? null }).where('id', '=', patientId).execute()
}
