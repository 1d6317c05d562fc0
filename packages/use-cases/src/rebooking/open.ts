import type { Tx } from '@yoman/db/database'
import { type Cause, type Listed, openRebookings } from '@yoman/db/rebooking/open'
import type { DomainEvent } from '@yoman/domain/events'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'

/**
 * Puts visits on the rebooking list inside the transaction of what hits them, so that nobody is forgotten; answers how many are new.
 * Hold the locks of their resources: then no visit can come in between.
 */
export async function putOnList(tx: Tx, ctx: Context, causes: readonly Cause[]): Promise<number> {
  const opened = await openRebookings(tx, ctx.clinicId, causes, ctx.now, ctx.actor.staffId)
  await recordListed(tx, ctx, 'rebooking.opened', opened)
  return opened.length
}

/** The patient's own trail; screens hear of what hit them, once, and read the list anew. */
export const recordListed = (tx: Tx, ctx: Context, name: 'rebooking.opened' | 'rebooking.freed', listed: readonly Listed[]): Promise<void> =>
  recordEvents(tx, ctx, listed.map(({ id, appointmentId, patientId, branchId }): DomainEvent => ({ name, subject: { type: 'rebooking', id }, patientId, branchId, details: { appointmentId } })), 'done', true)
