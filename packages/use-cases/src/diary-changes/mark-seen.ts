import { markSeen } from '@yoman/db/diary-changes/queries'
import { allowIn } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'

/** Keeps how far this person has read the changes of a branch. Leaves no event: it is nobody else's matter. */
export async function markChangesSeen(ctx: Context, seen: { branchId: string; changeId: string }): Promise<void> {
  allowIn(ctx.actor, 'diary.read', seen.branchId)
  const { staffId } = ctx.actor
  if (staffId === null) throw new NotFound('staff')
  await transact(ctx, (tx) => markSeen(tx, ctx.clinicId, { staffId, ...seen }, ctx.now))
}
