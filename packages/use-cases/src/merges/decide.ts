import { isUniqueViolation } from '@yoman/db/constraints'
import type { Tx } from '@yoman/db/database'
import type { Sealer } from '@yoman/db/keys/vault'
import { carryRows, laterMerges, lockMerge, type MergeRow, readdress, returnRows, setMergedInto, updateMerge, waitingMessages } from '@yoman/db/merges/queries'
import { allow } from '@yoman/domain/access'
import type { DomainEvent, EventName } from '@yoman/domain/events'
import type { PatientDetails } from '@yoman/domain/patients/details'
import { checkApproval, checkDecline, checkUndo, detailsAfterUndo, detailsOfMerged, type MergeChoices, mergedDetails } from '@yoman/domain/patients/merge'
import { isMobile } from '@yoman/domain/people/phone'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { settleAddressTasks } from '../tasks/dead-address.ts'
import { transact } from '../transact.ts'
import { type KeptBefore, openKept, sealKept } from './kept.ts'
import { type MergeView, viewOfMerge } from './read.ts'
import { holdBoth, refuseMerged, writeDetails } from './record.ts'

/**
 * Makes one record of two, as proposed. Throws `merge_by_self`, `merge_decided` (also where another approved in this moment),
 * `patient_merged` and what `mergedDetails` throws.
 */
export const approveMerge = (ctx: Context, id: string): Promise<MergeView> =>
  deciding(ctx, id, 'patient.approve_merge', async (tx, sealer, merge) => {
    checkApproval({ state: merge.state, proposedBy: merge.proposed_by }, ctx.actor.staffId)
    const { survivor, merged } = await holdBoth(tx, sealer, merge.survivor_id, merge.merged_id)
    for (const { row } of [survivor, merged]) refuseMerged(row)
    const after = mergedDetails(survivor.details, merged.details, merge.choices as MergeChoices) // validated by the contract when it was proposed
    await writeDetails(tx, ctx, sealer, merged.row, detailsOfMerged(merged.details), false) // first: it gives up what the survivor may take
    await setMergedInto(tx, merged.row.id, survivor.row.id)
    await writeDetails(tx, ctx, sealer, survivor.row, after, true)
    await carryRows(tx, id, merged.row.id, survivor.row.id)
    await settleAddressTasks(tx, ctx, [survivor.row.id, merged.row.id])
    const kept: KeptBefore = { survivor: survivor.details, merged: merged.details, after, readdressed: await readdressWaiting(tx, survivor.row.id, after) }
    await updateMerge(tx, id, { state: 'merged', decided_by: ctx.actor.staffId, decided_at: ctx.now, before_sealed: sealKept(sealer, id, kept) })
    return happened('patient.merged', merge)
  })

/** Leaves both records as they are. Throws `merge_decided`. */
export const declineMerge = (ctx: Context, id: string): Promise<MergeView> =>
  deciding(ctx, id, 'patient.merge', async (tx, _sealer, merge) => {
    checkDecline({ state: merge.state, proposedBy: merge.proposed_by })
    await updateMerge(tx, id, { state: 'declined', decided_by: ctx.actor.staffId, decided_at: ctx.now })
    return happened('patient.merge_declined', merge)
  })

/**
 * Makes two records of one again. What came over goes back, details too; what was written since the merge stays with the survivor.
 * Throws `merge_not_standing`, `merge_not_last` (also where a later merge of other people has put a row where one goes back to: a relation
 * hangs on two records), `national_id_taken` where the number that goes back is somebody else's by now.
 */
export const undoMerge = (ctx: Context, id: string): Promise<MergeView> =>
  deciding(ctx, id, 'patient.approve_merge', async (tx, sealer, merge) => {
    checkUndo({ state: merge.state, proposedBy: merge.proposed_by }, await laterMerges(tx, merge))
    if (!merge.before_sealed) throw new Error('a merge that stands keeps what was before')
    const kept = openKept(sealer, id, merge.before_sealed)
    const { survivor, merged } = await holdBoth(tx, sealer, merge.survivor_id, merge.merged_id)
    await setMergedInto(tx, merged.row.id, null) // first: what is written for it must not follow the merge any more
    await writeDetails(tx, ctx, sealer, survivor.row, detailsAfterUndo(kept.survivor, kept.after, survivor.details), true)
    await writeDetails(tx, ctx, sealer, merged.row, kept.merged, true)
    await returnRows(tx, id, survivor.row.id, merged.row.id).catch(refuseIfLaterInTheWay)
    await settleAddressTasks(tx, ctx, [survivor.row.id, merged.row.id])
    for (const { id: message, from, to } of kept.readdressed) await readdress(tx, message, to, from)
    await updateMerge(tx, id, { state: 'undone', undone_by: ctx.actor.staffId, undone_at: ctx.now })
    return happened('patient.unmerged', merge)
  })

async function deciding(ctx: Context, id: string, permission: 'patient.merge' | 'patient.approve_merge', decide: (tx: Tx, sealer: Sealer, merge: MergeRow) => Promise<DomainEvent>): Promise<MergeView> {
  allow(ctx.actor, permission)
  return transact(ctx, async (tx) => {
    const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
    const merge = await lockMerge(tx, id)
    if (!merge) throw new NotFound('merge')
    await recordEvents(tx, ctx, [await decide(tx, sealer, merge)])
    return viewOfMerge(tx, ctx, id)
  })
}

function refuseIfLaterInTheWay(error: unknown): never {
  throw isUniqueViolation(error) ? new Refusal('merge_not_last') : error
}

const happened = (name: EventName, merge: MergeRow): DomainEvent => ({
  name,
  subject: { type: 'patient', id: merge.survivor_id },
  patientId: merge.survivor_id,
  details: { merge: merge.id, merged: merge.merged_id },
})

/** A message that waits goes where the one record says, so that it reaches the right phone, once. */
async function readdressWaiting(tx: Tx, patientId: string, after: PatientDetails): Promise<KeptBefore['readdressed']> {
  const mobile = after.phones.find(({ number }) => isMobile(number))?.number
  const moved: KeptBefore['readdressed'] = []
  for (const { id, channel, to_address: from } of await waitingMessages(tx, patientId)) {
    const known = channel !== 'email' ? after.phones.some(({ number }) => number === from) : after.email === from
    const to = channel === 'email' ? after.email : mobile
    if (known || !to) continue
    await readdress(tx, id, from, to)
    moved.push({ id, from, to })
  }
  return moved
}
