import { loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { type IssuedDocument, loadDocument } from '@yoman/db/invoices/document'
import { findPayment, findPaymentsOf, takeOriginal } from '@yoman/db/invoices/issue'
import { type InvoiceFilter, type ListedInvoice, listInvoices } from '@yoman/db/invoices/lists'
import { allow } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { recordEvents } from '../record-events.ts'
import { read, transact } from '../transact.ts'

const usualLimit = 50

export async function pageOfInvoices(ctx: Context, query: { cursor?: string; limit?: number } & Omit<InvoiceFilter, 'before' | 'ids'>) {
  allow(ctx.actor, 'invoice.read')
  const { cursor, limit = usualLimit, ...filter } = query
  const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, [instantKey, uuidKey])
  const rows = await read(ctx, (db) => listInvoices(db, { ...filter, ...(at !== undefined && id !== undefined ? { before: { at, id } } : {}) }, limit + 1))
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.issuedAt.toString(), last.id]) : null }
}

export interface WholeInvoice {
  summary: ListedInvoice
  document: IssuedDocument
  payments: Awaited<ReturnType<typeof findPaymentsOf>>
}

export function oneInvoice(ctx: Context, id: string): Promise<WholeInvoice> {
  allow(ctx.actor, 'invoice.read')
  return read(ctx, async (db) => {
    const [[summary], document, payments] = await Promise.all([listInvoices(db, { ids: [id] }, 1), loadDocument(db, id), findPaymentsOf(db, id)])
    if (!summary || !document) throw new NotFound('invoice')
    return { summary, document, payments }
  })
}

export function visitBill(ctx: Context, appointmentId: string): Promise<{ bill: VisitBill; invoice: ListedInvoice | null }> {
  allow(ctx.actor, 'invoice.read')
  return read(ctx, async (db) => {
    const bill = await loadVisitBill(db, appointmentId)
    if (!bill) throw new NotFound('appointment')
    const [invoice] = bill.invoiceId === null ? [] : await listInvoices(db, { ids: [bill.invoiceId] }, 1)
    return { bill, invoice: invoice ?? null }
  })
}

export function onePayment(ctx: Context, id: string) {
  allow(ctx.actor, 'invoice.read')
  return read(ctx, async (db) => {
    const payment = await findPayment(db, id)
    if (!payment) throw new NotFound('payment')
    return payment
  })
}

/** Takes the one copy that says "original", to be handed over on paper. Refuses `original_already_made`. */
export async function takePaperOriginal(ctx: Context, id: string): Promise<IssuedDocument> {
  allow(ctx.actor, 'invoice.write')
  return transact(ctx, async (tx) => {
    const document = await loadDocument(tx, id)
    if (!document) throw new NotFound('invoice')
    if (!(await takeOriginal(tx, id, ctx.now))) throw new Refusal('original_already_made')
    await recordEvents(tx, ctx, [{ name: 'invoice.read', subject: { type: 'invoice', id }, patientId: document.row.patient_id, details: { part: 'original' } }])
    return document
  })
}
