import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { type MessageRow, failedCarryings, insertReceipt, lockMessage, saveMessage } from '@yoman/db/messages/queries'
import { applyReceipt, failedWords, isOpen, isResent, outcomeUnknown, type Receipted } from '@yoman/domain/messages/receipt'
import { smsCode } from '@yoman/domain/messages/sms-codes'
import type { Instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { fallBackFrom } from '../reminders/fall-back.ts'
import { callInstead, wasTold } from '../tasks/untold.ts'
import { markDead } from './dead-addresses.ts'
import { sayAgain } from './say-again.ts'
import { noteProvider, recordChange, recordOptOut } from './settle-message.ts'
import { saveReminderOf } from './reminder-of.ts'

export interface Receipt {
  providerId: string
  /** The provider's own word. */
  status: string
  errorCode: string | null
}

/**
 * Takes a provider's receipt: kept once, and the message led forward by it, never back. Also settles a message whose sender died before it heard the answer.
 * Of a message that was carried twice, only that it arrived counts of the other carrying, or that neither arrived.
 */
export function takeReceipt(ctx: Context, messageId: string, receipt: Receipt): Promise<'changed' | 'nothing'> {
  return transact(ctx, async (tx) => {
    const message = await lockMessage(tx, messageId)
    if (!message) return 'nothing'
    const isNew = await insertReceipt(tx, {
      clinic_id: ctx.clinicId, id: uuid(), message_id: messageId, provider_id: receipt.providerId, status: receipt.status, error_code: receipt.errorCode, received_at: ctx.now,
    })
    if (isNew) await noteProvider(tx, ctx, message, receipt.providerId)
    const next = isNew ? await after(tx, message, receipt) : null
    if (next === null) return 'nothing'
    await saveMessage(tx, messageId, {
      state: next.state, error_code: next.errorCode, lease_until: null, provider_status: receipt.status,
      provider_id: message.provider_id ?? receipt.providerId, sent_at: message.sent_at ?? ctx.now,
      settled_at: next.state === 'sent' ? null : ctx.now,
    })
    await saveReminderOf(tx, message, { state: 'done' })
    await recordChange(tx, ctx, message, { state: next.state, ...(next.errorCode === null ? {} : { code: next.errorCode }) })
    const goesOn = next.state === 'failed' && (await fallBackFrom(tx, ctx, { ...message, state: next.state }, next.errorCode ?? receipt.status))
    if (next.state === 'delivered') await wasTold(tx, ctx, message)
    if (next.state === 'failed') await followUp(tx, ctx, message, receipt, goesOn || isOpen(next))
    return 'changed'
  })
}

/** The provider is being asked for a receipt that did not come. @param machineNow the machine's clock. */
export const noteAsked = (ctx: Context, messageId: string, machineNow: Instant): Promise<void> => transact(ctx, (tx) => saveMessage(tx, messageId, { asked_at: machineNow }))

const isOther = (message: MessageRow, receipt: Receipt): boolean => message.provider_id !== null && message.provider_id !== receipt.providerId

/** The message after a receipt, null where it changes nothing. Which of two carryings arrived is not known before both have spoken. */
async function after(tx: Tx, message: MessageRow, receipt: Receipt): Promise<Receipted | null> {
  const before = { state: message.state, errorCode: message.error_code }
  const next = applyReceipt(before, receipt)
  if (next === null || next.state === 'delivered') return next
  if (isOpen(before) && message.provider_id === receipt.providerId) return null // that one failed is known already, and of the other nothing
  const othersFailed = [...(await failedCarryings(tx, message.id, failedWords))].some((id) => id !== receipt.providerId)
  if (isOther(message, receipt)) return next.state === 'failed' && (isOpen(before) || othersFailed) ? next : null
  if (next.state !== 'failed' || !isResent(message) || othersFailed) return next
  if (message.provider_id === null && message.state === 'sending') return null // the second try is under way: its answer tells of which of the two this is
  return message.provider_id !== null || message.state === 'unknown' ? { ...next, errorCode: outcomeUnknown } : next
}

/** What a failure asks for: a refusal to be honoured, an address to be marked, a later try of what passes, unless it is `elsewhere`: gone on by another way, or perhaps arrived by another carrying. Both could arrive. */
async function followUp(tx: Tx, ctx: Context, message: MessageRow, receipt: Receipt, elsewhere: boolean): Promise<void> {
  const code = receipt.errorCode ?? receipt.status
  const { fault } = smsCode(code)
  if (isOther(message, receipt)) return // to whom it went is not known: the number may have been another
  if (fault === 'opted_out') await recordOptOut(tx, ctx, message)
  else if (fault === 'address') await markDead(tx, ctx, message, code)
  else if (!elsewhere && (await sayAgain(tx, ctx, message, code))) return
  if (!elsewhere) await callInstead(tx, ctx, message, code)
}
