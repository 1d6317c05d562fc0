import type { Db } from '@yoman/db/database'
import { countCarried, countRows, listMerges, type MergeListRow } from '@yoman/db/merges/queries'
import { type CarriedKind, carriedKinds, carriedTables } from '@yoman/db/merges/tables'
import { findPatient, phonesOf } from '@yoman/db/patients/queries'
import { allow, may } from '@yoman/domain/access'
import { differingFields, type MergeChoices, type MergeField, usualChoice } from '@yoman/domain/patients/merge'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { detailsOf } from '../patients/change.ts'
import { namesView, patientView } from '../patients/view.ts'
import { read } from '../transact.ts'

/** A merge with both people's names, and who proposed and decided it. */
export const mergeView = (ctx: Context, row: MergeListRow) => ({
  id: row.id,
  state: row.state,
  survivor: { id: row.survivor_id, ...namesView(row.survivor), birthDate: row.survivor.birth_date },
  merged: { id: row.merged_id, ...namesView(row.merged), birthDate: row.merged.birth_date },
  choices: row.choices as MergeChoices, // validated by the contract when it was proposed
  reason: row.reason,
  proposedBy: row.proposed_by_name,
  proposedByMe: row.proposed_by === ctx.actor.staffId,
  proposedAt: row.proposed_at.toString(),
  decidedBy: row.decided_by_name,
  decidedAt: row.decided_at?.toString() ?? null,
})
export type MergeView = ReturnType<typeof mergeView>

export async function viewOfMerge(db: Db, ctx: Context, id: string): Promise<MergeView> {
  const [row] = await listMerges(db, { id })
  if (!row) throw new NotFound('merge')
  return mergeView(ctx, row)
}

/** Those that wait for a second person, and those that stand and can be undone; of one patient where given. */
export async function openMerges(ctx: Context, patientId?: string): Promise<MergeView[]> {
  allow(ctx.actor, 'patient.merge')
  return read(ctx, async (db) => (await listMerges(db, { states: ['proposed', 'merged'], patientId })).map((row) => mergeView(ctx, row)))
}

/** One merge: while it waits with both records beside each other, when it stands with what an undo would bring back. The caller records the reading. */
export async function showMerge(ctx: Context, id: string) {
  allow(ctx.actor, 'patient.merge')
  return read(ctx, async (db) => {
    const merge = await viewOfMerge(db, ctx, id)
    const preview = merge.state === 'proposed' ? await previewOf(db, ctx, merge.survivor.id, merge.merged.id) : null
    const goesBack = merge.state === 'merged' ? byKind(ctx, await countCarried(db, id)) : []
    return { merge, preview, goesBack }
  })
}

/** Two records beside each other, what differs, and what would come over. The caller records the reading of both. */
export async function previewMerge(ctx: Context, survivorId: string, mergedId: string) {
  allow(ctx.actor, 'patient.merge')
  return read(ctx, (db) => previewOf(db, ctx, survivorId, mergedId))
}

async function previewOf(db: Db, ctx: Context, survivorId: string, mergedId: string) {
  const sealer = await ctx.vault.sealerOf(db, ctx.clinicId)
  const load = async (id: string) => {
    const [row, phones] = await Promise.all([findPatient(db, id), phonesOf(db, id)])
    if (!row) throw new NotFound('patient')
    return { view: patientView(ctx, sealer, row, phones), details: detailsOf(sealer, row, phones) }
  }
  const [survivor, merged, rows] = await Promise.all([load(survivorId), load(mergedId), countRows(db, mergedId)])
  const fields = differingFields(survivor.details, merged.details)
  return {
    survivor: survivor.view,
    merged: merged.view,
    fields: fields.map((field): { field: MergeField; usual: 'survivor' | 'merged' | 'both' } => ({ field, usual: usualChoice(field, survivor.details, merged.details) })),
    comesOver: byKind(ctx, rows),
  }
}

function byKind(ctx: Context, rows: readonly { table_name: string; rows: number }[]): { kind: CarriedKind; count: number }[] {
  const counts = new Map<CarriedKind, number>()
  for (const { table_name: name, rows: count } of rows) {
    const table = carriedTables[name]
    if (table?.clinical && !may(ctx.actor, 'note.read')) continue
    const kind = table?.kind ?? 'other'
    counts.set(kind, (counts.get(kind) ?? 0) + count)
  }
  return carriedKinds.flatMap((kind) => (counts.has(kind) ? [{ kind, count: counts.get(kind) ?? 0 }] : []))
}
