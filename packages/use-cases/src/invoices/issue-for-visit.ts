import type { VisitBill } from '@yoman/db/invoices/bill'
import { loadVisitBill } from '@yoman/db/invoices/bill'
import { loadVatRates } from '@yoman/db/invoices/issue'
import { paymentOf, receiptPayments } from '@yoman/db/invoices/payment'
import type { Tx } from '@yoman/db/database'
import { isDeferred } from '@yoman/domain/invoices/cheques'
import { amountDue, issueForVisit } from '@yoman/domain/invoices/issue-for-visit'
import { sumOf } from '@yoman/domain/money/agorot'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { issueReceipts } from './issue-receipts.ts'
import { type About, writeDocument } from './write-document.ts'

/** Words of a part payment's line, in the document's language. Given by the caller: the use cases know none. */
export type OnAccount = (language: VisitBill['language'], number: number) => string

/**
 * Issues the document of a finished visit, once: paid it is an invoice-receipt (320), unpaid a transaction invoice (300),
 * paid in part, or by a cheque for a later day, a 300 with the receipts of what came in. @returns the id of the visit's document, also where it had one before.
 * Refuses `status_change_not_allowed` (the visit is not completed, or its note not signed) and `nothing_to_bill`.
 */
export function issueInvoiceForVisit(ctx: Context, appointmentId: string, onAccount: OnAccount): Promise<string> {
  allow(ctx.actor, 'invoice.write')
  return transact(ctx, async (tx) => {
    const bill = await loadVisitBill(tx, appointmentId, true)
    if (!bill) throw new NotFound('appointment')
    if (bill.invoiceId !== null) return bill.invoiceId
    if (bill.status !== 'completed' || bill.encounterStatus === 'draft') throw new Refusal('status_change_not_allowed', { status: bill.status })
    return issue(tx, ctx, bill, onAccount)
  })
}

async function issue(tx: Tx, ctx: Context, bill: VisitBill, onAccount: OnAccount): Promise<string> {
  const vatRates = await loadVatRates(tx)
  const taxPoint = dateIn(bill.zone, ctx.now)
  const payments = bill.payments.map((payment) => paymentOf(payment, bill.zone))
  const total = sumOf(bill.lines.map((line) => line.quantity * line.unitPrice))
  const isWhole = payments.length > 0 && sumOf(payments.map((payment) => payment.amount)) >= amountDue(total, payments) && !payments.some((payment) => isDeferred(payment, taxPoint))

  const draft = issueForVisit({ lines: bill.lines, payments: isWhole ? payments : [], vatRates, taxPoint })
  const document = await writeDocument(tx, ctx, draft, aboutVisit(bill, null))
  if (isWhole) {
    await receiptPayments(tx, payments.map(({ id }) => id), document.id)
    return document.id
  }
  const request = { ...draft, number: document.number, issuedOn: taxPoint }
  const settlement = { request, receivedBefore: 0, payments, vatRates, onAccount: onAccount(bill.language, document.number) }
  for (const receipt of await issueReceipts(tx, ctx, settlement, taxPoint, aboutVisit(bill, document.id))) await receiptPayments(tx, receipt.paymentIds, receipt.id)
  return document.id
}

const aboutVisit = (bill: VisitBill, basedOnId: string | null): About => ({
  patientId: bill.patientId, branchId: bill.branchId, zone: bill.zone, language: bill.language, appointmentId: bill.appointmentId, encounterId: bill.encounterId,
  basedOnId, business: bill.business, payer: bill.payer,
})
