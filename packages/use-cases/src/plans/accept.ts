import { findPlan, carryOrders, insertSignature, lockLivePlans, signaturesOf, updatePlan } from '@yoman/db/plans/queries'
import { zoneOf } from '@yoman/db/orders/queries'
import { allow } from '@yoman/domain/access'
import { checkAcceptable } from '@yoman/domain/plans/plan'
import { type DocumentLanguage, type ShownPlan, type Signature, signatureBox } from '@yoman/domain/plans/shown'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read, transact } from '../transact.ts'
import { recordPlan } from './read.ts'
import { type Declare, hashOf, shownPlan, signedHashOf, textOf } from './shown.ts'
import { openSignature, shownPlace, signaturePlace } from './view.ts'

export interface Acceptance {
  /** Of the signature. */
  id: string
  /** Under which its document will be filed. */
  attachmentId: string
  language: DocumentLanguage
  /** Of what the patient saw. */
  hash: string
  signature: Signature
}

/**
 * The patient's signature on what was shown. An edition that was agreed before gives way. A repeated request finds its own. Throws
 * `plan_changed` where the plan is not what was shown any more, `signature_missing`, `plan_already_answered`, `plan_step_not_allowed`, `id_taken`.
 */
export function acceptPlan(ctx: Context, planId: string, { id, attachmentId, language, hash, signature }: Acceptance, declare: Declare): Promise<void> {
  allow(ctx.actor, 'plan.answer')
  const witness = ctx.actor.staffId
  if (!witness) throw new Error('a signature has a witness')
  if (!/\S/.test(signature.name) || !hasInk(signature)) throw new Refusal('signature_missing')
  return transact(ctx, async (tx) => {
    const patientId = (await findPlan(tx, planId))?.patient_id
    if (patientId === undefined) throw new NotFound('treatment plan')
    const live = await lockLivePlans(tx, patientId)
    // Read again behind the lock: somebody may have signed meanwhile.
    const [plan, [before], sealer] = await Promise.all([findPlan(tx, planId), signaturesOf(tx, [planId]), ctx.vault.sealerOf(tx, ctx.clinicId)])
    if (!plan) throw new NotFound('treatment plan')
    if (before && before.id === id) return
    checkAcceptable(plan.status)
    const text = textOf(await shownPlan(tx, plan, language, declare))
    if (hashOf(text) !== hash) throw new Refusal('plan_changed')
    await insertSignature(tx, {
      clinic_id: ctx.clinicId, id, plan_id: planId, signed_at: ctx.now, language, signer: signature.signer, method: signature.strokes ? 'drawn' : 'typed',
      shown_sealed: sealer.seal(shownPlace(id), text), signature_sealed: sealer.seal(signaturePlace(id), JSON.stringify(signature)),
      content_hash: Buffer.from(signedHashOf(text, signature, ctx.now.toString()), 'hex'), witness_id: witness, attachment_id: attachmentId,
    })
    await updatePlan(tx, plan, { status: 'accepted', answered_at: ctx.now })
    await carryOrders(tx, planId)
    const old = live.find((one) => one.id === plan.replaces_id && one.status === 'accepted')
    if (old) {
      await updatePlan(tx, old, { status: 'replaced', ended_at: ctx.now })
      await recordPlan(tx, ctx, 'plan.replaced', old, { by: planId })
    }
    await recordPlan(tx, ctx, 'plan.accepted', plan, { edition: plan.edition, language, method: signature.strokes ? 'drawn' : 'typed' })
  })
}

/** A drawn signature is more than a dot that a sleeve made, and stays inside its box. */
const hasInk = ({ strokes }: Signature): boolean =>
  strokes === null || (strokes.reduce((sum, stroke) => sum + stroke.length, 0) >= 8 && strokes.flat().every(([x, y]) => x <= signatureBox.width && y <= signatureBox.height))

export interface SignedPlan {
  shown: ShownPlan
  signature: Signature & { signedOn: PlainDate; signedAtMs: number; hash: string; witness: string }
  patientId: string
  attachmentId: string
  filed: boolean
}

/** What was signed, as it was signed; null where nothing is yet. Throws `NotFound`. */
export function readSigned(ctx: Context, planId: string): Promise<SignedPlan | null> {
  allow(ctx.actor, 'plan.read')
  return read(ctx, async (db) => {
    const [plan, [row], sealer] = await Promise.all([findPlan(db, planId), signaturesOf(db, [planId]), ctx.vault.sealerOf(db, ctx.clinicId)])
    if (!plan) throw new NotFound('treatment plan')
    if (!row) return null
    const zone = (await zoneOf(db, plan.branch_id))?.time_zone ?? 'Asia/Jerusalem'
    const shown = JSON.parse(sealer.open(shownPlace(row.id), row.shown_sealed)) as ShownPlan // as it was sealed
    const signature = { ...openSignature(sealer, row), signedOn: dateIn(zone, row.signed_at), signedAtMs: row.signed_at.epochMilliseconds, hash: row.content_hash.toString('hex'), witness: row.witness_name }
    return { shown, signature, patientId: plan.patient_id, attachmentId: row.attachment_id, filed: row.filed }
  })
}
