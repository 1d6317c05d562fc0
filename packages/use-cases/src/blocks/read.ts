import { hitsOf, type Hit } from '@yoman/db/blocks/days'
import { type BlockRow, findBlock, listBlocks } from '@yoman/db/blocks/queries'
import type { Db } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import { type BlockPlan, checkBlock, spansOf } from '@yoman/domain/blocks/block'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { type PlainDate, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'
import { type BlockView, blockView } from './view.ts'

/** Days that one answer may span: a year and a month. */
const longestDays = 400

/** Blocks between two dates, both included. Throws `block_too_long`. */
export async function readBlocks(ctx: Context, query: { from: string; to: string; branchId?: string | undefined }): Promise<BlockView[]> {
  allow(ctx.actor, 'diary.read')
  const [from, to]: PlainDate[] = [plainDate(query.from), plainDate(query.to)]
  if (!from || !to || from.until(to).total('days') > longestDays) throw new Refusal('block_too_long', { days: longestDays })
  return read(ctx, async (db) => viewsOf(db, ctx, await listBlocks(db, { from, to, branchId: query.branchId })))
}

/** The visits that a block would hit if it were placed now; nothing is kept. Throws what `checkBlock` throws. */
export async function previewBlock(ctx: Context, plan: BlockPlan): Promise<Hit[]> {
  allow(ctx.actor, 'block.write')
  checkBlock(plan)
  return read(ctx, (db) => hitsOf(db, ctx.clinicId, spansOf(plan), ctx.now))
}

/** One block as the asker may see it. Throws `NotFound`. */
export async function viewOf(db: Db, ctx: Context, id: string): Promise<BlockView> {
  const row = await findBlock(db, id)
  const [view] = row ? await viewsOf(db, ctx, [row]) : []
  if (!view) throw new NotFound('block')
  return view
}

export async function viewsOf(db: Db, ctx: Context, rows: readonly BlockRow[]): Promise<BlockView[]> {
  if (rows.length === 0) return []
  const [sealer, own] = await Promise.all([ctx.vault.sealerOf(db, ctx.clinicId), ownResources(db, ctx)])
  return rows.map((row) => blockView(row, { actor: ctx.actor, ownIds: own, sealer }))
}

/** The practitioners that the asker is. */
export async function ownResources(db: Db, { clinicId, actor }: Context): Promise<string[]> {
  if (actor.staffId === null) return []
  const rows = await db.selectFrom('practitioner').select('id').where('clinic_id', '=', clinicId).where('staff_id', '=', actor.staffId).execute()
  return rows.map(({ id }) => id)
}
