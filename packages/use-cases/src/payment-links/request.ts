import { payerOf } from '@yoman/db/debts/payer'
import { standingOf } from '@yoman/db/debts/reminders'
import { loadFormFacts } from '@yoman/db/forms/queries'
import { findMailable } from '@yoman/db/invoices/mailable'
import { findInvoice, type InvoiceRow, lockInvoice } from '@yoman/db/invoices/issue'
import { findProviderConnection } from '@yoman/db/payment-links/connection'
import { findLiveLink, findPaymentLink, insertPaymentLink, lockPaymentLink, savePaymentLink } from '@yoman/db/payment-links/links'
import type { Db } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { linkDays, mayCancel } from '@yoman/domain/payment-links/link'
import { isMobile } from '@yoman/domain/people/phone'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { type Instant, isAfter, type PlainDate } from '@yoman/domain/time'
import { atOnce } from '../allocation-numbers/at-once.ts'
import type { Context } from '../context.ts'
import { groundOf } from '../debts/read.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { wakeLinksOf } from './wake.ts'

export interface LinkRequest {
  /** Of the link, made by the client: sent twice it is one. */
  id: string
  ways: readonly ('sms' | 'email')[]
}

/**
 * Asks for what is owed on a document by a link; the worker opens its page and sends it. A document has one link that can bring money: who asks
 * again gets that one. @returns the link's id. Refuses `payment_provider_not_connected`, `nothing_owed`, `payment_link_for_organisation`,
 * `nothing_to_send_to` (by one of the ways), `id_taken`.
 */
export function requestLink(ctx: Context, invoiceId: string, { id, ways }: LinkRequest): Promise<string> {
  allow(ctx.actor, 'payment_link.write')
  return transact(ctx, async (tx) => {
    const invoice = await lockInvoice(tx, invoiceId)
    if (!invoice) throw new NotFound('invoice')
    allowIn(ctx.actor, 'payment_link.write', invoice.branch_id)
    const known = await findPaymentLink(tx, id)
    if (known && known.invoice_id !== invoiceId) throw new Refusal('id_taken')
    const there = known ?? (await findLiveLink(tx, invoiceId))
    if (there) return there.id
    const connection = await findProviderConnection(tx)
    if (connection?.state !== 'connected' && connection?.state !== 'checking') throw new Refusal('payment_provider_not_connected')
    if (invoice.organisation_id !== null) throw new Refusal('payment_link_for_organisation')
    const { today } = await groundOf(ctx, tx)
    const { owed, writtenOff } = (await standingOf(tx, invoiceId, today)) ?? { owed: 0, writtenOff: false }
    if (owed <= 0 || writtenOff) throw new Refusal('nothing_owed')
    const reachable = await waysTo(tx, invoice, today)
    if (ways.some((way) => reachable[way] === null)) throw new Refusal('nothing_to_send_to')
    await insertPaymentLink(tx, {
      clinic_id: ctx.clinicId, id, invoice_id: invoiceId, amount_agorot: owed, ways: [...new Set(ways)], next_at: atOnce, requested_by: ctx.actor.staffId, requested_at: ctx.now, expires_at: ctx.now.add({ hours: 24 * linkDays }),
    })
    await recordEvents(tx, ctx, [{ name: 'payment_link.wanted', subject: { type: 'payment_link', id }, patientId: invoice.patient_id, branchId: invoice.branch_id, details: { invoice: invoiceId, amountAgorot: owed } }])
    return id
  })
}

/** Where whoever pays for a patient can be written to about money: each null where they cannot, or do not want it. */
export async function waysTo(db: Db, { patient_id, branch_id }: Pick<InvoiceRow, 'patient_id' | 'branch_id'>, today: PlainDate) {
  const payerId = await payerOf(db, patient_id, today)
  if (payerId === null) return { sms: null, email: null, facts: null }
  const [facts, { address, consented }] = [await loadFormFacts(db, payerId, branch_id), await findMailable(db, payerId)]
  return { sms: facts?.refused === false ? (facts.phones.find(isMobile) ?? null) : null, email: consented ? address : null, facts: facts ?? null }
}

/** Nobody shall pay by this link any more: its page is closed at the provider. Money that comes all the same waits for a decision. Refuses `payment_link_settled`. @param machineNow the machine's clock. */
export async function cancelLink(ctx: Context, id: string, machineNow: Instant): Promise<void> {
  allow(ctx.actor, 'payment_link.write')
  await transact(ctx, async (tx) => {
    const row = await lockPaymentLink(tx, id)
    const invoice = row && (await findInvoice(tx, row.invoice_id))
    if (!row || !invoice) throw new NotFound('payment_link')
    allowIn(ctx.actor, 'payment_link.write', invoice.branch_id)
    if (row.state === 'ending' || row.state === 'cancelled') return
    if (!mayCancel(row.state)) throw new Refusal('payment_link_settled', { state: row.state })
    // A page that is being opened at this moment is closed when its id is known.
    const hasPage = row.page_id !== null || (row.lease_until !== null && isAfter(row.lease_until, machineNow))
    await savePaymentLink(tx, id, hasPage ? { state: 'ending', problem: 'by_hand' } : { state: 'cancelled', problem: 'by_hand', settled_at: ctx.now, next_at: null })
    if (hasPage) await wakeLinksOf(tx, ctx, { id })
    await recordEvents(tx, ctx, [{ name: 'payment_link.changed', subject: { type: 'payment_link', id }, patientId: invoice.patient_id, branchId: invoice.branch_id, details: { state: hasPage ? 'ending' : 'cancelled' } }])
  })
}
