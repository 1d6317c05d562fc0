import { isDeepStrictEqual } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import { loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { loadCashLimits, lockDeal } from '@yoman/db/invoices/deal'
import { chequeDebt, findInvoice, findInvoiceLines, type InvoiceRow, loadVatRates, lockInvoice, receivedOn } from '@yoman/db/invoices/issue'
import { factColumns, findPayments, insertPayments, type PaymentRow, paymentOf } from '@yoman/db/invoices/payment'
import { zoneOfDesk } from '@yoman/db/cash-desk/queries'
import { zoneOfBranch } from '@yoman/db/invoices/around'
import type { Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { receiptForDebt } from '@yoman/domain/invoices/cheques'
import { amountDue } from '@yoman/domain/invoices/issue-for-visit'
import type { Payment } from '@yoman/domain/invoices/invoice'
import { requireMeans } from '@yoman/domain/invoices/means'
import { costOfAll } from '@yoman/domain/invoices/discount'
import { ownCost } from '@yoman/domain/invoices/payer-parts'
import { sumOf } from '@yoman/domain/money/agorot'
import { cashLimitOn, requireLawfulCash } from '@yoman/domain/money/cash'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { endAsking } from '../debts/settled.ts'
import { wakeLinksOf } from '../payment-links/wake.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { aboutSettled, lineOf } from './around-documents.ts'
import { issueReceipts, type Receipt } from './issue-receipts.ts'
import { fixPayer, type MoneyText, takeAdvance } from './take-advance.ts'
import { writeDocument } from './write-document.ts'

/** One means of a payment; its id is made by the client: sent twice it is one. */
export type Means = Omit<Payment, 'receivedOn'> & { id: string }

export interface PaymentRequest {
  appointmentId: string | null
  invoiceId: string | null
  /** Whose desk takes the money; the visit's branch where nobody says. */
  takenAt?: string | null
  /** At least one; all of them are taken, or none. */
  means: readonly Means[]
}

/** Money to be written down: at a desk, or by the provider of a payment link. */
export type Taking = Pick<PaymentRequest, 'means' | 'takenAt'> & { linkMoneyId?: string }

/**
 * Money received, by one or several means. On the day of a visit without a document it waits for that; before, and on a transaction invoice, its
 * receipts are issued at once, since a receipt is due when money is taken: an invoice-receipt, and a receipt for cheques of later days.
 * @returns the receipts' ids, none while the money waits.
 * Refuses `already_paid`, `payment_exceeds_balance`, `cash_over_legal_limit`, `nothing_to_bill`, `reference_unknown`, `id_taken`, and what `requireMeans` refuses.
 */
export function recordPayment(ctx: Context, request: PaymentRequest, text: MoneyText): Promise<{ receiptIds: string[] }> {
  const { invoiceId, appointmentId, takenAt = null } = request
  if (takenAt === null) allow(ctx.actor, 'invoice.write')
  else allowIn(ctx.actor, 'invoice.write', takenAt)
  return transact(ctx, async (tx) => {
    // The locks come before the look for an earlier try: of one payment sent twice at once, the second finds the first.
    if (invoiceId !== null) await lockInvoice(tx, invoiceId)
    const bill = invoiceId === null && appointmentId !== null ? await loadVisitBill(tx, appointmentId, { lock: true }) : undefined
    const known = await findPayments(tx, request.means.map(({ id }) => id))
    if (known.length > 0) return sameAs(tx, ctx, known, request)
    if (takenAt !== null && (await zoneOfDesk(tx, takenAt)) === undefined) throw new Refusal('reference_unknown')
    if (invoiceId !== null) return { receiptIds: await settle(tx, ctx, request, invoiceId, text) }
    if (appointmentId === null) throw new Refusal('reference_unknown')
    if (!bill) throw new NotFound('appointment')
    if (bill.invoiceId !== null) return { receiptIds: await settle(tx, ctx, request, bill.invoiceId, text) }
    return { receiptIds: await prepay(tx, ctx, request, bill, text) }
  })
}

/** A repeated request finds its own payments, all of them. */
async function sameAs(tx: Tx, ctx: Context, known: readonly PaymentRow[], request: PaymentRequest): Promise<{ receiptIds: string[] }> {
  if (known.length !== request.means.length) throw new Refusal('id_taken')
  for (const row of known) {
    const means = request.means.find(({ id }) => id === row.id)
    if (!means || row.received_by !== ctx.actor.staffId || !isSame(row, means) || !(await isFor(tx, row, request))) throw new Refusal('id_taken')
  }
  return { receiptIds: [...new Set(known.flatMap(({ invoice_id }) => (invoice_id === null ? [] : [invoice_id])))] }
}

function isSame(row: PaymentRow, means: Means): boolean {
  const { method, amount, reference, cheque, card } = paymentOf(row, 'UTC')
  const plain = (of: Pick<Means, 'cheque' | 'card'>) => ({ cheque: of.cheque ? { ...of.cheque, dueOn: of.cheque.dueOn.toString() } : null, card: of.card ?? null })
  return method === means.method && amount === means.amount && reference === means.reference && isDeepStrictEqual(plain({ cheque: cheque ?? null, card: card ?? null }), plain(means))
}

/** Whether a payment was taken for what the request names: money for one visit is not money for another. */
async function isFor(tx: Tx, known: PaymentRow, { appointmentId, invoiceId }: PaymentRequest): Promise<boolean> {
  if (invoiceId === null) return known.appointment_id === appointmentId
  const receipt = known.invoice_id === null ? undefined : await findInvoice(tx, known.invoice_id)
  return receipt?.based_on_id === invoiceId
}

/** For a visit without a document, which the caller holds: as `recordPayment`. */
export async function prepay(tx: Tx, ctx: Context, { means, takenAt = null, linkMoneyId }: Taking, bill: VisitBill, text: MoneyText): Promise<string[]> {
  const total = costOfAll(bill.lines)
  const own = ownCost(bill.lines, bill.parts)
  if (own === 0) throw new Refusal('nothing_to_bill')
  const today = dateIn(bill.zone, ctx.now)
  const taken = takenOn(means, today)
  const waiting = bill.payments.filter(({ invoice_id: receipt }) => receipt === null).map((payment) => paymentOf(payment, bill.zone))
  const payments = [...waiting, ...taken]
  const due = own - bill.advanceLeft
  if (sumOf(payments.map((payment) => payment.amount)) > amountDue(due, payments)) throw new Refusal('payment_exceeds_balance')
  await requireLawful(tx, taken, bill.appointmentId, total, today)
  // On its day the visit's own document follows within hours; who pays earlier has a receipt now, and the VAT is of now.
  const isEarly = Temporal.PlainDate.compare(today, dateIn(bill.zone, bill.startsAt)) < 0
  const receipts = isEarly ? await takeAdvance(tx, ctx, bill, { payments: taken, due: due - sumOf(waiting.map(({ amount }) => amount)), taxPoint: today }, text) : []
  if (!isEarly) await fixPayer(tx, ctx, bill)
  await write(tx, ctx, means, { patientId: bill.patientId, branchId: bill.branchId, appointmentId: bill.appointmentId, settledId: null, takenAt, linkMoneyId, receiptOf: receiptOf(receipts) })
  return receipts.map(({ id }) => id)
}

/** On a transaction invoice, or in the stead of a cheque that is gone: as `recordPayment`. @returns the receipts' ids. */
export async function settle(tx: Tx, ctx: Context, { means, takenAt = null, linkMoneyId }: Taking, invoiceId: string, text: MoneyText): Promise<string[]> {
  const invoice = await lockInvoice(tx, invoiceId)
  if (!invoice) throw new Refusal('reference_unknown')
  const isVoucher = invoice.kind === '410' && invoice.cheque_id !== null
  if (invoice.kind !== '300' && !isVoucher) throw new Refusal('already_paid')
  const zone = await zoneOfBranch(tx, invoice.branch_id)
  const today = dateIn(zone, ctx.now)
  const payments = takenOn(means, today)
  // The plan before the numbers of documents, as for money before its visit: two visits of one plan do not wait in a ring.
  await requireLawful(tx, payments, invoice.appointment_id, invoice.total_agorot, today)
  const receipts = isVoucher ? await receiptInStead(tx, ctx, invoice, payments, { zone, text }) : await receiptRequest(tx, ctx, invoice, payments, { zone, today, text })
  await write(tx, ctx, means, { patientId: invoice.patient_id, branchId: invoice.branch_id, appointmentId: invoice.appointment_id, settledId: invoice.id, takenAt, linkMoneyId, receiptOf: receiptOf(receipts) })
  return receipts.map(({ id }) => id)
}

async function receiptRequest(tx: Tx, ctx: Context, invoice: InvoiceRow, payments: readonly (Payment & { id: string })[], { zone, today, text }: { zone: string; today: PlainDate; text: MoneyText }): Promise<Receipt[]> {
  const [lines, receivedBefore, vatRates] = [await findInvoiceLines(tx, invoice.id), await receivedOn(tx, invoice.id), await loadVatRates(tx)]
  const request = { kind: invoice.kind, number: invoice.number, issuedOn: invoice.issued_on, total: invoice.total_agorot, lines: lines.map(lineOf) }
  return issueReceipts(tx, ctx, { request, receivedBefore, vatRates, payments, onAccount: text.onAccount(invoice.language, invoice.number) }, today, aboutSettled(invoice, zone))
}

/** Money in the stead of a taxed cheque that is gone: a receipt, whose VAT was declared with the cheque's. */
async function receiptInStead(tx: Tx, ctx: Context, voucher: InvoiceRow, payments: readonly (Payment & { id: string })[], { zone, text }: { zone: string; text: MoneyText }): Promise<Receipt[]> {
  const draft = receiptForDebt({ voucher: { kind: voucher.kind, number: voucher.number, issuedOn: voucher.issued_on }, debt: await chequeDebt(tx, voucher.id), payments, onAccount: text.inStead(voucher.language, voucher.number) })
  return [{ ...(await writeDocument(tx, ctx, draft, aboutSettled(voucher, zone))), paymentIds: payments.map(({ id }) => id) }]
}

const receiptOf = (receipts: readonly Receipt[]) => (paymentId: string): string | null => receipts.find(({ paymentIds }) => paymentIds.includes(paymentId))?.id ?? null

const takenOn = (means: readonly Means[], receivedOn: PlainDate): (Payment & { id: string })[] =>
  means.map((one) => {
    const payment = { ...one, receivedOn }
    requireMeans(payment, receivedOn)
    return payment
  })

/** The limit on cash counts over the whole deal: the treatment plan of the visit, with all that was taken for it. */
async function requireLawful(tx: Tx, payments: readonly Payment[], appointmentId: InvoiceRow['appointment_id'], total: number, today: PlainDate): Promise<void> {
  const cash = sumOf(payments.filter(({ method }) => method === 'cash').map(({ amount }) => amount))
  if (cash === 0) return
  const deal = appointmentId === null ? { least: total, most: total, cashBefore: 0 } : await lockDeal(tx, appointmentId, total)
  requireLawfulCash(deal, cash, cashLimitOn(await loadCashLimits(tx), today))
}

interface Taken {
  patientId: string
  branchId: string
  appointmentId: string | null
  /** The document that the money settles. */
  settledId: string | null
  takenAt: string | null
  linkMoneyId: string | undefined
  receiptOf: (paymentId: string) => string | null
}

async function write(tx: Tx, ctx: Context, means: readonly Means[], { patientId, branchId, appointmentId, settledId, takenAt, linkMoneyId, receiptOf }: Taken): Promise<void> {
  allowIn(ctx.actor, 'invoice.write', takenAt ?? branchId) // whoever names no desk puts it into the visit's, which may be another's
  await insertPayments(tx, means.map((one) => ({
    clinic_id: ctx.clinicId, id: one.id, patient_id: patientId, appointment_id: appointmentId, invoice_id: receiptOf(one.id),
    method: one.method, amount_agorot: one.amount, reference: one.reference, received_at: ctx.now, received_by: ctx.actor.staffId, branch_id: takenAt, link_money_id: linkMoneyId ?? null, ...factColumns(one),
  })))
  await recordEvents(tx, ctx, means.map((one) => ({ name: 'payment.recorded' as const, subject: { type: 'payment' as const, id: one.id }, patientId, branchId, details: { method: one.method, amountAgorot: one.amount, receipt: receiptOf(one.id) } })))
  await endAsking(tx, ctx, patientId)
  if (settledId !== null) await wakeLinksOf(tx, ctx, { invoiceId: settledId })
}
