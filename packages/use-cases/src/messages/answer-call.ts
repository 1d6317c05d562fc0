import { findMessage } from '@yoman/db/messages/queries'
import { answerOfCall, type CallAnswer } from '@yoman/domain/messages/call'
import { readReply } from '@yoman/domain/messages/read-reply'
import { NotFound } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'
import { receiveReply } from './receive-reply.ts'
import { takeReceipt } from './take-receipt.ts'

export interface Pressed {
  /** The provider's id of the call. */
  callId: string
  /** One key of a phone. */
  digit: string
}

/**
 * Somebody pressed a key in a call: a person heard it, whatever the detection of machines says later. The digit means what it means in an
 * SMS, of the visit that the call was about and no other; one that means nothing is asked for again and kept nowhere. The same press heard
 * twice is one. Throws `NotFound` for what is no call of ours.
 * @param system speaks for the provider, `patient` for whoever pressed.
 */
export async function answerCall({ system, patient }: { system: Context; patient: Context }, messageId: string, { callId, digit }: Pressed): Promise<{ language: 'he' | 'ar' | 'ru' | 'en'; answer: CallAnswer }> {
  const message = await read(system, (db) => findMessage(db, messageId))
  if (message?.channel !== 'voice') throw new NotFound('message')
  await takeReceipt(system, messageId, { providerId: callId, status: 'person', errorCode: null })
  const { language } = message
  if (answerOfCall(readReply(digit, 'voice'), false) === 'again') return { language, answer: 'again' }
  const { meaning, done } = await receiveReply(patient, { providerId: `${callId}-${digit}`, from: message.to_address, body: digit, channel: 'voice', callAbout: messageId })
  return { language, answer: answerOfCall(meaning, done) }
}
