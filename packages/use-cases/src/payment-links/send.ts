import { v7 as uuid } from 'uuid'
import type { InvoiceRow } from '@yoman/db/invoices/issue'
import { insertMessage } from '@yoman/db/messages/queries'
import { messagesOfLink, type PaymentLinkRow } from '@yoman/db/payment-links/links'
import type { Tx } from '@yoman/db/database'
import type { PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { groundOf } from '../debts/read.ts'
import { recordEvents } from '../record-events.ts'
import { waysTo } from './ways.ts'

export type LinkWay = 'sms' | 'email'

export interface LinkToSay {
  channel: LinkWay
  language: 'he' | 'ar' | 'ru' | 'en'
  patientFirstName: string
  clinicName: string
  branchName: string
  phone: string
  amount: number
  document: { number: number; issuedOn: PlainDate }
  url: string
}

/** Finds the words of a link. Given by whoever sends: the use cases know no language. */
export type ComposeLink = (toSay: LinkToSay) => { subject: string; body: string }

/** Which message says a link by a way; `nth`: from 1, where it went that way before, to another address or in vain. */
const linkMessageKey = (linkId: string, channel: LinkWay, nth: number): string => `payment-link-${linkId}-${channel}${nth === 1 ? '' : `-${nth}`}`
/** The link of such a message, or of one that says it again. */
export const linkOfKey = (key: string): string | null => /^payment-link-([0-9a-f-]{36})-(?:sms|email)(?:-\d+|-resend-.+)?$/.exec(key)?.[1] ?? null

/**
 * Puts the link into the outbox, by each of its ways that still reaches whoever pays and on which it is not on its way there already. The caller holds the
 * document. @returns the ways of the new messages.
 */
export async function queueLink(tx: Tx, ctx: Context, invoice: InvoiceRow, link: PaymentLinkRow & { url: string }, compose: ComposeLink): Promise<LinkWay[]> {
  const to = await waysTo(tx, invoice, (await groundOf(ctx, tx)).today)
  const before = await messagesOfLink(tx, link)
  const sentBy: LinkWay[] = []
  for (const channel of link.ways) {
    const [address, { facts }] = [to[channel], to]
    const earlier = before.filter((one) => one.channel === channel)
    // What has not left yet goes to the address of its last moment.
    if (address === null || facts === null || earlier.some(({ state, to_address }) => state === 'queued' || (to_address === address && state !== 'failed' && state !== 'skipped'))) continue
    const { patientLanguage: language } = facts
    const isLocal = language === 'he' || language === 'ar'
    const words = compose({
      channel, language, patientFirstName: facts.patientGivenName, phone: facts.phone, amount: link.amount_agorot, url: link.url, document: { number: invoice.number, issuedOn: invoice.issued_on },
      clinicName: (isLocal ? '' : facts.clinicNameEn) || facts.clinicName, branchName: (isLocal ? '' : facts.branchNameEn) || facts.branchName,
    })
    const id = uuid()
    await insertMessage(tx, {
      clinic_id: ctx.clinicId, id, kind: 'payment_link', channel, patient_id: invoice.patient_id, appointment_id: null, appointment_starts_at: null, reminder_id: null, invoice_id: invoice.id, offer_id: null,
      dedupe_key: linkMessageKey(link.id, channel, earlier.length + 1), language, to_address: address, ...words, not_before: ctx.now, useful_until: link.expires_at, created_at: ctx.now,
      lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
    })
    await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id }, patientId: invoice.patient_id, branchId: invoice.branch_id, details: { kind: 'payment_link', invoice: invoice.id } }])
    sentBy.push(channel)
  }
  return sentBy
}
