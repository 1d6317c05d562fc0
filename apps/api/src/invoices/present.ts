import type { Bill, Invoice, InvoiceSummary, Payment } from '@yoman/contract/invoices'
import type { PaymentRow, VisitBill } from '@yoman/db/invoices/bill'
import type { ListedInvoice } from '@yoman/db/invoices/lists'
import { sumOf } from '@yoman/domain/money/agorot'
import type { WholeInvoice } from '@yoman/use-cases/invoices/read-invoices'

export const presentSummary = ({ givenName, familyName, givenNameLatin, familyNameLatin, patientId, issuedAt, issuedOn, ...row }: ListedInvoice): InvoiceSummary => ({
  ...row,
  patient: { id: patientId, givenName, familyName, givenNameLatin, familyNameLatin },
  issuedAt: issuedAt.toString(),
  issuedOn: issuedOn.toString(),
})

export const presentPayment = (row: PaymentRow): Payment => ({
  id: row.id, patientId: row.patient_id, appointmentId: row.appointment_id, invoiceId: row.invoice_id,
  method: row.method, amountAgorot: row.amount_agorot, reference: row.reference, receivedAt: row.received_at.toString(),
})

export const presentInvoice = ({ summary, document: { row, invoice }, payments }: WholeInvoice): Invoice => ({
  ...presentSummary(summary),
  language: row.language,
  vatBasisPoints: invoice.vatBasisPoints,
  netAgorot: invoice.net,
  vatAgorot: invoice.vat,
  originalMade: row.original_made_at !== null,
  lines: invoice.lines.map((line, index) => ({ line: index + 1, description: line.description, quantity: line.quantity, unitPriceAgorot: line.unitPrice, totalAgorot: line.total })),
  payments: payments.map(presentPayment),
})

export function presentBill(bill: VisitBill, invoice: ListedInvoice | null): Bill {
  const total = sumOf(bill.lines.map((line) => line.quantity * line.unitPrice))
  const paid = sumOf(bill.payments.map((payment) => payment.amount_agorot))
  return {
    appointmentId: bill.appointmentId,
    patientId: bill.patientId,
    lines: bill.lines.map((line) => ({ description: line.description, quantity: line.quantity, unitPriceAgorot: line.unitPrice, totalAgorot: line.quantity * line.unitPrice })),
    totalAgorot: total,
    paidAgorot: paid,
    // Cash may be rounded by a few agorot; a settled document says so better than a sum.
    balanceAgorot: invoice === null ? Math.max(total - paid, 0) : invoice.balanceAgorot,
    payments: bill.payments.map(presentPayment),
    invoice: invoice && presentSummary(invoice),
  }
}
