import type { Tx } from '@yoman/db/database'
import { insertOrder, findOrder, visitTypesOf, zoneOf } from '@yoman/db/orders/queries'
import { agreedPhases, type AgreedRow } from '@yoman/db/plans/agreed'
import { findPhase, linkOrder, ordersOfPhase, type PhaseRow, type PlanRow, updatePhase } from '@yoman/db/plans/queries'
import { allow } from '@yoman/domain/access'
import { orderWindow } from '@yoman/domain/orders/order'
import { waitingOf } from '@yoman/domain/plans/settle'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { loadOrder, type OrderView } from '../orders/read.ts'
import { namesView } from '../patients/view.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'
import { loadPlan, lockedPlan, recordPlan } from './read.ts'
import type { PlanView } from './view.ts'

const mostListed = 200

/** What was agreed and nobody has booked, the longest waiting first. */
export function listAgreed(ctx: Context, branchId?: string) {
  allow(ctx.actor, 'plan.read')
  return read(ctx, async (db) => {
    const { rows, count } = await agreedPhases(db, { branchId, limit: mostListed })
    return { items: rows.map(agreedView), count }
  })
}

const agreedView = (row: AgreedRow) => ({
  id: row.id,
  planId: row.plan_id,
  planTitle: row.plan_title,
  title: row.title,
  position: row.position,
  phases: row.phases,
  branchId: row.branch_id,
  patient: { id: row.patient_id, ...namesView(row), phone: row.phone },
  agreedAt: row.answered_at.toString(),
  waiting: waitingOf({ open: true, setAside: false, visits: row.visits ?? [] }) ?? ('never_booked' as const),
  visitTypeId: row.visit_type_id,
  practitionerId: row.practitioner_id,
  minutes: row.minutes,
  leastAgorot: Number(row.least_agorot),
  mostAgorot: Number(row.most_agorot),
})

/** Weeks within which the desk looks for a time; the patient is on the line. */
const weeksAhead = 8

/**
 * The order by which the desk books a phase: the open one, or a new one in the name of who wrote the plan. Throws `phase_not_waiting`,
 * `phase_needs_visit_type`, `reference_unknown`, `id_taken`.
 */
export function orderPhase(ctx: Context, phaseId: string, { id, visitTypeId }: { id: string; visitTypeId?: string | undefined }): Promise<OrderView> {
  allow(ctx.actor, 'order.book')
  return transact(ctx, async (tx) => {
    const { plan, phase, view } = await lockPhase(tx, ctx, phaseId)
    const open = (await ordersOfPhase(tx, phaseId)).find(({ status }) => status === 'open')
    if (open) return loadOrder(tx, open.id)
    if (view.waiting === null) throw new Refusal('phase_not_waiting')
    if (await findOrder(tx, id)) throw new Refusal('id_taken')
    const kind = visitTypeId ?? phase.visit_type_id
    if (!kind) throw new Refusal('phase_needs_visit_type')
    const [[type], branch] = await Promise.all([visitTypesOf(tx, [kind]), zoneOf(tx, plan.branch_id)])
    if (!type || !branch) throw new Refusal('reference_unknown')
    const today = dateIn(branch.time_zone, ctx.now)
    const { from, to } = orderWindow({ fromDate: today.toString(), toDate: today.add({ weeks: weeksAhead }).toString() }, today)
    await insertOrder(
      tx,
      { clinic_id: ctx.clinicId, id, patient_id: plan.patient_id, encounter_id: null, branch_id: plan.branch_id, ordered_by: plan.written_by, from_date: from, to_date: to, note_to_desk: [plan.title, phase.title].filter(Boolean).join(': '), created_at: ctx.now },
      [{ clinic_id: ctx.clinicId, order_id: id, step: 1, visit_type_id: kind, practitioner_id: phase.practitioner_id, duration_minutes: phase.minutes ?? type.duration_minutes, min_gap_days: 0, max_gap_days: 0, appointment_id: null }],
    )
    await linkOrder(tx, ctx.clinicId, phaseId, id)
    await recordEvents(tx, ctx, [{ name: 'order.placed', subject: { type: 'order', id }, patientId: plan.patient_id, branchId: plan.branch_id, details: { from: String(from), to: String(to), steps: 1 } }])
    await recordPlan(tx, ctx, 'plan.ordered', plan, { phaseId, orderId: id })
    return loadOrder(tx, id)
  })
}

/** Off the desk's list. Saying it twice is fine. Throws `phase_not_waiting`, `plan_reason_missing`. */
export function setPhaseAside(ctx: Context, phaseId: string, reason: string): Promise<PlanView> {
  allow(ctx.actor, 'order.book')
  if (!/\S/.test(reason)) throw new Refusal('plan_reason_missing')
  return transact(ctx, async (tx) => {
    const { plan, phase, view } = await lockPhase(tx, ctx, phaseId)
    if (phase.set_aside_at !== null) return loadPlan(tx, ctx, plan.id)
    if (view.waiting === null) throw new Refusal('phase_not_waiting')
    await updatePhase(tx, phaseId, { set_aside_at: ctx.now, set_aside_by: ctx.actor.staffId, set_aside_reason: reason.trim() })
    await recordPlan(tx, ctx, 'plan.set_aside', plan, { phaseId })
    return loadPlan(tx, ctx, plan.id)
  })
}

/** Back on the list. One that was not set aside stays as it is. */
export function returnPhase(ctx: Context, phaseId: string): Promise<PlanView> {
  allow(ctx.actor, 'order.book')
  return transact(ctx, async (tx) => {
    const { plan, phase } = await lockPhase(tx, ctx, phaseId)
    if (phase.set_aside_at !== null) {
      await updatePhase(tx, phaseId, { set_aside_at: null, set_aside_by: null, set_aside_reason: '' })
      await recordPlan(tx, ctx, 'plan.returned', plan, { phaseId })
    }
    return loadPlan(tx, ctx, plan.id)
  })
}

/** The plan's lock is what makes two desks that press at once get one order. */
async function lockPhase(tx: Tx, ctx: Context, id: string): Promise<{ plan: PlanRow; phase: PhaseRow; view: PlanView['phases'][number] }> {
  const planId = (await findPhase(tx, id))?.plan_id
  const plan = planId === undefined ? undefined : await lockedPlan(tx, planId)
  const [phase, view] = plan ? [await findPhase(tx, id), await loadPlan(tx, ctx, plan.id)] : []
  const own = view?.phases.find((one) => one.id === id)
  if (!plan || !phase || !own) throw new NotFound('phase of a treatment plan')
  return { plan, phase, view: own }
}
