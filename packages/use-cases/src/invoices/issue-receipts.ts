import type { Tx } from '@yoman/db/database'
import { byMaturity, receiptForCheques } from '@yoman/domain/invoices/cheques'
import type { Payment } from '@yoman/domain/invoices/invoice'
import { issueForPayment, type Settlement } from '@yoman/domain/invoices/issue-for-visit'
import { sumOf } from '@yoman/domain/money/agorot'
import type { PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { type About, type Written, writeDocument } from './write-document.ts'

export interface Receipt extends Written {
  paymentIds: string[]
}

/**
 * The documents for money on a transaction invoice: a receipt (400) for cheques of later days, an invoice-receipt (320) for the rest.
 * Nothing is written of the payments themselves. Refuses what `issueForPayment` and `receiptForCheques` refuse.
 */
export async function issueReceipts(tx: Tx, ctx: Context, settlement: Omit<Settlement, 'taxPoint' | 'payments'> & { payments: readonly (Payment & { id: string })[] }, today: PlainDate, about: About): Promise<Receipt[]> {
  const { request, receivedBefore, vatRates, onAccount } = settlement
  const [now, later] = byMaturity(settlement.payments, today)
  const receipts: Receipt[] = []
  // The 400 before the 320, wherever both are written: the numbers of both are locked until the transaction ends.
  if (later.length > 0) {
    const draft = receiptForCheques({ request, receivedBefore, payments: later, onAccount })
    receipts.push({ ...(await writeDocument(tx, ctx, draft, about)), paymentIds: later.map(({ id }) => id) })
  }
  if (now.length > 0) {
    const draft = issueForPayment({ request, receivedBefore: receivedBefore + sumOf(later.map(({ amount }) => amount)), payments: now, vatRates, taxPoint: today, onAccount })
    receipts.unshift({ ...(await writeDocument(tx, ctx, draft, about)), paymentIds: now.map(({ id }) => id) })
  }
  return receipts
}
