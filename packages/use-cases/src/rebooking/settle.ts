import type { Db, Tx } from '@yoman/db/database'
import { findRebooking, forgetTry, leaveRebooking, listSettled, listWaiting, lockRebooking, type RebookingRow, recordTry, reopenRebooking } from '@yoman/db/rebooking/queries'
import { allow, allowIn } from '@yoman/domain/access'
import type { EventName } from '@yoman/domain/events'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

/** For so long settled ones are shown, so that a decision can be looked up or taken back. */
const shownDays = 14
const most = 500

/** Everyone whose visit will not be as agreed, soonest first, and those that were settled lately. */
export async function listRebookings(ctx: Context, { branchId }: { branchId?: string | undefined }): Promise<{ items: RebookingRow[]; settled: RebookingRow[] }> {
  allow(ctx.actor, 'diary.read')
  return read(ctx, async (db) => {
    const [items, settled] = await Promise.all([listWaiting(db, { branchId, limit: most }), listSettled(db, { branchId, since: ctx.now.subtract({ hours: shownDays * 24 }), limit: 100 })])
    return { items, settled }
  })
}

/** Somebody called, or (`takenBack`) did not after all. Throws `not_waiting_for_rebooking`, and `nothing_to_undo` where no such call was written down. */
export const recordCall = (ctx: Context, id: string, told: boolean, takenBack = false): Promise<RebookingRow> =>
  change(ctx, id, 'rebooking.told', { told, ...(takenBack ? { takenBack } : {}) }, async (tx, row) => {
    if (row.state !== 'waiting') throw new Refusal('not_waiting_for_rebooking')
    if (takenBack && (told ? row.toldAt === null : row.tries === 0)) throw new Refusal('nothing_to_undo')
    if (takenBack) await forgetTry(tx, id, told)
    else await recordTry(tx, id, told, ctx.now, ctx.actor.staffId)
  })

/** The visit stays where it is, for a reason that somebody gives. Throws `not_waiting_for_rebooking`. */
export const leaveAsIs = (ctx: Context, id: string, reason: string): Promise<RebookingRow> =>
  change(ctx, id, 'rebooking.left', {}, async (tx, row) => {
    if (row.state !== 'waiting') throw new Refusal('not_waiting_for_rebooking')
    await leaveRebooking(tx, id, reason.trim(), ctx.now, ctx.actor.staffId)
  })

/** Takes back that a visit stays as it is. Throws `nothing_to_undo`. */
export const waitAgain = (ctx: Context, id: string): Promise<RebookingRow> =>
  change(ctx, id, 'rebooking.reopened', {}, async (tx) => {
    if (!(await reopenRebooking(tx, id))) throw new Refusal('nothing_to_undo')
  })

async function change(ctx: Context, id: string, name: EventName, details: Record<string, unknown>, save: (tx: Tx, row: RebookingRow) => Promise<void>): Promise<RebookingRow> {
  allow(ctx.actor, 'rebooking.settle')
  return transact(ctx, async (tx) => {
    if (!(await lockRebooking(tx, id))) throw new NotFound('rebooking')
    const row = await known(tx, id)
    allowIn(ctx.actor, 'rebooking.settle', row.branchId)
    await save(tx, row)
    const { appointmentId, branchId, patient } = row
    await recordEvents(tx, ctx, [{ name, subject: { type: 'rebooking', id }, patientId: patient.id, branchId, details: { appointmentId, ...details } }])
    return known(tx, id)
  })
}

async function known(db: Db, id: string): Promise<RebookingRow> {
  const row = await findRebooking(db, id)
  if (!row) throw new NotFound('rebooking')
  return row
}
