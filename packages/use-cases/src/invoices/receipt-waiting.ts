import { loadVisitBill } from '@yoman/db/invoices/bill'
import { findVisitsWithWaitingMoney, paymentOf, receiptPayments } from '@yoman/db/invoices/payment'
import { sumOf } from '@yoman/domain/money/agorot'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read, transact } from '../transact.ts'
import { type MoneyText, takeAdvance } from './take-advance.ts'

const atOnce = 100

/** Visits without a document whose money came on a day that is over; a hundred at most. */
export const visitsWithWaitingMoney = (ctx: Context): Promise<string[]> => read(ctx, (db) => findVisitsWithWaitingMoney(db, ctx.now, atOnce))

/**
 * Receipts the money of a visit that waited for its document past the day on which it came, as an advance of that day: a receipt is due
 * when money is taken, and a visit may be signed days later, or never. Once: the visit is locked. @returns whether there was any.
 */
export function receiptWaitingMoney(ctx: Context, appointmentId: string, text: MoneyText): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const bill = await loadVisitBill(tx, appointmentId, true)
    if (!bill || bill.invoiceId !== null) return false
    const today = dateIn(bill.zone, ctx.now)
    const waiting = bill.payments.filter(({ invoice_id: receipt }) => receipt === null).map((row) => paymentOf(row, bill.zone)).filter(({ receivedOn }) => !receivedOn.equals(today))
    for (const day of distinct(waiting.map(({ receivedOn }) => receivedOn))) {
      const payments = waiting.filter(({ receivedOn }) => receivedOn.equals(day))
      // Whatever the visit costs: what was taken is receipted as it was taken.
      const receipts = await takeAdvance(tx, ctx, bill, { payments, due: sumOf(payments.map(({ amount }) => amount)), taxPoint: day }, text)
      for (const { id, paymentIds } of receipts) await receiptPayments(tx, paymentIds, id)
    }
    return waiting.length > 0
  })
}

const distinct = (days: readonly PlainDate[]): PlainDate[] => days.filter((day, index) => days.findIndex((other) => other.equals(day)) === index)
