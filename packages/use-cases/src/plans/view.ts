import type { Db } from '@yoman/db/database'
import type { Place, Sealer } from '@yoman/db/keys/vault'
import { type ItemRow, itemsOf, type PhaseRow, phasesOf, phaseVisits, type PhaseVisitRow, type PlanRow, type SignatureListRow, signaturesOf, staffNames } from '@yoman/db/plans/queries'
import { type Actor, may } from '@yoman/domain/access'
import { totalOf } from '@yoman/domain/plans/plan'
import { waitingOf } from '@yoman/domain/plans/settle'
import type { Signature } from '@yoman/domain/plans/shown'
import type { Context } from '../context.ts'

export const remarksPlace = (rowId: string): Place => ({ table: 'treatment_plan', column: 'remarks_sealed', rowId })
export const shownPlace = (rowId: string): Place => ({ table: 'treatment_plan_signature', column: 'shown_sealed', rowId })
export const signaturePlace = (rowId: string): Place => ({ table: 'treatment_plan_signature', column: 'signature_sealed', rowId })

export const openSignature = (sealer: Sealer, row: { id: string; signature_sealed: Buffer }): Signature => JSON.parse(sealer.open(signaturePlace(row.id), row.signature_sealed)) as Signature // as it was sealed

/** Plans as the actor may see them, with their phases, visits and signatures, inside a transaction that somebody else opened. */
export async function planViews(db: Db, ctx: Pick<Context, 'actor' | 'vault' | 'clinicId'>, plans: readonly PlanRow[]): Promise<PlanView[]> {
  const ids = plans.map(({ id }) => id)
  const [sealer, phases, items, visits, signatures, staff] = await Promise.all([
    ctx.vault.sealerOf(db, ctx.clinicId), phasesOf(db, ids), itemsOf(db, ids), phaseVisits(db, ids), signaturesOf(db, ids), staffNames(db, plans.map((plan) => plan.written_by)),
  ])
  return plans.map((plan) =>
    planView(ctx.actor, sealer, plan, {
      phases: phases.filter((phase) => phase.plan_id === plan.id),
      items: items.filter((item) => item.plan_id === plan.id),
      visits,
      signature: signatures.find((one) => one.plan_id === plan.id),
      writer: staff.find((one) => one.id === plan.written_by)?.name ?? '',
    }),
  )
}

interface Parts {
  phases: readonly PhaseRow[]
  items: readonly ItemRow[]
  visits: readonly PhaseVisitRow[]
  signature: SignatureListRow | undefined
  writer: string
}

function planView(actor: Actor, sealer: Sealer, plan: PlanRow, { phases, items, visits, signature, writer }: Parts) {
  return {
    id: plan.id,
    patientId: plan.patient_id,
    branchId: plan.branch_id,
    title: plan.title,
    remarks: may(actor, 'note.read') ? sealer.open(remarksPlace(plan.id), plan.remarks_sealed) : null,
    status: plan.status,
    edition: plan.edition,
    replacesId: plan.replaces_id,
    writtenBy: { staffId: plan.written_by, name: writer },
    createdAt: plan.created_at.toString(),
    offeredAt: plan.offered_at?.toString() ?? null,
    answeredAt: plan.answered_at?.toString() ?? null,
    endedAt: plan.ended_at?.toString() ?? null,
    reason: plan.reason,
    version: plan.version,
    total: totalOf(items.map(priceOf)),
    signature: signature ? signatureView(sealer, signature) : null,
    phases: phases.map((phase) => phaseView(plan, phase, items.filter((item) => item.phase_id === phase.id), visits.filter((visit) => visit.phase_id === phase.id))),
  }
}

export type PlanView = ReturnType<typeof planView>

export const priceOf = ({ quantity, least_agorot, most_agorot }: Pick<ItemRow, 'quantity' | 'least_agorot' | 'most_agorot'>) => ({ quantity, leastAgorot: Number(least_agorot), mostAgorot: Number(most_agorot) })

const signatureView = (sealer: Sealer, row: SignatureListRow) => {
  const { name, signer } = openSignature(sealer, row)
  return { name, signer, method: row.method, language: row.language, signedAt: row.signed_at.toString(), hash: row.content_hash.toString('hex'), witness: row.witness_name, attachmentId: row.attachment_id, filed: row.filed }
}

function phaseView(plan: PlanRow, phase: PhaseRow, items: readonly ItemRow[], visits: readonly PhaseVisitRow[]) {
  const open = items.some((item) => item.done_at === null)
  return {
    id: phase.id,
    title: phase.title,
    visitTypeId: phase.visit_type_id,
    practitionerId: phase.practitioner_id,
    minutes: phase.minutes,
    total: totalOf(items.map(priceOf)),
    setAside: phase.set_aside_at && phase.set_aside_by ? { at: phase.set_aside_at.toString(), by: phase.set_aside_by, reason: phase.set_aside_reason } : null,
    waiting: plan.status === 'accepted' ? waitingOf({ open, setAside: phase.set_aside_at !== null, visits: visits.map(({ status }) => status) }) : null,
    visits: visits.map(({ id, starts_at, status }) => ({ id, startsAt: starts_at.toString(), status })),
    items: items.map(itemView),
  }
}

const itemView = (item: ItemRow) => ({
  id: item.id,
  priceItemId: item.price_item_id,
  description: item.description,
  descriptionEn: item.description_en,
  tooth: item.tooth,
  surfaces: item.surfaces,
  ...priceOf(item),
  priceBy: item.price_by,
  estimated: item.estimated,
  findingId: item.finding_id,
  doneQuantity: item.done_quantity,
  doneAt: item.done_at?.toString() ?? null,
})
