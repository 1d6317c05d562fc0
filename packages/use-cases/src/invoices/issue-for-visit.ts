import type { VisitBill } from '@yoman/db/invoices/bill'
import { loadVisitBill } from '@yoman/db/invoices/bill'
import { loadVatRates } from '@yoman/db/invoices/issue'
import { paymentOf, receiptPayments } from '@yoman/db/invoices/payment'
import type { Tx } from '@yoman/db/database'
import { isDeferred } from '@yoman/domain/invoices/cheques'
import { amountDue, issueForVisit } from '@yoman/domain/invoices/issue-for-visit'
import type { InvoiceReference } from '@yoman/domain/invoices/invoice'
import { costOfAll } from '@yoman/domain/invoices/discount'
import { partBill, requireOwnPart } from '@yoman/domain/invoices/payer-parts'
import { sumOf } from '@yoman/domain/money/agorot'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { transact } from '../transact.ts'
import { issueReceipts } from './issue-receipts.ts'
import { aboutVisit } from './around-documents.ts'
import { billParts } from './bill-parts.ts'
import { ownLines } from './billed-lines.ts'
import { deductAdvances } from './deduct.ts'
import type { MoneyText } from './take-advance.ts'
import { writeDocument } from './write-document.ts'

/**
 * Issues the document of a finished visit, once: paid it is an invoice-receipt (320), unpaid a transaction invoice (300),
 * paid in part, in advance or by a cheque for a later day, a 300 that deducts what came before, with the receipts of what waited. Others who pay a part of it have a 300 each. @returns the id of the visit's document, also where it had one before.
 * Refuses `status_change_not_allowed` (the visit is not completed, or its note not signed), `nothing_to_bill` and `payer_parts_too_large`.
 */
export function issueInvoiceForVisit(ctx: Context, appointmentId: string, text: MoneyText): Promise<string> {
  allow(ctx.actor, 'invoice.write')
  return transact(ctx, async (tx) => {
    const bill = await loadVisitBill(tx, appointmentId, { lock: true })
    if (!bill) throw new NotFound('appointment')
    if (bill.invoiceId !== null) return bill.invoiceId
    if (bill.status !== 'completed' || bill.encounterStatus === 'draft') throw new Refusal('status_change_not_allowed', { status: bill.status })
    return billVisit(tx, ctx, bill, text, null)
  })
}

/**
 * Writes the document of a visit, and of whoever else pays a part of it, deducts what came in advance, and receipts the money that waited for it. `anew`: the id and the credit note
 * of a visit that is billed a second time, which is always a transaction invoice. @returns the document's id.
 */
export async function billVisit(tx: Tx, ctx: Context, bill: VisitBill, text: MoneyText, anew: { id: string; credit: InvoiceReference & { id: string } } | null): Promise<string> {
  const vatRates = await loadVatRates(tx)
  const taxPoint = dateIn(bill.zone, ctx.now)
  const payments = bill.payments.filter((payment) => payment.invoice_id === null).map((payment) => paymentOf(payment, bill.zone))
  requireOwnPart(bill.lines, bill.parts, 0)
  const parted = partBill(bill.lines, bill.parts)
  // Before the visit's own: the number of a 300 is locked before that of a 320, as everywhere.
  await billParts(tx, ctx, bill, parted.parts, text)
  const lines = ownLines(parted.own, (...line) => text.ofPart(bill.language, ...line))
  const total = costOfAll(lines)
  const isWhole = anew === null && payments.length > 0 && sumOf(payments.map((payment) => payment.amount)) >= amountDue(total, payments) && !payments.some((payment) => isDeferred(payment, taxPoint))

  const draft = { ...issueForVisit({ lines, payments: isWhole ? payments : [], vatRates, taxPoint }), basedOn: anew?.credit ?? null }
  const document = await writeDocument(tx, ctx, draft, { ...aboutVisit(bill, anew?.credit.id ?? null), ...(anew ? { id: anew.id } : {}) })
  if (isWhole) {
    await receiptPayments(tx, payments.map(({ id }) => id), document.id)
    return document.id
  }
  const receivedBefore = await deductAdvances(tx, ctx, { id: document.id, patient_id: bill.patientId, branch_id: bill.branchId }, { appointmentId: bill.appointmentId, organisationId: bill.payer.organisationId ?? null, total })
  const request = { ...draft, number: document.number, issuedOn: taxPoint }
  const settlement = { request, receivedBefore, payments, vatRates, onAccount: text.onAccount(bill.language, document.number) }
  for (const receipt of await issueReceipts(tx, ctx, settlement, taxPoint, aboutVisit(bill, document.id))) await receiptPayments(tx, receipt.paymentIds, receipt.id)
  return document.id
}
