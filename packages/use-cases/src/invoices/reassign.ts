import { creditsOfRequest } from '@yoman/db/invoices/advance'
import { loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { endWriteOff } from '@yoman/db/debts/write-offs'
import { findInvoice, findInvoiceLines, type InvoiceRow, loadVatRates, lockInvoice, receivedOn } from '@yoman/db/invoices/issue'
import type { Db, Tx } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import type { InvoiceLine, InvoiceReference } from '@yoman/domain/invoices/invoice'
import { issueForVisit } from '@yoman/domain/invoices/issue-for-visit'
import type { Agorot } from '@yoman/domain/money/agorot'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn } from '@yoman/domain/time'
import { personOf } from '../acting.ts'
import type { Context } from '../context.ts'
import { endAsking } from '../debts/settled.ts'
import { requireInUse } from '../organisations/choose-payer.ts'
import { recordEvents } from '../record-events.ts'
import { wakeLinksOf } from '../payment-links/wake.ts'
import { transact } from '../transact.ts'
import { aboutVisit, lineOf } from './around-documents.ts'
import type { MoneyText } from './take-advance.ts'
import { writeDocument } from './write-document.ts'

export interface Reassignment {
  /** Of the new document, made by the client: sent twice it is one. */
  id: string
  /** The transaction invoice (300) that was not paid, or not whole. */
  invoiceId: string
  /** Who is asked instead; null: the patient. */
  organisationId: string | null
}

/**
 * Asks somebody else for what is left of a visit's transaction invoice (300), by one of their own: an insurer refused, an employee left. Of a part of a visit
 * it asks for what credit notes took back of it, too. The old one is owed no more; a debt that was given up is one again, with its new payer: that takes
 * the right to give debts up. Refuses `nothing_owed`, `same_payer`, `reference_unknown`, `id_taken`; throws `NotFound`.
 */
export async function reassign(ctx: Context, request: Reassignment, text: MoneyText): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  const { id, invoiceId, organisationId } = request
  await transact(ctx, async (tx) => {
    const appointmentId = (await findInvoice(tx, invoiceId))?.appointment_id
    // The visit before its documents, as everywhere.
    const bill = appointmentId ? await loadVisitBill(tx, appointmentId, { lock: true, madeOutTo: organisationId }) : undefined
    const invoice = await lockInvoice(tx, invoiceId)
    if (!invoice) throw new NotFound('invoice')
    allowIn(ctx.actor, 'invoice.write', invoice.branch_id)
    if (await isKnown(tx, request)) return
    const open = await reassignable(tx, invoice)
    if (!bill || open === null) throw new Refusal('nothing_owed')
    if (invoice.organisation_id === organisationId) throw new Refusal('same_payer')
    await requireInUse(tx, organisationId)
    const lines = await linesOf(tx, invoice, open.amount, bill, text)
    const draft = issueForVisit({ lines, payments: [], vatRates: await loadVatRates(tx), taxPoint: dateIn(bill.zone, ctx.now) })
    await writeDocument(tx, ctx, { ...draft, basedOn: open.basedOn }, { ...aboutVisit(bill, open.basedOn.id), id, payerPart: true, insteadOfId: invoice.id })
    await takeUpAgain(tx, ctx, invoice)
    await endAsking(tx, ctx, invoice.patient_id, 'broken')
    await wakeLinksOf(tx, ctx, { invoiceId })
  })
}

async function isKnown(tx: Tx, { id, invoiceId, organisationId }: Reassignment): Promise<boolean> {
  const known = await findInvoice(tx, id)
  if (!known) return false
  if (known.instead_of_id !== invoiceId || known.organisation_id !== organisationId) throw new Refusal('id_taken')
  return true
}

/** A debt that was given up and is asked of somebody is given up no more. */
async function takeUpAgain(tx: Tx, ctx: Context, { id, patient_id: patientId, branch_id: branchId }: InvoiceRow): Promise<void> {
  if (!(await endWriteOff(tx, id, personOf(ctx), ctx.now))) return
  allowIn(ctx.actor, 'invoice.credit', branchId)
  await recordEvents(tx, ctx, [{ name: 'debt.asked_again', subject: { type: 'invoice', id }, patientId, branchId }])
}

/** What somebody else may be asked for, in agorot, and the document that tells why; null where it is nothing. */
export async function reassignable(db: Db, invoice: InvoiceRow): Promise<{ amount: Agorot; basedOn: InvoiceReference & { id: string } } | null> {
  if (invoice.kind !== '300' || invoice.appointment_id === null) return null
  const owed = invoice.total_agorot - (await receivedOn(db, invoice.id))
  if (owed > 0) return { amount: owed, basedOn: { id: invoice.id, kind: invoice.kind, number: invoice.number, issuedOn: invoice.issued_on } }
  // The visit's own document is billed anew (`billAnew`), with the lines as they are now and with what others were asked for instead.
  const { left, last } = (await isOfPart(db, invoice)) ? await creditsOfRequest(db, invoice.id) : { left: 0, last: undefined }
  return last && left > 0 ? { amount: Math.min(left, invoice.total_agorot), basedOn: { kind: '330', ...last } } : null
}

/** Whether the first of those that asked one after the other was a part beside the visit's own document. */
async function isOfPart(db: Db, invoice: InvoiceRow): Promise<boolean> {
  let first: InvoiceRow | undefined = invoice
  while (first && first.instead_of_id !== null) first = await findInvoice(db, first.instead_of_id)
  return first?.payer_part === true
}

/** The same lines where all of them is asked for and they are worded for who reads them; else one line of what is left. */
async function linesOf(tx: Tx, invoice: InvoiceRow, amount: Agorot, bill: VisitBill, text: MoneyText): Promise<InvoiceLine[]> {
  if (amount === invoice.total_agorot && bill.language === invoice.language) return (await findInvoiceLines(tx, invoice.id)).map(lineOf)
  return [{ description: text.restOf(bill.language, invoice.number), quantity: 1, unitPrice: amount, total: amount }]
}
