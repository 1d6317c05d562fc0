import { lockExpiredHolds } from '@yoman/db/appointments/expired-holds'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { endHoldsOf } from './ground.ts'

/** Ends the clinic's holds whose time is up, so that open screens see the place free without anyone asking for it. @returns how many. */
export function expireHolds(ctx: Context): Promise<number> {
  return transact(ctx, async (tx) => {
    const holds = await lockExpiredHolds(tx, ctx.now, 100)
    await endHoldsOf(tx, ctx, holds, 'expired')
    return holds.length
  })
}
