import { v7 as uuid } from 'uuid'
import type { Tx } from '@yoman/db/database'
import { type MessageRow, insertMessage } from '@yoman/db/messages/queries'
import { smsCode } from '@yoman/domain/messages/sms-codes'
import { addMinutes, isAfter } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'

const again = /^again-(\d+)-/

/** How many messages went before this one for the same reason. */
const triesOf = ({ dedupe_key }: Pick<MessageRow, 'dedupe_key'>): number => Number(again.exec(dedupe_key)?.[1] ?? 0)

/** Whether the message follows one that did not arrive: it gives way to any other that did. */
export const isSaidAgain = (message: Pick<MessageRow, 'dedupe_key'>): boolean => again.test(message.dedupe_key)

/** The dedupe key of the message that it all began with. */
export const firstOf = ({ dedupe_key }: Pick<MessageRow, 'dedupe_key'>): string => dedupe_key.replace(again, '')

/**
 * The network took a text message or a call and could not hand it over, for a reason that passes (a phone that is off or busy, a machine that took it): a new message is
 * planned, of its own row, some hours later, as often as the code is worth and while it is still useful. The claim looks again at
 * everything. What several visits or a link hang on is left to the desk. @returns whether one was planned.
 */
export async function sayAgain(tx: Tx, ctx: Context, message: MessageRow, code: string): Promise<boolean> {
  const tries = triesOf(message)
  const afterMinutes = smsCode(code).againAfterMinutes[tries]
  if ((message.channel !== 'sms' && message.channel !== 'voice') || afterMinutes === undefined || !['reminder', 'booked', 'moved', 'cancelled'].includes(message.kind)) return false
  const notBefore = addMinutes(ctx.now, afterMinutes)
  if (message.useful_until !== null && isAfter(notBefore, message.useful_until)) return false
  const id = uuid()
  const isNew = await insertMessage(tx, {
    ...message, id, dedupe_key: `again-${tries + 1}-${firstOf(message)}`, state: 'queued', not_before: notBefore, created_at: ctx.now,
    reminder_id: null, attempt: 0, lookups: 0, lease_until: null, first_tried_at: null, sent_at: null, settled_at: null,
    provider_id: null, provider_status: null, error_code: code, parts: null, held_since: null, asked_at: null, doubled_at: null,
  })
  if (isNew) await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id }, patientId: message.patient_id, details: { kind: message.kind, again: message.id } }])
  return isNew
}
