import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { ToothFindingTable } from './table.ts'

export type FindingRow = Selectable<ToothFindingTable>

/** Oldest first; those that have ended too. */
export const findingsOf = (db: Db, patientId: string): Promise<FindingRow[]> =>
  db.selectFrom('tooth_finding').selectAll().where('patient_id', '=', patientId).orderBy('recorded_at').orderBy('id').execute()

export const findFinding = (db: Db, id: string): Promise<FindingRow | undefined> => db.selectFrom('tooth_finding').selectAll().where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends. */
export const lockFinding = (tx: Tx, id: string): Promise<FindingRow | undefined> => tx.selectFrom('tooth_finding').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** Writes it, or nothing where the same is noted of that tooth already. Answers the id that stands. */
export async function insertFinding(tx: Tx, row: Insertable<ToothFindingTable>): Promise<string> {
  const written = await tx.insertInto('tooth_finding').values(row).onConflict((conflict) => conflict.columns(['clinic_id', 'patient_id', 'tooth', 'kind', 'state', 'surfaces']).where('ended_at', 'is', null).doNothing()).returning('id').executeTakeFirst()
  return written?.id ?? (await sameFinding(tx, row))?.id ?? row.id
}

/** What is noted already and would stand beside it. */
export const sameFinding = (db: Db, { patient_id, tooth, kind, state, surfaces = '' }: Pick<Insertable<ToothFindingTable>, 'patient_id' | 'tooth' | 'kind' | 'state' | 'surfaces'>): Promise<FindingRow | undefined> =>
  db
    .selectFrom('tooth_finding')
    .selectAll()
    .where('patient_id', '=', patient_id)
    .where('tooth', '=', tooth)
    .where('kind', '=', kind)
    .where('state', '=', state)
    .where('surfaces', '=', surfaces)
    .where('ended_at', 'is', null)
    .executeTakeFirst()

/** The caller holds its lock. */
export async function saveFinding(tx: Tx, id: string, changes: Updateable<ToothFindingTable>): Promise<void> {
  await tx.updateTable('tooth_finding').set(changes).where('id', '=', id).execute()
}

/** What was done to a tooth, with its visit. */
export interface ToothWorkRow {
  id: string
  encounter_id: string
  tooth: string
  surfaces: string
  description: string
  practitioner_id: string
  started_at: Instant
  status: 'draft' | 'signed'
}

export interface ToothPlanRow {
  id: string
  plan_id: string
  tooth: string
  surfaces: string
  description: string
  finding_id: string | null
  agreed: boolean
}

/** Items of live plans that are of a tooth and not done; of an edition that is agreed, not the one that is written over it. */
export async function toothPlansOf(db: Db, patientId: string): Promise<ToothPlanRow[]> {
  const { rows } = await sql<ToothPlanRow>`
    select i.id, i.plan_id, i.tooth, i.surfaces, i.description, i.finding_id, p.status = 'accepted' as agreed
    from treatment_plan p join treatment_plan_item i on i.clinic_id = p.clinic_id and i.plan_id = p.id
    where p.clinic_id = current_clinic() and p.patient_id = ${patientId}::uuid and p.status in ('draft', 'offered', 'accepted') and i.tooth is not null and i.done_at is null
      and not exists (select from treatment_plan o where o.clinic_id = p.clinic_id and o.id = p.replaces_id and o.status = 'accepted')
    order by p.created_at, i.position, i.id`.execute(db)
  return rows
}

export async function toothWorkOf(db: Db, patientId: string): Promise<ToothWorkRow[]> {
  const { rows } = await sql<ToothWorkRow>`
    select d.id, d.encounter_id, d.tooth, d.surfaces, d.description, e.practitioner_id, e.started_at, e.status
    from encounter e join procedure_done d on d.clinic_id = e.clinic_id and d.encounter_id = e.id
    where e.clinic_id = current_clinic() and e.patient_id = ${patientId}::uuid and d.tooth is not null
    order by e.started_at, d.id`.execute(db)
  return rows
}
