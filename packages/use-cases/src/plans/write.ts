import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { zoneOf } from '@yoman/db/orders/queries'
import { findPatient } from '@yoman/db/patients/queries'
import { findPlan, insertPlan, type ItemRow, itemsOf, phasesOf, replaceContent, updatePlan } from '@yoman/db/plans/queries'
import { factsOfPatient, loadPriceBook, type PriceBook } from '@yoman/db/prices/proposals'
import { findingsOf } from '@yoman/db/teeth/queries'
import { allow, allowIn } from '@yoman/domain/access'
import { checkDraft, checkRevisable, checkStep, type PlanStep } from '@yoman/domain/plans/plan'
import type { PriceFacts } from '@yoman/domain/prices/price-list'
import { proposePrice } from '@yoman/domain/prices/propose'
import { Refusal } from '@yoman/domain/refusal'
import type { Instant } from '@yoman/domain/time'
import { isTooth, readSurfaces } from '@yoman/domain/teeth/tooth'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { loadPlan, lockedPlan, recordPlan } from './read.ts'
import { type PlanView, remarksPlace } from './view.ts'

/** Begins a draft; a repeated request finds its own. Throws `reference_unknown`, `id_taken`. */
export function beginPlan(ctx: Context, { id, patientId, branchId, title }: { id: string; patientId: string; branchId: string; title: string }): Promise<PlanView> {
  allowIn(ctx.actor, 'plan.write', branchId)
  return transact(ctx, async (tx) => {
    const [mine, patient, branch, sealer] = await Promise.all([findPlan(tx, id), findPatient(tx, patientId), zoneOf(tx, branchId), ctx.vault.sealerOf(tx, ctx.clinicId)])
    if (mine && mine.patient_id !== patientId) throw new Refusal('id_taken')
    if (mine) return loadPlan(tx, ctx, id)
    if (!patient || !branch) throw new Refusal('reference_unknown')
    const plan = newPlan(ctx, { id, patient_id: patientId, branch_id: branchId, title: title.trim(), remarks_sealed: sealer.seal(remarksPlace(id), ''), edition: 1, replaces_id: null })
    await insertPlan(tx, plan)
    await replaceContent(tx, id, [bare(ctx, id, uuid(), 1)], [])
    await recordPlan(tx, ctx, 'plan.begun', plan)
    return loadPlan(tx, ctx, id)
  })
}

export interface TypedContent {
  version: number
  title: string
  remarks: string
  phases: readonly {
    id: string
    title: string
    visitTypeId?: string | null
    practitionerId?: string | null
    minutes?: number | null
    items: readonly { id: string; priceItemId: string; tooth?: string | null; surfaces?: string; quantity: number; estimate?: { leastAgorot: number; mostAgorot: number } | null; findingId?: string | null }[]
  }[]
}
type TypedItem = TypedContent['phases'][number]['items'][number]

/** Writes a draft anew. Throws `stale_version`, `plan_not_a_draft`, `reference_unknown`, `tooth_unknown`, `surface_unknown`, `plan_estimate_invalid`. */
export function writePlan(ctx: Context, id: string, { version, title, remarks, phases }: TypedContent): Promise<PlanView> {
  allow(ctx.actor, 'plan.write')
  phases.flatMap((phase) => phase.items).forEach(checkItem)
  return transact(ctx, async (tx) => {
    const [sealer, plan] = await Promise.all([ctx.vault.sealerOf(tx, ctx.clinicId), lockedPlan(tx, id)])
    checkDraft(plan.status)
    if (plan.version !== version) throw new Refusal('stale_version', { current: plan.version })
    const typed = phases.flatMap((phase) => phase.items)
    const [before, book, facts] = await Promise.all([
      itemsOf(tx, [id]), loadPriceBook(tx, typed.map((item) => item.priceItemId)), factsOfPatient(tx, { patientId: plan.patient_id, branchId: plan.branch_id, practitionerId: null, now: ctx.now }),
    ])
    if (!facts) throw new Refusal('reference_unknown')
    await checkFindings(tx, plan.patient_id, typed)
    await replaceContent(
      tx, id,
      phases.map((phase, at) => ({ ...bare(ctx, id, phase.id, at + 1), title: phase.title.trim(), visit_type_id: phase.visitTypeId ?? null, practitioner_id: phase.practitionerId ?? null, minutes: phase.minutes ?? null })),
      phases.flatMap((phase) => phase.items.map((item, at) => ({ clinic_id: ctx.clinicId, plan_id: id, phase_id: phase.id, position: at + 1, ...itemRow(item, before, { book, facts: { ...facts, practitionerId: phase.practitionerId ?? null }, now: ctx.now }) }))),
    )
    await updatePlan(tx, plan, { title: title.trim(), remarks_sealed: sealer.seal(remarksPlace(id), remarks) })
    await recordPlan(tx, ctx, 'plan.changed', plan, { phases: phases.length, items: typed.length })
    return loadPlan(tx, ctx, id)
  })
}

function checkItem({ tooth = null, surfaces = '', estimate = null }: TypedItem): void {
  if (tooth !== null && !isTooth(tooth)) throw new Refusal('tooth_unknown')
  if (readSurfaces(surfaces) !== '' && tooth === null) throw new Refusal('surface_unknown')
  if (estimate && estimate.mostAgorot < estimate.leastAgorot) throw new Refusal('plan_estimate_invalid')
}

/** What an item carries out is planned of a tooth of this very patient. Throws `reference_unknown`. */
async function checkFindings(tx: Tx, patientId: string, items: readonly TypedItem[]): Promise<void> {
  const named = items.flatMap(({ findingId = null }) => findingId ?? [])
  if (named.length === 0) return
  const planned = new Set((await findingsOf(tx, patientId)).filter(({ state }) => state === 'planned').map(({ id }) => id))
  if (!named.every((id) => planned.has(id))) throw new Refusal('reference_unknown')
}

interface Pricing {
  book: PriceBook
  facts: PriceFacts
  now: Instant
}

function itemRow({ id, priceItemId, tooth = null, surfaces = '', quantity, estimate = null, findingId = null }: TypedItem, before: readonly ItemRow[], { book, facts, now }: Pricing) {
  const kept = before.find((item) => item.id === id && item.price_item_id === priceItemId)
  const listed = book.items.find((item) => item.id === priceItemId)
  if (!listed) throw new Refusal('reference_unknown')
  // The price of the day on which it was written down; an estimate that is taken away gives way to today's.
  const price = kept && !kept.estimated ? { priceAgorot: Number(kept.least_agorot), by: kept.price_by } : proposePrice(listed, book.lists, facts)
  const done = Math.min(kept?.done_quantity ?? 0, quantity)
  return {
    id, price_item_id: priceItemId, description: kept?.description ?? listed.name, description_en: kept?.description_en ?? listed.nameEn,
    tooth, surfaces: readSurfaces(surfaces), quantity, finding_id: findingId, estimated: estimate !== null,
    least_agorot: estimate?.leastAgorot ?? price.priceAgorot, most_agorot: estimate?.mostAgorot ?? price.priceAgorot, price_by: estimate ? null : price.by,
    done_quantity: done, done_at: done === quantity ? (kept?.done_at ?? now) : null,
  }
}

/** A step that a person chooses. Throws `stale_version`, what `checkStep` throws; offering and taking back are the writer's: `Forbidden`. */
export function stepPlan(ctx: Context, id: string, { version, to, reason = '' }: { version: number; to: PlanStep; reason?: string | undefined }): Promise<PlanView> {
  allow(ctx.actor, 'plan.answer')
  return transact(ctx, async (tx) => {
    const plan = await lockedPlan(tx, id)
    if (to !== 'declined') allow(ctx.actor, 'plan.write')
    if (plan.version !== version) throw new Refusal('stale_version', { current: plan.version })
    checkStep(plan.status, to, { items: (await itemsOf(tx, [id])).length, reason })
    await updatePlan(tx, plan, { status: to, ...changesOf[to](ctx, reason.trim()) })
    await recordPlan(tx, ctx, eventOf[to], plan)
    return loadPlan(tx, ctx, id)
  })
}

const changesOf = {
  offered: (ctx: Context) => ({ offered_at: ctx.now }),
  draft: () => ({ offered_at: null }),
  declined: (ctx: Context, reason: string) => ({ answered_at: ctx.now, reason }),
  closed: (ctx: Context, reason: string) => ({ ended_at: ctx.now, reason }),
} as const
const eventOf = { offered: 'plan.offered', draft: 'plan.taken_back', declined: 'plan.declined', closed: 'plan.closed' } as const

/** A new edition, as a draft: what is done stays done in it. Throws `plan_step_not_allowed`, `plan_being_revised`, `id_taken`. */
export function revisePlan(ctx: Context, id: string, newId: string): Promise<PlanView> {
  allow(ctx.actor, 'plan.write')
  return transact(ctx, async (tx) => {
    const [sealer, plan, mine] = await Promise.all([ctx.vault.sealerOf(tx, ctx.clinicId), lockedPlan(tx, id), findPlan(tx, newId)])
    if (mine && mine.replaces_id !== id) throw new Refusal('id_taken')
    if (mine) return loadPlan(tx, ctx, newId)
    checkRevisable(plan.status)
    const [phases, items] = await Promise.all([phasesOf(tx, [id]), itemsOf(tx, [id])])
    const remarks = sealer.seal(remarksPlace(newId), sealer.open(remarksPlace(id), plan.remarks_sealed))
    await insertPlan(tx, newPlan(ctx, { id: newId, patient_id: plan.patient_id, branch_id: plan.branch_id, title: plan.title, remarks_sealed: remarks, edition: plan.edition + 1, replaces_id: id }))
    const anew = new Map(phases.map((phase) => [phase.id, uuid()]))
    await replaceContent(tx, newId, phases.map((phase) => ({ ...phase, id: anew.get(phase.id) ?? uuid(), plan_id: newId, from_phase_id: phase.id })), items.map((item) => ({ ...item, id: uuid(), plan_id: newId, phase_id: anew.get(item.phase_id) ?? item.phase_id })))
    await recordPlan(tx, ctx, 'plan.begun', { id: newId, patient_id: plan.patient_id, branch_id: plan.branch_id }, { edition: plan.edition + 1 })
    return loadPlan(tx, ctx, newId)
  })
}

const bare = (ctx: Context, planId: string, id: string, position: number) =>
  ({ clinic_id: ctx.clinicId, id, plan_id: planId, position, title: '', visit_type_id: null, practitioner_id: null, minutes: null, from_phase_id: null, set_aside_at: null, set_aside_by: null })

function newPlan(ctx: Context, given: { id: string; patient_id: string; branch_id: string; title: string; remarks_sealed: Buffer; edition: number; replaces_id: string | null }) {
  if (!ctx.actor.staffId) throw new Error('a plan has a person behind it')
  return { clinic_id: ctx.clinicId, ...given, written_by: ctx.actor.staffId, created_at: ctx.now, offered_at: null, answered_at: null, ended_at: null }
}
