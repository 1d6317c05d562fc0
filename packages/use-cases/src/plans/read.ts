import type { Db, Tx } from '@yoman/db/database'
import { findPatient } from '@yoman/db/patients/queries'
import { findPlan, lockPlan, type PlanRow, plansOf } from '@yoman/db/plans/queries'
import { allow } from '@yoman/domain/access'
import type { EventName } from '@yoman/domain/events'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read } from '../transact.ts'
import { planViews, type PlanView } from './view.ts'

/** All editions of all plans of a patient, newest first. The caller records the reading. Throws `NotFound`. */
export function patientPlans(ctx: Context, patientId: string): Promise<PlanView[]> {
  allow(ctx.actor, 'plan.read')
  return read(ctx, async (db) => {
    if (!(await findPatient(db, patientId))) throw new NotFound('patient')
    return planViews(db, ctx, await plansOf(db, patientId))
  })
}

/** Throws `NotFound`. */
export function readPlan(ctx: Context, id: string): Promise<PlanView> {
  allow(ctx.actor, 'plan.read')
  return read(ctx, (db) => loadPlan(db, ctx, id))
}

/** One plan, inside a transaction that somebody else opened. */
export async function loadPlan(db: Db, ctx: Context, id: string): Promise<PlanView> {
  const row = await findPlan(db, id)
  const [view] = row ? await planViews(db, ctx, [row]) : []
  if (!view) throw new NotFound('treatment plan')
  return view
}

export async function lockedPlan(tx: Tx, id: string): Promise<PlanRow> {
  const row = await lockPlan(tx, id)
  if (!row) throw new NotFound('treatment plan')
  return row
}

export const recordPlan = (tx: Tx, ctx: Context, name: EventName, plan: Pick<PlanRow, 'id' | 'patient_id' | 'branch_id'>, details: Record<string, unknown> = {}): Promise<void> =>
  recordEvents(tx, ctx, [{ name, subject: { type: 'treatment_plan', id: plan.id }, patientId: plan.patient_id, branchId: plan.branch_id, details }])
