import { closePaidTasks } from '@yoman/db/debts/promises'
import type { Tx } from '@yoman/db/database'
import type { Context } from '../context.ts'
import { recordClosed } from '../tasks/move-wish.ts'

/** Money came, or is owed no more: nobody asks a patient for it who owes nothing now. To be called when all of it is written. @param status what becomes of a promise to pay: `broken` where the debt was given up. */
export const endAsking = async (tx: Tx, ctx: Context, patientId: string, status: 'kept' | 'broken' = 'kept'): Promise<void> =>
  recordClosed(tx, ctx, await closePaidTasks(tx, patientId, { at: ctx.now, by: ctx.actor.staffId, status }))
