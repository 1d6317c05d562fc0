import { findMerge, insertMerge } from '@yoman/db/merges/queries'
import { allow } from '@yoman/domain/access'
import { type MergeChoices, mergedDetails } from '@yoman/domain/patients/merge'
import { Refusal } from '@yoman/domain/refusal'
import { personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { type MergeView, viewOfMerge } from './read.ts'
import { holdBoth, refuseMerged } from './record.ts'

export interface NewMerge {
  id: string
  survivorId: string
  mergedId: string
  choices: MergeChoices
  reason: string
}

/**
 * Says that two records are of one person, for another person to approve. A repeated request finds its own row. Throws
 * `merge_of_one`, `patient_merged` (with `patientId`), `merge_proposed`, `id_taken` and what `mergedDetails` throws.
 */
export async function proposeMerge(ctx: Context, { id, survivorId, mergedId, choices, reason }: NewMerge): Promise<MergeView> {
  allow(ctx.actor, 'patient.merge')
  if (survivorId === mergedId) throw new Refusal('merge_of_one')
  return transact(ctx, async (tx) => {
    const mine = await findMerge(tx, id)
    if (mine) {
      if (mine.survivor_id !== survivorId || mine.merged_id !== mergedId) throw new Refusal('id_taken')
      return viewOfMerge(tx, ctx, id)
    }
    const sealer = await ctx.vault.sealerOf(tx, ctx.clinicId)
    const { survivor, merged } = await holdBoth(tx, sealer, survivorId, mergedId)
    for (const { row } of [survivor, merged]) refuseMerged(row)
    mergedDetails(survivor.details, merged.details, choices) // what cannot be merged is said to whoever chooses, not to whoever approves
    await insertMerge(tx, {
      clinic_id: ctx.clinicId, id, survivor_id: survivorId, merged_id: mergedId, choices: JSON.stringify(choices), reason: reason.trim(),
      proposed_by: personOf(ctx), proposed_at: ctx.now, decided_by: null, decided_at: null, undone_by: null, undone_at: null, before_sealed: null,
    })
    await recordEvents(tx, ctx, [{ name: 'patient.merge_proposed', subject: { type: 'patient', id: survivorId }, patientId: survivorId, details: { merge: id, merged: mergedId } }])
    return viewOfMerge(tx, ctx, id)
  })
}
