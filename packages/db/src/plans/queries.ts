import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { Refusal } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { TreatmentPlanItemTable, TreatmentPlanPhaseTable, TreatmentPlanSignatureTable, TreatmentPlanTable } from './table.ts'

export type PlanRow = Selectable<TreatmentPlanTable>
export type PhaseRow = Selectable<TreatmentPlanPhaseTable>
export type ItemRow = Selectable<TreatmentPlanItemTable>
export type SignatureRow = Selectable<TreatmentPlanSignatureTable>

export const findPlan = (db: Db, id: string): Promise<PlanRow | undefined> => db.selectFrom('treatment_plan').selectAll().where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends: a plan is answered, ordered from and settled by one hand at a time. */
export const lockPlan = (tx: Tx, id: string): Promise<PlanRow | undefined> => tx.selectFrom('treatment_plan').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** Newest first. */
export const plansOf = (db: Db, patientId: string): Promise<PlanRow[]> =>
  db.selectFrom('treatment_plan').selectAll().where('patient_id', '=', patientId).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(100).execute()

/** Plans of a patient into which work may flow, held until the transaction ends, in one order for everybody. */
export const lockLivePlans = (tx: Tx, patientId: string): Promise<PlanRow[]> =>
  tx.selectFrom('treatment_plan').selectAll().where('patient_id', '=', patientId).where('status', 'in', ['draft', 'offered', 'accepted']).orderBy('id').forUpdate().execute()

export const phasesOf = (db: Db, planIds: readonly string[]): Promise<PhaseRow[]> =>
  db.selectFrom('treatment_plan_phase').selectAll().where(sql<boolean>`plan_id = any(${[...planIds]}::uuid[])`).orderBy('plan_id').orderBy('position').execute()

export const itemsOf = (db: Db, planIds: readonly string[]): Promise<ItemRow[]> =>
  db.selectFrom('treatment_plan_item').selectAll().where(sql<boolean>`plan_id = any(${[...planIds]}::uuid[])`).orderBy('plan_id').orderBy('position').orderBy('id').execute()

export interface PhaseVisitRow { phase_id: string; id: string; starts_at: Instant; status: string }

/** The visits that were booked for phases, through their orders; oldest first. */
export async function phaseVisits(db: Db, planIds: readonly string[]): Promise<PhaseVisitRow[]> {
  const { rows } = await sql<PhaseVisitRow>`
    select l.phase_id, a.id, a.starts_at, a.status from treatment_plan_phase h
    join treatment_plan_order l on l.clinic_id = h.clinic_id and l.phase_id = h.id
    join appointment a on a.clinic_id = l.clinic_id and a.order_id = l.order_id
    where h.clinic_id = current_clinic() and h.plan_id = any(${[...planIds]}::uuid[]) order by a.starts_at, a.id`.execute(db)
  return rows
}

export interface SignatureListRow extends SignatureRow { witness_name: string; filed: boolean }

export async function signaturesOf(db: Db, planIds: readonly string[]): Promise<SignatureListRow[]> {
  const { rows } = await sql<SignatureListRow>`
    select g.*, s.name as witness_name, exists (select from attachment a where a.clinic_id = g.clinic_id and a.id = g.attachment_id) as filed
    from treatment_plan_signature g join staff s on s.clinic_id = g.clinic_id and s.id = g.witness_id
    where g.clinic_id = current_clinic() and g.plan_id = any(${[...planIds]}::uuid[])`.execute(db)
  return rows
}

export const staffNames = (db: Db, ids: readonly string[]): Promise<{ id: string; name: string; name_en: string }[]> =>
  db.selectFrom('staff').select(['id', 'name', 'name_en']).where(sql<boolean>`id = any(${[...ids]}::uuid[])`).execute()

export async function insertPlan(tx: Tx, row: Insertable<TreatmentPlanTable>): Promise<void> {
  await tx.insertInto('treatment_plan').values(row).execute()
}

/** The caller holds its lock. */
export async function updatePlan(tx: Tx, { id, version }: Pick<PlanRow, 'id' | 'version'>, changes: Updateable<TreatmentPlanTable>): Promise<void> {
  await tx.updateTable('treatment_plan').set({ ...changes, version: version + 1 }).where('id', '=', id).execute()
}

/** The phases and items of a draft are these and no others. The caller holds the plan's lock. Throws `id_taken` for a phase of another plan. */
export async function replaceContent(tx: Tx, planId: string, phases: readonly Insertable<TreatmentPlanPhaseTable>[], items: readonly Insertable<TreatmentPlanItemTable>[]): Promise<void> {
  await tx.deleteFrom('treatment_plan_item').where('plan_id', '=', planId).execute()
  await tx.deleteFrom('treatment_plan_phase').where('plan_id', '=', planId).where(sql<boolean>`id <> all(${phases.map(({ id }) => id)}::uuid[])`).execute()
  const kept = await tx
    .insertInto('treatment_plan_phase')
    .values([...phases])
    .onConflict((conflict) =>
      conflict
        .columns(['clinic_id', 'id'])
        .doUpdateSet(({ ref }) => ({ position: ref('excluded.position'), title: ref('excluded.title'), visit_type_id: ref('excluded.visit_type_id'), practitioner_id: ref('excluded.practitioner_id'), minutes: ref('excluded.minutes') }))
        .where('treatment_plan_phase.plan_id', '=', planId),
    )
    .returning('id')
    .execute()
  if (kept.length !== phases.length) throw new Refusal('id_taken')
  if (items.length > 0) await tx.insertInto('treatment_plan_item').values([...items]).execute()
}

/** The orders of the edition before become those of this one. */
export async function carryOrders(tx: Tx, planId: string): Promise<void> {
  await sql`
    insert into treatment_plan_order (clinic_id, phase_id, order_id)
    select h.clinic_id, h.id, l.order_id from treatment_plan_phase h join treatment_plan_order l on l.clinic_id = h.clinic_id and l.phase_id = h.from_phase_id
    where h.clinic_id = current_clinic() and h.plan_id = ${planId}::uuid on conflict do nothing`.execute(tx)
}

export const insertSignature = (tx: Tx, row: Insertable<TreatmentPlanSignatureTable>) => tx.insertInto('treatment_plan_signature').values(row).execute()

export async function setDone(tx: Tx, itemId: string, doneQuantity: number, doneAt: Instant | null): Promise<void> {
  await tx.updateTable('treatment_plan_item').set({ done_quantity: doneQuantity, done_at: doneAt }).where('id', '=', itemId).execute()
}

export const findPhase = (db: Db, id: string): Promise<PhaseRow | undefined> => db.selectFrom('treatment_plan_phase').selectAll().where('id', '=', id).executeTakeFirst()

export async function updatePhase(tx: Tx, id: string, changes: Updateable<TreatmentPlanPhaseTable>): Promise<void> {
  await tx.updateTable('treatment_plan_phase').set(changes).where('id', '=', id).execute()
}

export const linkOrder = (tx: Tx, clinicId: string, phaseId: string, orderId: string) =>
  tx.insertInto('treatment_plan_order').values({ clinic_id: clinicId, phase_id: phaseId, order_id: orderId }).execute()

export const ordersOfPhase = (db: Db, phaseId: string): Promise<{ id: string; status: 'open' | 'booked' | 'cancelled' }[]> =>
  db
    .selectFrom('treatment_plan_order as l')
    .innerJoin('next_visit_order as o', (join) => join.onRef('o.clinic_id', '=', 'l.clinic_id').onRef('o.id', '=', 'l.order_id'))
    .select(['o.id', 'o.status'])
    .where('l.phase_id', '=', phaseId)
    .orderBy('o.created_at')
    .execute()
