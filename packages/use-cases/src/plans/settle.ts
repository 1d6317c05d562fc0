import type { Tx } from '@yoman/db/database'
import { proceduresOf } from '@yoman/db/encounters/queries'
import { type ItemRow, itemsOf, lockLivePlans, type PlanRow, setDone, updatePlan } from '@yoman/db/plans/queries'
import { findFinding, saveFinding } from '@yoman/db/teeth/queries'
import { settleItems, type Work } from '@yoman/domain/plans/settle'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { recordPlan } from './read.ts'

/**
 * What a signed encounter did to the patient's plans, in the transaction of the signature: items are done, the planned findings
 * behind them with them, and a plan of which all is done is done. Agreed plans share the work; an edition that is being written
 * over one of them learns of it by itself, for it is the same plan again.
 */
export async function settlePlans(tx: Tx, ctx: Context, { id, patient_id }: { id: string; patient_id: string }): Promise<void> {
  const procedures = await proceduresOf(tx, [id])
  if (procedures.length === 0) return
  const plans = await lockLivePlans(tx, patient_id)
  const items = await itemsOf(tx, plans.map((plan) => plan.id))
  const work = procedures.map((one) => ({ priceItemId: one.price_item_id, tooth: one.tooth, quantity: one.quantity }))
  const agreed = plans.filter((plan) => plan.status === 'accepted')
  const editions = plans.filter((plan) => plan.status !== 'accepted' && agreed.some(({ id: old }) => old === plan.replaces_id))
  for (const group of [agreed, ...editions.map((plan) => [plan])]) await settleGroup(tx, ctx, patient_id, group, items, work)
}

async function settleGroup(tx: Tx, ctx: Context, patientId: string, plans: readonly PlanRow[], all: readonly ItemRow[], work: readonly Work[]): Promise<void> {
  const items = plans.flatMap((plan) => all.filter((item) => item.plan_id === plan.id))
  const now = settleItems(items.map((item) => ({ id: item.id, priceItemId: item.price_item_id, tooth: item.tooth, quantity: item.quantity, doneQuantity: item.done_quantity })), work)
  for (const item of items) {
    const done = now.get(item.id)
    if (done === undefined) continue
    await setDone(tx, item.id, done, done === item.quantity ? ctx.now : null)
    if (done === item.quantity && item.finding_id) await endFindingOf(tx, ctx, item.finding_id, patientId)
  }
  for (const plan of plans) {
    const own = items.filter((item) => item.plan_id === plan.id)
    const touched = own.filter((item) => now.has(item.id))
    if (touched.length === 0) continue
    const whole = plan.status === 'accepted' && own.every((item) => (now.get(item.id) ?? item.done_quantity) === item.quantity)
    await updatePlan(tx, plan, whole ? { status: 'done', ended_at: ctx.now } : {})
    await recordPlan(tx, ctx, whole ? 'plan.done' : 'plan.progressed', plan, { items: touched.length })
  }
}

async function endFindingOf(tx: Tx, ctx: Context, id: string, patientId: string): Promise<void> {
  const finding = await findFinding(tx, id)
  if (finding?.patient_id !== patientId || finding.ended_at !== null) return
  await saveFinding(tx, id, { ended_as: 'done', ended_by: ctx.actor.staffId, ended_at: ctx.now })
  await recordEvents(tx, ctx, [{ name: 'tooth.ended', subject: { type: 'tooth_finding', id }, patientId: finding.patient_id, details: { as: 'done' } }])
}
