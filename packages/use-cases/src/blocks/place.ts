import { lockResources } from '@yoman/db/appointments/lock'
import { allPractitioners, hitsOf, ownersOf, replaceBlockDays } from '@yoman/db/blocks/days'
import { type BlockFields, type BlockRow, findBlock, insertBlock, lockBlock, saveBlock, setRemoved } from '@yoman/db/blocks/queries'
import type { Tx } from '@yoman/db/database'
import { freeOfBlock } from '@yoman/db/rebooking/open'
import { allow, allowIn } from '@yoman/domain/access'
import { type BlockPlan, checkBlock, spansOf } from '@yoman/domain/blocks/block'
import { blockEvent } from '@yoman/domain/blocks/events'
import { Forbidden, NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { putOnList, recordListed } from '../rebooking/open.ts'
import { transact } from '../transact.ts'
import { viewOf } from './read.ts'
import { type BlockView, privateNotePlace } from './view.ts'

export interface NewBlock extends BlockPlan {
  id: string
  title: string
  privateNote: string
  /** Which holiday's proposal it came from. */
  holiday?: string | null
}

/** What may change; what is not named stays. */
export type BlockChange = Partial<Omit<NewBlock, 'id' | 'holiday'>>

/** The block as it is now, and how many visits came onto the rebooking list by it. */
export interface Placed {
  block: BlockView
  hits: number
}

/**
 * Places a block; booked visits that it hits come onto the rebooking list in the same transaction. The same id again answers the same
 * block. Throws what `checkBlock` throws, `id_taken`, `holiday_decided`, `reference_unknown`.
 */
export const placeBlock = (ctx: Context, given: NewBlock): Promise<Placed> => transact(ctx, (tx) => placeIn(tx, ctx, given))

/** The same inside a transaction that somebody else opened, for several blocks at once. */
export async function placeIn(tx: Tx, ctx: Context, { privateNote, holiday = null, ...given }: NewBlock): Promise<Placed> {
  checkBlock(given)
  await allowBlock(tx, ctx, given)
  const mine = await findBlock(tx, given.id)
  if (mine) return { block: await sameAs(tx, ctx, mine, given), hits: 0 }
  await lockWhom(tx, ctx, given)
  await insertBlock(tx, ctx.clinicId, { ...copied(given), holiday, privateNoteSealed: await sealed(tx, ctx, given.id, privateNote) }, ctx.actor.staffId, ctx.now)
  const hits = await takeEffect(tx, ctx, given.id, given)
  await recordEvents(tx, ctx, [blockEvent('block.placed', given.id, given, { hits })])
  return { block: await viewOf(tx, ctx, given.id), hits }
}

/** Changes a block; visits that it hits no more leave the list, new ones come onto it. Throws `stale_version` and what `placeBlock` throws. */
export async function changeBlock(ctx: Context, id: string, version: number, { privateNote, ...change }: BlockChange): Promise<Placed> {
  return transact(ctx, async (tx) => {
    const row = await locked(tx, ctx, id, version)
    const next: BlockFields = { ...copied({ ...row, ...change }), holiday: row.holiday, privateNoteSealed: privateNote === undefined ? row.privateNoteSealed : await sealed(tx, ctx, id, privateNote) }
    checkBlock(next)
    await allowBlock(tx, ctx, next)
    await lockWhom(tx, ctx, { branchId: row.branchId ?? next.branchId, resourceIds: [...row.resourceIds, ...next.resourceIds] })
    await saveBlock(tx, ctx.clinicId, next)
    const hits = await takeEffect(tx, ctx, id, next)
    await recordEvents(tx, ctx, [blockEvent('block.changed', id, next, { hits, fields: [...Object.keys(change), ...(privateNote === undefined ? [] : ['privateNote'])] })])
    return { block: await viewOf(tx, ctx, id), hits }
  })
}

/** Takes a block out of the diary; the visits that waited because of it are fine again. Throws `stale_version`. Twice is once. */
export async function removeBlock(ctx: Context, id: string, version: number): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await lockBlock(tx, id)
    if (!row) throw new NotFound('block')
    await allowBlock(tx, ctx, row)
    if (row.removed) return
    checkVersion(row, version)
    await lockWhom(tx, ctx, row)
    await setRemoved(tx, ctx.clinicId, id, ctx.now)
    await replaceBlockDays(tx, ctx.clinicId, id, [])
    await recordListed(tx, ctx, 'rebooking.freed', await freeOfBlock(tx, ctx.clinicId, id, [], ctx.now))
    await recordEvents(tx, ctx, [blockEvent('block.removed', id, row)])
  })
}

/** Brings a removed block back; whoever waited because of it waits again. Throws `holiday_decided`. */
export async function restoreBlock(ctx: Context, id: string): Promise<Placed> {
  return transact(ctx, async (tx) => {
    const row = await lockBlock(tx, id)
    if (!row) throw new NotFound('block')
    await allowBlock(tx, ctx, row)
    if (!row.removed) return { block: await viewOf(tx, ctx, id), hits: 0 }
    await lockWhom(tx, ctx, row)
    await setRemoved(tx, ctx.clinicId, id, null)
    const hits = await takeEffect(tx, ctx, id, row)
    await recordEvents(tx, ctx, [blockEvent('block.restored', id, row, { hits })])
    return { block: await viewOf(tx, ctx, id), hits }
  })
}

/**
 * Who may: the desk and the owner for everybody; whoever treats for their own diary alone. Somebody whose role is for some branches
 * closes no other, and keeps nobody away who works in none of them.
 */
export async function allowBlock(tx: Tx, ctx: Context, { branchId, resourceIds }: Pick<BlockPlan, 'branchId' | 'resourceIds'>): Promise<void> {
  allow(ctx.actor, 'block.write')
  if (branchId !== null) return allowIn(ctx.actor, 'block.any', branchId)
  const owners = await ownersOf(tx, ctx.clinicId, resourceIds)
  if (owners.length < new Set(resourceIds).size) throw new Refusal('reference_unknown')
  if (ctx.actor.kind !== 'system' && owners.every(({ staffId }) => staffId !== null && staffId === ctx.actor.staffId)) return
  allow(ctx.actor, 'block.any')
  const { branchIds } = ctx.actor
  if (branchIds.length > 0 && !owners.every((one) => one.branchIds.length === 0 || one.branchIds.some((id) => branchIds.includes(id)))) throw new Forbidden('block.any')
}

async function locked(tx: Tx, ctx: Context, id: string, version: number): Promise<BlockRow> {
  const row = await lockBlock(tx, id)
  if (!row || row.removed) throw new NotFound('block')
  await allowBlock(tx, ctx, row)
  checkVersion(row, version)
  return row
}

function checkVersion(row: BlockRow, version: number): void {
  if (row.version !== version) throw new Refusal('stale_version', { current: row.version })
}

// Bookings take the same locks: one is either seen by the block and comes onto the list, or sees the block and is refused.
async function lockWhom(tx: Tx, { clinicId }: Context, { branchId, resourceIds }: Pick<BlockPlan, 'branchId' | 'resourceIds'>): Promise<void> {
  await lockResources(tx, { clinicId, resourceIds: branchId === null ? resourceIds : [...resourceIds, ...(await allPractitioners(tx, clinicId))] })
}

/** Writes the days and brings the list into step with them. */
async function takeEffect(tx: Tx, ctx: Context, id: string, plan: BlockPlan & { title: string }): Promise<number> {
  const spans = spansOf(plan)
  await replaceBlockDays(tx, ctx.clinicId, id, spans, plan.title.trim())
  const hits = await hitsOf(tx, ctx.clinicId, spans, ctx.now)
  await recordListed(tx, ctx, 'rebooking.freed', await freeOfBlock(tx, ctx.clinicId, id, hits.map(({ appointmentId }) => appointmentId), ctx.now))
  await putOnList(tx, ctx, hits.map(({ appointmentId, resourceId }) => ({ appointmentId, resourceId, cause: 'block', blockId: id })))
  return hits.length
}

async function sameAs(tx: Tx, ctx: Context, row: BlockRow, given: Pick<NewBlock, 'kind' | 'branchId'>): Promise<BlockView> {
  if (row.kind !== given.kind || row.branchId !== given.branchId || row.createdBy !== ctx.actor.staffId) throw new Refusal('id_taken')
  return viewOf(tx, ctx, row.id)
}

async function sealed(tx: Tx, ctx: Context, id: string, note: string): Promise<Buffer | null> {
  const words = note.trim()
  return words === '' ? null : (await ctx.vault.sealerOf(tx, ctx.clinicId)).seal(privateNotePlace(id), words)
}

const copied = ({ id, kind, branchId, resourceIds, fromDate, toDate, weekdays, starts, ends, title }: BlockPlan & { id: string; title: string }) => ({
  id, kind, branchId, resourceIds: [...new Set(resourceIds)], fromDate, toDate, weekdays: [...weekdays], starts, ends, title: title.trim(),
})
