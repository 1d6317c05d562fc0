import { lockResources } from '@yoman/db/appointments/lock'
import type { Tx } from '@yoman/db/database'
import { freeOfCause, visitsAhead, visitsOutsideHours } from '@yoman/db/rebooking/outside'
import type { Context } from '../context.ts'
import { putOnList, recordListed } from './open.ts'

/**
 * Changes the hours of somebody or something, weekly ones or those of a date; visits that lay inside the old ones and lie outside the new ones come onto the
 * rebooking list, those that lie inside again leave it. Those that were booked outside hours on purpose are left alone. Answers how many are new.
 */
export async function listThoseOutside(tx: Tx, ctx: Context, resourceIds: readonly string[], change: () => Promise<void>): Promise<number> {
  await lockResources(tx, { clinicId: ctx.clinicId, resourceIds })
  const outside = async (resourceId: string) => ({ resourceId, ids: await visitsOutsideHours(tx, ctx.clinicId, resourceId, ctx.now) })
  const before = new Map((await Promise.all(resourceIds.map(outside))).map(({ resourceId, ids }) => [resourceId, new Set(ids)]))
  await change()
  let listed = 0
  for (const resourceId of resourceIds) {
    const { ids } = await outside(resourceId)
    await recordListed(tx, ctx, 'rebooking.freed', await freeOfCause(tx, ctx.clinicId, { resourceId, cause: 'hours', still: ids }, ctx.now))
    listed += await putOnList(tx, ctx, ids.filter((id) => !before.get(resourceId)?.has(id)).map((appointmentId) => ({ appointmentId, resourceId, cause: 'hours', blockId: null })))
  }
  return listed
}

/** Somebody left or something is out of use: all that is booked with them waits for another time; when they are back, it need not. */
export async function listThoseOf(tx: Tx, ctx: Context, resourceIds: readonly string[], isThere: boolean): Promise<void> {
  await lockResources(tx, { clinicId: ctx.clinicId, resourceIds })
  for (const resourceId of resourceIds) {
    if (isThere) await recordListed(tx, ctx, 'rebooking.freed', await freeOfCause(tx, ctx.clinicId, { resourceId, cause: 'gone', still: [] }, ctx.now))
    else await putOnList(tx, ctx, (await visitsAhead(tx, ctx.clinicId, resourceId, ctx.now)).map((appointmentId) => ({ appointmentId, resourceId, cause: 'gone', blockId: null })))
  }
}
