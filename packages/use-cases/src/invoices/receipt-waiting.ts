import { loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { findVisitsWithWaitingMoney, paymentOf, receiptPayments } from '@yoman/db/invoices/payment'
import type { Payment } from '@yoman/domain/invoices/invoice'
import { amountDue } from '@yoman/domain/invoices/issue-for-visit'
import { ownCost } from '@yoman/domain/invoices/payer-parts'
import { sumOf } from '@yoman/domain/money/agorot'
import { dateIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read, transact } from '../transact.ts'
import { type MoneyText, takeAdvance } from './take-advance.ts'

/** Visits without a document whose money came on a day that is over, in the order of their ids, those behind `after`; `atOnce` at most. */
export const visitsWithWaitingMoney = (ctx: Context, after: string | null, atOnce: number): Promise<string[]> => read(ctx, (db) => findVisitsWithWaitingMoney(db, ctx.now, after, atOnce))

/**
 * Receipts the money of a visit that waited for its document past the day on which it came, as an advance of that day: a receipt is due
 * when money is taken, and a visit may be signed days later, or never. Once: the visit is locked. @returns whether there was any.
 */
export async function receiptWaitingMoney(ctx: Context, appointmentId: string, text: MoneyText): Promise<boolean> {
  let receipted = false
  // Each day by itself: two days of one transaction would take the numbers of their kinds crosswise.
  while (await receiptFirstDay(ctx, appointmentId, text)) receipted = true
  return receipted
}

function receiptFirstDay(ctx: Context, appointmentId: string, text: MoneyText): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const bill = await loadVisitBill(tx, appointmentId, { lock: true })
    if (!bill || bill.invoiceId !== null) return false
    const today = dateIn(bill.zone, ctx.now)
    const waiting = bill.payments.filter(({ invoice_id: receipt }) => receipt === null).map((row) => paymentOf(row, bill.zone))
    const day = waiting.find(({ receivedOn }) => !receivedOn.equals(today))?.receivedOn
    if (day === undefined) return false
    const payments = waiting.filter(({ receivedOn }) => receivedOn.equals(day))
    const others = sumOf(waiting.filter(({ receivedOn }) => !receivedOn.equals(day)).map(({ amount }) => amount))
    const receipts = await takeAdvance(tx, ctx, bill, { payments, due: dueFor(bill, payments, others), taxPoint: day }, text)
    for (const { id, paymentIds } of receipts) await receiptPayments(tx, paymentIds, id)
    return true
  })
}

/** What the visit costs its payer less what came otherwise, where this money settles it but for the rounding of cash; else, whatever the visit costs: what was taken is receipted as it was taken. */
function dueFor(bill: VisitBill, payments: readonly Payment[], others: number): number {
  const received = sumOf(payments.map(({ amount }) => amount))
  const due = ownCost(bill.lines, bill.parts) - bill.advanceLeft - others
  return received === amountDue(due, payments) ? due : received
}
