import { loadVisitBill, type PaymentRow, type VisitBill } from '@yoman/db/invoices/bill'
import { findInvoice, findInvoiceLines, findPayment, insertPayment, type InvoiceRow, loadVatRates, lockInvoice, receivedOn } from '@yoman/db/invoices/issue'
import { zoneOfBranch } from '@yoman/db/invoices/around'
import type { Tx } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import { amountDue, issueForPayment } from '@yoman/domain/invoices/issue-for-visit'
import type { PaymentMethod } from '@yoman/domain/invoices/invoice'
import { sumOf } from '@yoman/domain/money/agorot'
import { mostInCash, roundCash } from '@yoman/domain/money/cash'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { asPayment, type OnAccount } from './issue-for-visit.ts'
import { writeDocument } from './write-document.ts'

export interface PaymentRequest {
  /** Made by the client: sent twice it is one payment. */
  id: string
  appointmentId: string | null
  invoiceId: string | null
  method: PaymentMethod
  amount: number
  reference: string
}

/**
 * Money received. For a visit without a document it waits for it; on a transaction invoice it issues the invoice-receipt at
 * once, since a receipt is due when money is taken. @returns the receipt's id, null while it waits.
 * Refuses `already_paid`, `payment_exceeds_balance`, `cash_over_legal_limit`, `nothing_to_bill`, `reference_unknown`, `id_taken`.
 */
export function recordPayment(ctx: Context, request: PaymentRequest, onAccount: OnAccount): Promise<{ receiptId: string | null }> {
  allow(ctx.actor, 'invoice.write')
  const { invoiceId, appointmentId } = request
  return transact(ctx, async (tx) => {
    // The locks come before the look for an earlier try: of one payment sent twice at once, the second finds the first.
    if (invoiceId !== null) await lockInvoice(tx, invoiceId)
    const bill = invoiceId === null && appointmentId !== null ? await loadVisitBill(tx, appointmentId, true) : undefined
    const known = await findPayment(tx, request.id)
    if (known) return sameAs(tx, ctx, known, request)
    if (invoiceId !== null) return { receiptId: await settle(tx, ctx, request, invoiceId, onAccount) }
    if (appointmentId === null) throw new Refusal('reference_unknown')
    if (!bill) throw new NotFound('appointment')
    if (bill.invoiceId !== null) return { receiptId: await settle(tx, ctx, request, bill.invoiceId, onAccount) }
    await prepay(tx, ctx, request, bill)
    return { receiptId: null }
  })
}

/** A repeated request finds its own payment. */
async function sameAs(tx: Tx, ctx: Context, known: PaymentRow, request: PaymentRequest): Promise<{ receiptId: string | null }> {
  const same = known.amount_agorot === request.amount && known.method === request.method && known.received_by === ctx.actor.staffId
  if (!same || !(await isFor(tx, known, request))) throw new Refusal('id_taken')
  return { receiptId: known.invoice_id }
}

/** Whether a payment was taken for what the request names: money for one visit is not money for another. */
async function isFor(tx: Tx, known: PaymentRow, { appointmentId, invoiceId }: PaymentRequest): Promise<boolean> {
  if (invoiceId === null) return known.appointment_id === appointmentId
  const receipt = known.invoice_id === null ? undefined : await findInvoice(tx, known.invoice_id)
  return receipt?.based_on_id === invoiceId
}

async function prepay(tx: Tx, ctx: Context, request: PaymentRequest, bill: VisitBill): Promise<void> {
  const total = sumOf(bill.lines.map((line) => line.quantity * line.unitPrice))
  if (total === 0) throw new Refusal('nothing_to_bill')
  const payments = [...bill.payments, { method: request.method, amount_agorot: request.amount, received_at: ctx.now, reference: '' }].map((payment) => asPayment(payment, bill.zone))
  if (sumOf(payments.map((payment) => payment.amount)) > amountDue(total, payments)) throw new Refusal('payment_exceeds_balance')
  const cash = sumOf(payments.filter((payment) => payment.method === 'cash').map((payment) => payment.amount))
  if (cash > roundCash(mostInCash(total))) throw new Refusal('cash_over_legal_limit', { most: mostInCash(total) })
  await write(tx, ctx, request, { patientId: bill.patientId, branchId: bill.branchId, appointmentId: bill.appointmentId, receiptId: null })
}

async function settle(tx: Tx, ctx: Context, request: PaymentRequest, invoiceId: string, onAccount: OnAccount): Promise<string> {
  const invoice = await lockInvoice(tx, invoiceId)
  if (!invoice) throw new Refusal('reference_unknown')
  if (invoice.kind !== '300') throw new Refusal('already_paid')
  const zone = await zoneOfBranch(tx, invoice.branch_id)
  const today = dateIn(zone, ctx.now)
  const [lines, receivedBefore, vatRates] = [await findInvoiceLines(tx, invoiceId), await receivedOn(tx, invoiceId), await loadVatRates(tx)]
  const draft = issueForPayment({
    request: {
      kind: '300', number: invoice.number, issuedOn: invoice.issued_on, total: invoice.total_agorot,
      lines: lines.map((line) => ({ description: line.description, quantity: line.quantity, unitPrice: line.unit_price_agorot, total: line.total_agorot, priceItemId: line.price_item_id })),
    },
    receivedBefore, vatRates, taxPoint: today, onAccount: onAccount(invoice.language, invoice.number),
    payments: [{ method: request.method, amount: request.amount, receivedOn: today, reference: request.reference }],
  })
  const receipt = await writeDocument(tx, ctx, draft, aboutSettled(invoice, zone))
  await write(tx, ctx, request, { patientId: invoice.patient_id, branchId: invoice.branch_id, appointmentId: invoice.appointment_id, receiptId: receipt.id })
  return receipt.id
}

const aboutSettled = (invoice: InvoiceRow, zone: string) => ({
  patientId: invoice.patient_id, branchId: invoice.branch_id, zone, language: invoice.language,
  appointmentId: invoice.appointment_id, encounterId: invoice.encounter_id, basedOnId: invoice.id,
  // Business and payer as they stood on the request that is being paid.
  business: invoice.business, payer: invoice.payer,
})

async function write(tx: Tx, ctx: Context, request: PaymentRequest, to: { patientId: string; branchId: string; appointmentId: string | null; receiptId: string | null }): Promise<void> {
  await insertPayment(tx, {
    clinic_id: ctx.clinicId, id: request.id, patient_id: to.patientId, appointment_id: to.appointmentId, invoice_id: to.receiptId,
    method: request.method, amount_agorot: request.amount, reference: request.reference, received_at: ctx.now, received_by: ctx.actor.staffId,
  })
  await recordEvents(tx, ctx, [{ name: 'payment.recorded', subject: { type: 'payment', id: request.id }, patientId: to.patientId, branchId: to.branchId, details: { method: request.method, amountAgorot: request.amount, receipt: to.receiptId } }])
}
