import { creditsOfVisitDocument } from '@yoman/db/invoices/advance'
import { loadVisitBill, type VisitBill } from '@yoman/db/invoices/bill'
import { endWriteOff } from '@yoman/db/debts/write-offs'
import { findInvoice, findInvoiceLines, type InvoiceRow, loadVatRates, lockInvoice, receivedOn } from '@yoman/db/invoices/issue'
import type { Tx } from '@yoman/db/database'
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
 * Asks somebody else for what is left of a visit's transaction invoice (300), by one of their own: an insurer refused, an employee left. Of a part whose
 * documents were credited whole it asks for all of it. The old one is owed no more; a debt that was given up is one again, with its new payer.
 * Refuses `nothing_owed`, `same_payer`, `reference_unknown`, `id_taken`; throws `NotFound`.
 */
export async function reassign(ctx: Context, { id, invoiceId, organisationId }: Reassignment, text: MoneyText): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  await transact(ctx, async (tx) => {
    const appointmentId = (await findInvoice(tx, invoiceId))?.appointment_id
    // The visit before its documents, as everywhere.
    const bill = appointmentId ? await loadVisitBill(tx, appointmentId, { lock: true, madeOutTo: organisationId }) : undefined
    const invoice = await lockInvoice(tx, invoiceId)
    if (!invoice) throw new NotFound('invoice')
    allowIn(ctx.actor, 'invoice.write', invoice.branch_id)
    if (await isKnown(tx, { id, invoiceId, organisationId })) return
    if (invoice.kind !== '300' || !bill) throw new Refusal('nothing_owed')
    if (invoice.organisation_id === organisationId) throw new Refusal('same_payer')
    await requireInUse(tx, organisationId)
    const { lines, basedOn } = await leftOf(tx, invoice, bill, text)
    const draft = issueForVisit({ lines, payments: [], vatRates: await loadVatRates(tx), taxPoint: dateIn(bill.zone, ctx.now) })
    await writeDocument(tx, ctx, { ...draft, basedOn }, { ...aboutVisit(bill, basedOn.id), id, payerPart: true })
    await endWriteOff(tx, invoiceId, personOf(ctx), ctx.now)
    await endAsking(tx, ctx, invoice.patient_id, 'broken')
    await wakeLinksOf(tx, ctx, { invoiceId })
  })
}

async function isKnown(tx: Tx, { id, invoiceId, organisationId }: Reassignment): Promise<boolean> {
  const known = await findInvoice(tx, id)
  if (!known) return false
  const base = known.based_on_id === null ? undefined : await findInvoice(tx, known.based_on_id)
  const isSame = known.payer_part && known.organisation_id === organisationId && (base?.id === invoiceId || (await creditsOfVisitDocument(tx, invoiceId)).last?.id === base?.id)
  if (!isSame) throw new Refusal('id_taken')
  return true
}

interface Left {
  lines: InvoiceLine[]
  basedOn: InvoiceReference & { id: string }
}

/** What somebody else is asked for: the same lines where nothing came of them, else one line of what is left. */
async function leftOf(tx: Tx, invoice: InvoiceRow, bill: VisitBill, text: MoneyText): Promise<Left> {
  const received = await receivedOn(tx, invoice.id)
  const basedOn = { id: invoice.id, kind: invoice.kind, number: invoice.number, issuedOn: invoice.issued_on }
  if (received === 0) return { lines: await linesOf(tx, invoice), basedOn }
  const left = invoice.total_agorot - received
  if (left > 0) return { lines: [oneLine(text.restOf(bill.language, invoice.number), left)], basedOn }
  // The visit's own document is billed anew (`billAnew`), with the lines as they are now.
  const { credited, last } = invoice.payer_part ? await creditsOfVisitDocument(tx, invoice.id) : { credited: 0, last: undefined }
  if (!last || credited < invoice.total_agorot) throw new Refusal('nothing_owed')
  return { lines: await linesOf(tx, invoice), basedOn: { kind: '330', ...last } }
}

const linesOf = async (tx: Tx, { id }: InvoiceRow): Promise<InvoiceLine[]> => (await findInvoiceLines(tx, id)).map(lineOf)
const oneLine = (description: string, total: Agorot): InvoiceLine => ({ description, quantity: 1, unitPrice: total, total })
