import type { VisitBill } from '@yoman/db/invoices/bill'
import { loadVatRates } from '@yoman/db/invoices/issue'
import type { Tx } from '@yoman/db/database'
import { keepVisitPayer } from '@yoman/db/organisations/queries'
import { issueAdvance, receiptOfAdvance } from '@yoman/domain/invoices/advance'
import { byMaturity } from '@yoman/domain/invoices/cheques'
import type { Payment } from '@yoman/domain/invoices/invoice'
import { sumOf } from '@yoman/domain/money/agorot'
import { dateIn, type PlainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { aboutVisit } from './around-documents.ts'
import type { PartText } from './billed-lines.ts'
import type { Receipt } from './issue-receipts.ts'
import { writeDocument } from './write-document.ts'

/** Words of a line of money, in the document's language: on account of a transaction invoice, in the stead of a cheque that is gone, for a visit of a day, of a part of something. Given by the caller: the use cases know none. */
export interface MoneyText {
  onAccount: (language: VisitBill['language'], number: number) => string
  inStead: (language: VisitBill['language'], voucher: number) => string
  ofAdvance: (language: VisitBill['language'], visitOn: PlainDate) => string
  /** Of a line of which somebody else pays the rest. */
  ofPart: (language: VisitBill['language'], ...line: Parameters<PartText>) => string
  /** Of all that is left of a transaction invoice, asked of somebody else. */
  restOf: (language: VisitBill['language'], number: number) => string
}

/**
 * Documents of money that came for a visit which has none yet, at once: an invoice-receipt (320) for what is there, at the rate of
 * `taxPoint`, and a receipt (400) for cheques of later days. The visit's own document deducts them. `due` is what the visit costs less what
 * came before. Nothing is written of the payments themselves; the payer is fixed with them. Refuses `payment_exceeds_balance`.
 */
export async function takeAdvance(tx: Tx, ctx: Context, bill: VisitBill, { payments, due, taxPoint }: { payments: readonly (Payment & { id: string })[]; due: number; taxPoint: PlainDate }, text: MoneyText): Promise<Receipt[]> {
  const description = text.ofAdvance(bill.language, dateIn(bill.zone, bill.startsAt))
  const about = { ...aboutVisit(bill, null), advance: true }
  await fixPayer(tx, ctx, bill)
  const [now, later] = byMaturity(payments, taxPoint)
  const receipts: Receipt[] = []
  // The 400 before the 320, as in `issueReceipts`: the numbers of both are locked until the transaction ends.
  if (later.length > 0) {
    const draft = receiptOfAdvance({ payments: later, due, description })
    receipts.push({ ...(await writeDocument(tx, ctx, draft, about)), paymentIds: later.map(({ id }) => id) })
  }
  if (now.length > 0) {
    const draft = issueAdvance({ payments: now, due: due - sumOf(later.map(({ amount }) => amount)), vatRates: await loadVatRates(tx), taxPoint, description })
    receipts.unshift({ ...(await writeDocument(tx, ctx, draft, about)), paymentIds: now.map(({ id }) => id) })
  }
  return receipts
}

/** Money is its payer's: from now on the visit is billed to whom it is billed to now, until it is left without money and somebody chooses anew. */
export const fixPayer = (tx: Tx, ctx: Context, { appointmentId, payer }: VisitBill): Promise<void> =>
  keepVisitPayer(tx, { clinic_id: ctx.clinicId, appointment_id: appointmentId, organisation_id: payer.organisationId ?? null, chosen_by: ctx.actor.staffId, chosen_at: ctx.now })
