import { lockMessage } from '@yoman/db/messages/queries'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { markDead } from './dead-addresses.ts'
import { markFailed } from './settle-message.ts'

export interface Returned {
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'
  /** RFC 3463, such as `5.1.1`. */
  status: string
  /** The mailbox itself is gone, not merely full or unwilling. */
  dead: boolean
}

/** A mail server reports what became of a mail that was taken: one that came back has failed, once; of a dead mailbox the address is marked. */
export function takeBounce(ctx: Context, messageId: string, { action, status, dead }: Returned): Promise<'changed' | 'nothing'> {
  return transact(ctx, async (tx) => {
    const message = await lockMessage(tx, messageId)
    // What is not final may still be sent again; what was given up on without knowing is known now.
    if (!message || message.channel !== 'email' || action !== 'failed' || !['sent', 'delivered', 'unknown'].includes(message.state)) return 'nothing'
    await markFailed(tx, ctx, message, dead ? status : 'bounced')
    if (dead) await markDead(tx, ctx, message, status)
    return 'changed'
  })
}
