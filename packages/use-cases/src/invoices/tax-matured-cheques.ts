import { findInvoice, findInvoiceLines, loadVatRates, lockInvoice } from '@yoman/db/invoices/issue'
import { findMaturedCheques, findPayments, isSettled, type MaturedCheque, paymentOf } from '@yoman/db/invoices/payment'
import { zoneOfBranch } from '@yoman/db/invoices/around'
import { taxInvoiceAtMaturity } from '@yoman/domain/invoices/cheques'
import type { Context } from '../context.ts'
import { read, transact } from '../transact.ts'
import { aboutSettled, lineOf } from './around-documents.ts'
import type { MoneyText } from './take-advance.ts'
import { writeDocument } from './write-document.ts'

export type { MaturedCheque }

/** Cheques whose day has come and that wait for their tax invoice, the earliest first; those behind `after`, `atOnce` at most. */
export const maturedCheques = (ctx: Context, after: MaturedCheque | null = null, atOnce = 100): Promise<MaturedCheque[]> => read(ctx, (db) => findMaturedCheques(db, ctx.now, after, atOnce))

/**
 * Writes the tax invoice (305) of a cheque whose day has come, once, and none of one that is gone: the receipt is locked, and what another
 * worker or the desk wrote meanwhile is seen; a crash leaves nothing, or all of it. @returns whether it was written.
 */
export function taxMaturedCheque(ctx: Context, { paymentId, receiptId }: Pick<MaturedCheque, 'paymentId' | 'receiptId'>, text: MoneyText): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const receipt = await lockInvoice(tx, receiptId)
    const request = receipt?.based_on_id ? await findInvoice(tx, receipt.based_on_id) : undefined
    if (!receipt || !(request?.kind === '300' || receipt.advance) || (await isSettled(tx, paymentId))) return false
    const zone = await zoneOfBranch(tx, receipt.branch_id)
    const [cheque] = (await findPayments(tx, [paymentId])).map((row) => paymentOf(row, zone))
    if (!cheque) return false
    const receiptLines = (await findInvoiceLines(tx, receipt.id)).map(lineOf)
    const draft = taxInvoiceAtMaturity({
      receipt: { kind: receipt.kind, number: receipt.number, issuedOn: receipt.issued_on },
      // One that came in advance says what its receipt says: the visit was not billed yet.
      request: request ? { total: request.total_agorot, lines: (await findInvoiceLines(tx, request.id)).map(lineOf) } : { total: receipt.total_agorot, lines: receiptLines },
      cheque, vatRates: await loadVatRates(tx), onAccount: request ? text.onAccount(request.language, request.number) : (receiptLines[0]?.description ?? ''),
    })
    await writeDocument(tx, ctx, draft, { ...aboutSettled(receipt, zone), chequeId: paymentId })
    return true
  })
}
