import { lockResources } from '@yoman/db/appointments/lock'
import type { Tx } from '@yoman/db/database'
import { freeOfCause, visitsAhead, visitsOutsideHours } from '@yoman/db/rebooking/outside'
import type { Context } from '../context.ts'
import { putOnList, recordListed } from './open.ts'

/**
 * Changes the weekly hours of somebody or something; visits that lay inside the old ones and lie outside the new ones come onto the
 * rebooking list. Those that were booked outside hours on purpose are left alone.
 */
export async function listThoseOutside(tx: Tx, ctx: Context, resourceId: string, change: () => Promise<void>): Promise<void> {
  await lockResources(tx, { clinicId: ctx.clinicId, resourceIds: [resourceId] })
  const before = new Set(await visitsOutsideHours(tx, ctx.clinicId, resourceId, ctx.now))
  await change()
  const after = await visitsOutsideHours(tx, ctx.clinicId, resourceId, ctx.now)
  await recordListed(tx, ctx, 'rebooking.freed', await freeOfCause(tx, ctx.clinicId, { resourceId, cause: 'hours', still: after }, ctx.now))
  await putOnList(tx, ctx, after.filter((id) => !before.has(id)).map((appointmentId) => ({ appointmentId, resourceId, cause: 'hours', blockId: null })))
}

/** Somebody left or something is out of use: all that is booked with them waits for another time; when they are back, it need not. */
export async function listThoseOf(tx: Tx, ctx: Context, resourceIds: readonly string[], isThere: boolean): Promise<void> {
  await lockResources(tx, { clinicId: ctx.clinicId, resourceIds })
  for (const resourceId of resourceIds) {
    if (isThere) await recordListed(tx, ctx, 'rebooking.freed', await freeOfCause(tx, ctx.clinicId, { resourceId, cause: 'gone', still: [] }, ctx.now))
    else await putOnList(tx, ctx, (await visitsAhead(tx, ctx.clinicId, resourceId, ctx.now)).map((appointmentId) => ({ appointmentId, resourceId, cause: 'gone', blockId: null })))
  }
}
