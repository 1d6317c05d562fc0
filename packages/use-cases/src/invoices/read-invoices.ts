import { isCreditedWhole } from '@yoman/db/invoices/advance'
import { loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { type IssuedDocument, loadDocument } from '@yoman/db/invoices/document'
import { findInvoice, findReassigned, type InvoiceRow, takeOriginal } from '@yoman/db/invoices/issue'
import { findPayments, findPaymentsOf } from '@yoman/db/invoices/payment'
import { type Follower, creditedPieces, findFollowers, findRefundsOf, givenBackBy, moneyOf, type RefundRow } from '@yoman/db/invoices/taken-back'
import { type InvoiceFilter, type ListedInvoice, listInvoices } from '@yoman/db/invoices/lists'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { type AllocationStanding, standingOfAllocation } from '../allocation-numbers/read.ts'
import { recordEvents } from '../record-events.ts'
import { reassignable } from './reassign.ts'
import { readByValues, transact } from '../transact.ts'

const usualLimit = 50

export async function pageOfInvoices(ctx: Context, query: { cursor?: string; limit?: number } & Omit<InvoiceFilter, 'before' | 'ids'>) {
  allow(ctx.actor, 'invoice.read')
  const { cursor, limit = usualLimit, ...filter } = query
  const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, [instantKey, uuidKey])
  const rows = await readByValues(ctx, (db) => listInvoices(db, { ...filter, ...(at !== undefined && id !== undefined ? { before: { at, id } } : {}) }, limit + 1))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.issuedAt.toString(), last.id]) : null }
}

export interface WholeInvoice {
  summary: ListedInvoice
  document: IssuedDocument
  payments: Awaited<ReturnType<typeof findPaymentsOf>>
  refunds: RefundRow[]
  money: { paid: number; givenBack: number }
  refundedBy: Awaited<ReturnType<typeof givenBackBy>>
  creditedPieces: Map<number, number>
  basedOn: InvoiceRow | null
  followers: Follower[]
  allocation: AllocationStanding | null
  /** What of it somebody else may be asked for, in agorot. */
  reassignable: number
}

export function oneInvoice(ctx: Context, id: string): Promise<WholeInvoice> {
  allow(ctx.actor, 'invoice.read')
  return readByValues(ctx, async (db) => {
    const [[summary], document, payments] = await Promise.all([listInvoices(db, { ids: [id] }, 1), loadDocument(db, id), findPaymentsOf(db, id)])
    if (!summary || !document) throw new NotFound('invoice')
    const { based_on_id: base } = document.row
    const [open, refunds, money, refundedBy, pieces, followers, basedOn, allocation] = await Promise.all([reassignable(db, document.row), findRefundsOf(db, id), moneyOf(db, id), givenBackBy(db, id), creditedPieces(db, id), findFollowers(db, id), base === null ? null : findInvoice(db, base), standingOfAllocation(db, id)])
    return { summary, document, payments, refunds, money, refundedBy, creditedPieces: pieces, followers, basedOn: basedOn ?? null, allocation, reassignable: open?.amount ?? 0 }
  })
}

export interface WholeBill {
  bill: VisitBill
  invoice: ListedInvoice | null
  /** The documents of others who pay a part of it. */
  ofParts: ListedInvoice[]
  /** What somebody else was asked for instead. */
  reassigned: (ListedInvoice & { insteadOfId: string })[]
  billableAnew: boolean
}

export function visitBill(ctx: Context, appointmentId: string): Promise<WholeBill> {
  allow(ctx.actor, 'invoice.read')
  return readByValues(ctx, async (db) => {
    const bill = await loadVisitBill(db, appointmentId)
    if (!bill) throw new NotFound('appointment')
    const ids = [bill.invoiceId, ...bill.parts.map(({ invoiceId }) => invoiceId)].filter((id) => id !== null)
    const documents = ids.length === 0 ? [] : await listInvoices(db, { ids }, ids.length)
    const invoice = documents.find(({ id }) => id === bill.invoiceId)
    const instead = await findReassigned(db, appointmentId)
    const asked = instead.length === 0 ? [] : await listInvoices(db, { ids: instead.map(({ id }) => id) }, instead.length)
    return { bill, invoice: invoice ?? null, ofParts: documents.filter(({ id }) => id !== bill.invoiceId), reassigned: asked.map((one) => ({ ...one, insteadOfId: instead.find(({ id }) => id === one.id)?.insteadOfId ?? '' })), billableAnew: invoice !== undefined && (await isCreditedWhole(db, invoice.id, invoice.totalAgorot)) }
  })
}

/** Payments and the documents that receipt them. */
export function paymentsAndReceipts(ctx: Context, paymentIds: readonly string[], receiptIds: readonly string[]) {
  allow(ctx.actor, 'invoice.read')
  return readByValues(ctx, async (db) => ({ payments: await findPayments(db, paymentIds), receipts: receiptIds.length === 0 ? [] : await listInvoices(db, { ids: receiptIds }, receiptIds.length) }))
}

/** Nobody knows yet what it will say. Throws `allocation_awaited`. */
export function requireReleased({ held }: IssuedDocument): void {
  if (held) throw new Refusal('allocation_awaited')
}

/** Takes the one copy that says "original", to be handed over on paper. Refuses `original_already_made`, `allocation_awaited`. */
export async function takePaperOriginal(ctx: Context, id: string): Promise<IssuedDocument> {
  allow(ctx.actor, 'invoice.write')
  return transact(ctx, async (tx) => {
    const document = await loadDocument(tx, id)
    if (!document) throw new NotFound('invoice')
    requireReleased(document)
    if (!(await takeOriginal(tx, id, ctx.now))) throw new Refusal('original_already_made')
    await recordEvents(tx, ctx, [{ name: 'invoice.read', subject: { type: 'invoice', id }, patientId: document.row.patient_id, details: { part: 'original' } }])
    return document
  })
}
