import { v7 as uuid } from 'uuid'
import { loadVisitBill } from '@yoman/db/invoices/bill'
import { findInvoice, lockInvoice } from '@yoman/db/invoices/issue'
import { lockPaymentLink, type PaymentLinkRow, savePaymentLink } from '@yoman/db/payment-links/links'
import { findLinkMoney, findMoneyOf, type LinkMoneyRow, lockLinkMoney, saveLinkMoney } from '@yoman/db/payment-links/money'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { type Means, prepay, settle } from '../invoices/record-payment.ts'
import type { MoneyText } from '../invoices/take-advance.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

/** Taken for a document or a visit of the patient, as any money is; or given back by hand at the provider, with a word about it. */
export type MoneyDecision = { decision: 'document'; invoiceId: string } | { decision: 'visit'; appointmentId: string } | { decision: 'returned'; reason: string }

/**
 * What becomes of money that came by a link and is not what was asked for. Refuses `link_money_settled` (somebody decided), `link_money_not_shekels`,
 * `reference_unknown` (no document or visit of this patient), and what `recordPayment` refuses.
 */
export async function decideOnMoney(ctx: Context, moneyId: string, decision: MoneyDecision, text: MoneyText): Promise<void> {
  allow(ctx.actor, 'payment_link.write')
  const { staffId } = ctx.actor
  if (staffId === null) throw new Error('a decision has a person behind it')
  await transact(ctx, async (tx) => {
    // Documents and visits before links and their money, as everywhere.
    const bill = decision.decision === 'visit' ? await loadVisitBill(tx, decision.appointmentId, { lock: true }) : undefined
    const documentId = decision.decision === 'document' ? decision.invoiceId : (bill?.invoiceId ?? null)
    if (documentId !== null) await lockInvoice(tx, documentId)
    const { money, link, asked } = await found(tx, moneyId)
    allowIn(ctx.actor, 'payment_link.write', asked.branch_id)
    if (money.state !== 'different') throw new Refusal('link_money_settled')
    const reason = decision.decision === 'returned' ? decision.reason : ''
    await saveLinkMoney(tx, moneyId, { state: decision.decision === 'returned' ? 'returned' : 'taken', decided_at: ctx.now, decided_by: staffId, reason })
    await closeCase(tx, link, decision)
    if (decision.decision === 'document') {
      if ((await findInvoice(tx, decision.invoiceId))?.patient_id !== asked.patient_id) throw new Refusal('reference_unknown')
      await settle(tx, ctx, { means: [meansOf(money)], linkMoneyId: moneyId }, decision.invoiceId, text)
    } else if (decision.decision === 'visit') {
      if (bill?.patientId !== asked.patient_id) throw new Refusal('reference_unknown')
      const taking = { means: [meansOf(money)], linkMoneyId: moneyId }
      if (bill.invoiceId !== null) await settle(tx, ctx, taking, bill.invoiceId, text)
      else await prepay(tx, ctx, taking, bill, text)
    }
    await recordEvents(tx, ctx, [{ name: 'payment_link.changed', subject: { type: 'payment_link', id: link.id }, patientId: asked.patient_id, branchId: asked.branch_id, details: { decision: decision.decision } }])
  })
}

/** A link whose money was different is over when somebody has decided about the last of it. */
async function closeCase(tx: Tx, link: PaymentLinkRow, { decision }: MoneyDecision): Promise<void> {
  const isWaiting = (await findMoneyOf(tx, link.id)).some(({ state }) => state === 'different' || state === 'heard')
  if (link.state === 'different' && !isWaiting) await savePaymentLink(tx, link.id, { state: decision === 'returned' ? 'cancelled' : 'paid' })
}

async function found(tx: Tx, moneyId: string) {
  const linkId = (await findLinkMoney(tx, moneyId))?.link_id
  const link = linkId === undefined ? undefined : await lockPaymentLink(tx, linkId)
  const [asked, money] = [link && (await findInvoice(tx, link.invoice_id)), link && (await lockLinkMoney(tx, moneyId))]
  if (!link || !asked || !money) throw new NotFound('payment_link')
  return { link, asked, money }
}

/** Money of a link as a means of payment. Throws `link_money_not_shekels`. */
export function meansOf({ amount_agorot: amount, currency, method, approval, transaction_id, last_four, brand, instalments }: LinkMoneyRow): Means {
  if (amount === null || amount <= 0 || currency !== 'ILS' || method === null) throw new Refusal('link_money_not_shekels')
  return { id: uuid(), method, amount, reference: approval || transaction_id, cheque: null, card: method === 'card' ? { brand, lastFour: last_four, instalments: instalments ?? 1 } : null }
}
