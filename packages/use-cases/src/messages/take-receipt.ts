import { v7 as uuid } from 'uuid'
import { insertReceipt, lockMessage, saveMessage } from '@yoman/db/messages/queries'
import { applyReceipt } from '@yoman/domain/messages/receipt'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { recordChange, recordOptOut } from './settle-message.ts'
import { saveReminderOf } from './reminder-of.ts'

export interface Receipt {
  providerId: string
  /** The provider's own word. */
  status: string
  errorCode: string | null
}

/** The code by which the networks say that the receiver unsubscribed. */
const unsubscribed = '21610'

/** Takes a provider's receipt: kept once, and the message led forward by it, never back. Also settles a message whose sender died before it heard the answer. */
export function takeReceipt(ctx: Context, messageId: string, receipt: Receipt): Promise<'changed' | 'nothing'> {
  return transact(ctx, async (tx) => {
    const message = await lockMessage(tx, messageId)
    if (!message) return 'nothing'
    const isNew = await insertReceipt(tx, {
      clinic_id: ctx.clinicId, id: uuid(), message_id: messageId, provider_id: receipt.providerId, status: receipt.status, error_code: receipt.errorCode, received_at: ctx.now,
    })
    const next = applyReceipt({ state: message.state, errorCode: message.error_code }, receipt)
    if (!isNew || next === null) return 'nothing'
    await saveMessage(tx, messageId, {
      state: next.state, error_code: next.errorCode, lease_until: null, provider_status: receipt.status,
      provider_id: message.provider_id ?? receipt.providerId, sent_at: message.sent_at ?? ctx.now,
      settled_at: next.state === 'sent' ? null : ctx.now,
    })
    await saveReminderOf(tx, message, { state: 'done' })
    await recordChange(tx, ctx, message, { state: next.state, ...(next.errorCode === null ? {} : { code: next.errorCode }) })
    if (next.errorCode === unsubscribed) await recordOptOut(tx, ctx, message)
    return 'changed'
  })
}
