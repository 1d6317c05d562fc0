import type { Tx } from '@yoman/db/database'
import { endHandover, findHandover, insertHandover, insertShiftNote, listHandovers, listShiftNotes, lockHandover } from '@yoman/db/handovers/queries'
import { allow, allowIn } from '@yoman/domain/access'
import type { EventName } from '@yoman/domain/events'
import { type HandoverState, mayTake, mayWithdraw } from '@yoman/domain/handovers/handover'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { countAll, type HandoverView, handoverView, noteView } from './read.ts'

interface Words {
  id: string
  branchId: string
  words: string
}

/** Gives the desk to the next shift, with what is open at this moment. A repeated request finds its own. Throws `handover_waiting`, `id_taken`. */
export async function giveDesk(ctx: Context, { id, branchId, words }: Words): Promise<HandoverView> {
  allowIn(ctx.actor, 'handover.write', branchId)
  const by = whoOf(ctx)
  return transact(ctx, async (tx) => {
    const mine = await findHandover(tx, id)
    if (mine && (mine.given_by !== by || mine.branch_id !== branchId)) throw new Refusal('id_taken')
    if (mine) return load(tx, id)
    const counts = await countAll(tx, ctx, branchId)
    await insertHandover(tx, { clinic_id: ctx.clinicId, id, branch_id: branchId, words, open_counts: { ...counts }, given_by: by, given_at: ctx.now, ended_by: null, ended_at: null })
    await record(tx, ctx, 'handover.given', id, branchId)
    return load(tx, id)
  })
}

/** I have read it and taken over. Throws `handover_ended`, `handover_by_self`. */
export const takeOver = (ctx: Context, id: string): Promise<HandoverView> => end(ctx, id, 'taken', 'handover.taken', mayTake)

/** Throws `handover_ended`, `not_the_author`. */
export const withdrawHandover = (ctx: Context, id: string): Promise<HandoverView> => end(ctx, id, 'withdrawn', 'handover.withdrawn', mayWithdraw)

async function end(ctx: Context, id: string, status: 'taken' | 'withdrawn', name: EventName, decide: (state: HandoverState, by: string) => boolean): Promise<HandoverView> {
  allow(ctx.actor, 'handover.write')
  const by = whoOf(ctx)
  return transact(ctx, async (tx) => {
    const row = await lockHandover(tx, id)
    if (!row) throw new NotFound('handover')
    allowIn(ctx.actor, 'handover.write', row.branch_id)
    if (decide({ status: row.status, givenBy: row.given_by, endedBy: row.ended_by }, by)) {
      await endHandover(tx, row, status, { by, at: ctx.now })
      await record(tx, ctx, name, id, row.branch_id)
    }
    return load(tx, id)
  })
}

/** Leaves a note for the next shift. Throws `id_taken`. */
export async function writeShiftNote(ctx: Context, { id, branchId, words }: Words) {
  allowIn(ctx.actor, 'handover.write', branchId)
  const by = whoOf(ctx)
  return transact(ctx, async (tx) => {
    const [mine] = await listShiftNotes(tx, { id, limit: 1 })
    if (mine && (mine.written_by !== by || mine.branch_id !== branchId || mine.words !== words)) throw new Refusal('id_taken')
    if (mine) return noteView(mine)
    await insertShiftNote(tx, { clinic_id: ctx.clinicId, id, branch_id: branchId, words, written_by: by, written_at: ctx.now })
    await recordEvents(tx, ctx, [{ name: 'shift_note.written', subject: { type: 'shift_note', id }, branchId }])
    const [row] = await listShiftNotes(tx, { id, limit: 1 })
    if (!row) throw new NotFound('shift_note')
    return noteView(row)
  })
}

async function load(tx: Tx, id: string): Promise<HandoverView> {
  const [row] = await listHandovers(tx, { id, limit: 1 })
  if (!row) throw new NotFound('handover')
  return handoverView(row)
}

function whoOf(ctx: Context): string {
  if (ctx.actor.staffId === null) throw new Error('a hand-over has a person behind it')
  return ctx.actor.staffId
}

const record = (tx: Tx, ctx: Context, name: EventName, id: string, branchId: string): Promise<void> => recordEvents(tx, ctx, [{ name, subject: { type: 'handover', id }, branchId }])
