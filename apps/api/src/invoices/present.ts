import type { Allocation, Bill, Invoice, InvoiceSummary } from '@yoman/contract/invoices'
import type { Payment } from '@yoman/contract/means'
import type { BillLine as LineBody } from '@yoman/contract/discounts'
import type { BillLine } from '@yoman/db/invoices/bill'
import type { ListedInvoice } from '@yoman/db/invoices/lists'
import { chequeOf, type PaymentRow } from '@yoman/db/invoices/payment'
import { costOf, costOfAll } from '@yoman/domain/invoices/discount'
import { amountOf, ownCost, partBill } from '@yoman/domain/invoices/payer-parts'
import { mayBeAllocated, printedDigits } from '@yoman/domain/allocation-numbers/needs'
import { sumOf } from '@yoman/domain/money/agorot'
import type { AllocationStanding } from '@yoman/use-cases/allocation-numbers/read'
import type { WholeBill, WholeInvoice } from '@yoman/use-cases/invoices/read-invoices'
import { moneyHeld } from '@yoman/use-cases/organisations/choose-payer'

export const presentSummary = ({ givenName, familyName, givenNameLatin, familyNameLatin, patientId, issuedAt, issuedOn, ...row }: ListedInvoice): InvoiceSummary => ({
  ...row,
  patient: { id: patientId, givenName, familyName, givenNameLatin, familyNameLatin },
  issuedAt: issuedAt.toString(),
  issuedOn: issuedOn.toString(),
})

export function presentPayment(row: PaymentRow): Payment {
  const cheque = chequeOf(row)
  return {
    id: row.id, patientId: row.patient_id, appointmentId: row.appointment_id, invoiceId: row.invoice_id,
    method: row.method, amountAgorot: row.amount_agorot, reference: row.reference, receivedAt: row.received_at.toString(), byLink: row.link_money_id !== null,
    cheque: cheque && { ...cheque, dueOn: cheque.dueOn.toString() },
    card: row.card_instalments === null ? null : { brand: row.card_brand, lastFour: row.card_last_four, instalments: row.card_instalments },
  }
}

const presentAllocation = ({ row, answers }: AllocationStanding): Allocation => ({
  problem: row.problem, number: row.number, printed: row.number && printedDigits(row.number), reason: row.reason,
  answers: answers.map(({ id, answered_at: at, outcome, code, message, made_by: by }) => ({ id, answeredAt: at.toString(), outcome, code, message, byHand: by !== null })),
})

export const presentInvoice = ({ reassignable, summary, document: { row, invoice }, allocation, payments, refunds, money, refundedBy, creditedPieces, basedOn, followers }: WholeInvoice): Invoice => ({
  ...presentSummary(summary),
  language: row.language,
  vatBasisPoints: invoice.vatBasisPoints,
  netAgorot: invoice.net,
  vatAgorot: invoice.vat,
  originalMade: row.original_made_at !== null,
  lines: invoice.lines.map((line, index) => ({ line: index + 1, description: line.description, quantity: line.quantity, unitPriceAgorot: line.unitPrice, discountAgorot: line.discount ?? 0, totalAgorot: line.total, creditedQuantity: creditedPieces.get(index + 1) ?? 0 })),
  payments: payments.map(presentPayment),
  refunds: refunds.map((one) => ({ id: one.id, branchId: one.branch_id, method: one.method, amountAgorot: one.amount_agorot, reference: one.reference, givenAt: one.given_at.toString() })),
  ...(row.kind === '305' || row.kind === '320' ? { paidAgorot: money.paid, refundedAgorot: money.givenBack } : { paidAgorot: 0, refundedAgorot: 0 }),
  refundedBy: refundedBy.map(({ method, amount }) => ({ method, amountAgorot: amount })),
  reason: row.reason,
  basedOn: basedOn && { id: basedOn.id, kind: basedOn.kind, number: basedOn.number, issuedOn: basedOn.issued_on.toString() },
  deducted: invoice.deducted?.map(({ kind, number, issuedOn, amount }) => ({ kind, number, issuedOn: issuedOn.toString(), amountAgorot: amount })) ?? [],
  allocation: allocation && presentAllocation(allocation),
  allocatable: row.original_made_at === null && summary.allocationState === null && mayBeAllocated({ kind: row.kind, vat: row.vat_agorot, dealerNumber: row.payer.dealerNumber ?? '' }),
  reassignableAgorot: reassignable,
  followers: followers.map((one) => ({ id: one.id, kind: one.kind, number: one.number, issuedOn: one.issued_on.toString(), totalAgorot: one.total_agorot })),
})

export const presentLine = (line: BillLine): LineBody => ({
  procedureId: line.procedureId, description: line.description, quantity: line.quantity, unitPriceAgorot: line.unitPrice, discountAgorot: line.discount, totalAgorot: costOf(line), priceBy: line.priceBy,
  discount: line.given && { basisPoints: 'basisPoints' in line.given.off ? line.given.off.basisPoints : null, reason: line.given.reason, by: line.given.by, byEn: line.given.byEn, at: line.given.at },
})

/** What each part comes to, with its document. */
function presentParts({ bill, ofParts }: WholeBill): Bill['parts'] {
  const { parts } = partBill(bill.lines, bill.parts)
  return bill.parts.map(({ organisationId, name, nameLatin, part, procedureIds, billed, invoiceId, credited }, at) => {
    const document = ofParts.find(({ id }) => id === invoiceId)
    return {
      organisationId, name, nameLatin, part, procedureIds: procedureIds && [...procedureIds], totalAgorot: billed ?? amountOf(parts[at]?.lines ?? []),
      open: invoiceId === null || credited,
      invoice: document ? { id: document.id, number: document.number, balanceAgorot: document.balanceAgorot } : null,
    }
  })
}

export function presentBill(whole: WholeBill): Bill {
  const { bill, invoice, billableAnew, reassigned } = whole
  const own = ownCost(bill.lines, bill.parts)
  const received = (payments: readonly PaymentRow[]): number => sumOf(payments.map((payment) => payment.amount_agorot))
  // Before there is a document, advances count as far as they were not given back; of a request, what it got: payments may be of cheques that are gone, or of a document before it.
  const paid = invoice === null ? moneyHeld(bill) : invoice.kind === '300' ? invoice.totalAgorot - invoice.balanceAgorot - sumOf(reassigned.flatMap((one) => (one.insteadOfId === invoice.id && one.basedOnId === invoice.id ? [one.totalAgorot] : []))) : received(bill.payments)
  return {
    appointmentId: bill.appointmentId,
    patientId: bill.patientId,
    lines: bill.lines.map(presentLine),
    totalAgorot: costOfAll(bill.lines),
    parts: presentParts(whole),
    ownAgorot: own,
    paidAgorot: paid,
    // Cash may be rounded by a few agorot; a settled document says so better than a sum.
    balanceAgorot: invoice === null ? Math.max(own - paid, 0) : invoice.balanceAgorot,
    payments: bill.payments.map(presentPayment),
    reassigned: reassigned.map(({ id, number, totalAgorot, balanceAgorot, organisation }) => ({ id, number, totalAgorot, balanceAgorot, organisationName: organisation?.name ?? null })),
    invoice: invoice && presentSummary(invoice),
    payer: { organisationId: bill.payer.organisationId ?? null, name: bill.payer.name, fixed: (invoice !== null && !billableAnew) || moneyHeld(bill) > 0 },
    billableAnew,
  }
}
