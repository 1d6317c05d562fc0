import { standingOf } from '@yoman/db/debts/reminders'
import { findInvoice, type InvoiceRow, lockInvoice } from '@yoman/db/invoices/issue'
import { findProviderConnection } from '@yoman/db/payment-links/connection'
import { findPaymentLink, insertPaymentLink, lockLiveLink, lockPaymentLink, type PaymentLinkRow, savePaymentLink } from '@yoman/db/payment-links/links'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { linkDays, mayCancel } from '@yoman/domain/payment-links/link'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { type Instant, isAfter } from '@yoman/domain/time'
import { atOnce } from '../allocation-numbers/at-once.ts'
import type { Context } from '../context.ts'
import { groundOf } from '../debts/read.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { type ComposeLink, type LinkWay, queueLink } from './send.ts'
import { wakeLinksOf } from './wake.ts'
import { waysTo } from './ways.ts'

export interface LinkRequest {
  /** Of the link, made by the client: sent twice it is one. */
  id: string
  ways: readonly LinkWay[]
}

/** `sentBy`: ways by which this request has the link sent; of one that was on its way there already, none. */
export interface RequestedLink {
  id: string
  sentBy: readonly LinkWay[]
}

/**
 * Asks for what is owed on a document by a link; the worker opens its page and sends it. A document has one link that can bring money: who asks
 * again gets that one, which is sent once more where it is on its way neither by that way nor to that address. Refuses `payment_provider_not_connected`,
 * `nothing_owed`, `payment_link_for_organisation`, `nothing_to_send_to` (by one of the ways), `payment_link_settled` (it is being closed: in a moment there may be another), `id_taken`.
 */
export function requestLink(ctx: Context, invoiceId: string, { id, ways: asked }: LinkRequest, compose: ComposeLink): Promise<RequestedLink> {
  allow(ctx.actor, 'payment_link.write')
  const ways = [...new Set(asked)]
  return transact(ctx, async (tx) => {
    const invoice = await lockInvoice(tx, invoiceId)
    if (!invoice) throw new NotFound('invoice')
    allowIn(ctx.actor, 'payment_link.write', invoice.branch_id)
    const known = await findPaymentLink(tx, id)
    if (known && known.invoice_id !== invoiceId) throw new Refusal('id_taken')
    if (known) return { id, sentBy: known.ways }
    const live = await lockLiveLink(tx, invoiceId)
    const owed = await requireSendable(tx, ctx, invoice, ways)
    if (live) return { id: live.id, sentBy: await sendAgain(tx, ctx, invoice, { link: live, owed, ways }, compose) }
    await insertPaymentLink(tx, {
      clinic_id: ctx.clinicId, id, invoice_id: invoiceId, amount_agorot: owed, ways, next_at: atOnce, requested_by: ctx.actor.staffId, requested_at: ctx.now, expires_at: ctx.now.add({ hours: 24 * linkDays }),
    })
    await recordEvents(tx, ctx, [{ name: 'payment_link.wanted', subject: { type: 'payment_link', id }, patientId: invoice.patient_id, branchId: invoice.branch_id, details: { invoice: invoiceId, amountAgorot: owed } }])
    return { id, sentBy: ways }
  })
}

/** @returns what is owed, in agorot. */
async function requireSendable(tx: Tx, ctx: Context, invoice: InvoiceRow, ways: readonly LinkWay[]): Promise<number> {
  const connection = await findProviderConnection(tx)
  if (connection?.state !== 'connected' && connection?.state !== 'checking') throw new Refusal('payment_provider_not_connected')
  if (invoice.organisation_id !== null) throw new Refusal('payment_link_for_organisation')
  const { today } = await groundOf(ctx, tx)
  const { owed, writtenOff } = (await standingOf(tx, invoice.id, today)) ?? { owed: 0, writtenOff: false }
  if (owed <= 0 || writtenOff) throw new Refusal('nothing_owed')
  const reachable = await waysTo(tx, invoice, today)
  if (ways.some((way) => reachable[way] === null)) throw new Refusal('nothing_to_send_to')
  return owed
}

/** A link whose page is still to be opened goes by the new ways too when it is. @returns the ways by which it goes now and did not before. */
async function sendAgain(tx: Tx, ctx: Context, invoice: InvoiceRow, { link, owed, ways }: { link: PaymentLinkRow; owed: number; ways: readonly LinkWay[] }, compose: ComposeLink): Promise<LinkWay[]> {
  if (owed < link.amount_agorot || !isAfter(link.expires_at, ctx.now)) throw new Refusal('payment_link_settled', { state: link.state })
  const { url } = link
  const sentBy = url === null ? ways.filter((way) => !link.ways.includes(way)) : await queueLink(tx, ctx, invoice, { ...link, url, ways: [...ways] }, compose)
  if (sentBy.length === 0) return []
  await savePaymentLink(tx, link.id, { ways: [...new Set([...link.ways, ...sentBy])] })
  await recordEvents(tx, ctx, [{ name: 'payment_link.changed', subject: { type: 'payment_link', id: link.id }, patientId: invoice.patient_id, branchId: invoice.branch_id, details: { sentBy } }])
  return sentBy
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
