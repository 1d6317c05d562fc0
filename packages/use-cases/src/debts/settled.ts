import { closePaidTasks } from '@yoman/db/debts/promises'
import type { Tx } from '@yoman/db/database'
import type { Context } from '../context.ts'
import { recordClosed } from '../tasks/move-wish.ts'

/** Money came, or is owed no more: nobody asks a patient for it who owes nothing now. To be called when all of it is written. */
export const endAsking = async (tx: Tx, ctx: Context, patientId: string): Promise<void> => recordClosed(tx, ctx, await closePaidTasks(tx, patientId, ctx.now, ctx.actor.staffId))
