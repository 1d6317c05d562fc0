import { v7 as uuid } from 'uuid'
import { loadDocument } from '@yoman/db/invoices/document'
import { findMailable } from '@yoman/db/invoices/mailable'
import { findMailableOrganisation } from '@yoman/db/organisations/queries'
import { type InvoiceRow, lockInvoice, takeOriginal } from '@yoman/db/invoices/issue'
import { findPayments } from '@yoman/db/invoices/payment'
import { findMessage, insertMessage } from '@yoman/db/messages/queries'
import { findTemplate } from '@yoman/db/messages/visit-facts'
import { findGivenName, isMailed } from '@yoman/db/invoices/around'
import type { Db, Tx } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import type { Invoice, InvoiceKind } from '@yoman/domain/invoices/invoice'
import { originalMayTravelByEmail } from '@yoman/domain/invoices/original-by-email'
import { sumOf } from '@yoman/domain/money/agorot'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'

export interface InvoiceToSay {
  language: 'he' | 'ar' | 'ru' | 'en'
  own: { subject: string; body: string } | null
  patientFirstName: string
  clinicName: string
  branchName: string
  phone: string
  document: { kind: InvoiceKind; number: number; total: number }
}

/** Finds the words around a document. Given by whoever sends, as `Compose` is. */
export type ComposeInvoice = (toSay: InvoiceToSay) => { subject: string; body: string }

const originalKey = (invoiceId: string): string => `original-${invoiceId}`

/** Whether the mail of this reason carries the one copy that says "original". */
export const carriesOriginal = (dedupeKey: string): boolean => dedupeKey.includes('original-')

/** A new document goes to whoever pays and agreed to have it by e-mail; otherwise nothing is made, and the desk sees why. */
export function queueInvoiceMail(ctx: Context, invoiceId: string, compose: ComposeInvoice): Promise<'queued' | 'nothing'> {
  return transact(ctx, async (tx) => {
    const refusal = await queue(tx, ctx, invoiceId, { id: uuid(), key: null }, compose)
    return refusal === null ? 'queued' : 'nothing'
  })
}

/** The desk sends a document again, or for the first time. Doing it twice with one `messageId` is doing it once. Refuses `no_consent`, `nothing_to_send_to`, `allocation_awaited`, `id_taken`. */
export async function mailInvoice(ctx: Context, invoiceId: string, messageId: string, compose: ComposeInvoice): Promise<void> {
  allow(ctx.actor, 'invoice.write')
  await transact(ctx, async (tx) => {
    const known = await findMessage(tx, messageId)
    if (known && known.invoice_id !== invoiceId) throw new Refusal('id_taken')
    if (known) return
    const refusal = await queue(tx, ctx, invoiceId, { id: messageId, key: `copy-${messageId}` }, compose)
    if (refusal !== null) throw new Refusal(refusal)
  })
}

async function queue(tx: Tx, ctx: Context, invoiceId: string, message: { id: string; key: string | null }, compose: ComposeInvoice): Promise<'no_consent' | 'nothing_to_send_to' | 'allocation_awaited' | null> {
  await lockInvoice(tx, invoiceId)
  if (message.key === null && (await isMailed(tx, invoiceId))) return null
  const document = await loadDocument(tx, invoiceId)
  if (!document) throw new NotFound('invoice')
  const { row, invoice, letterhead } = document
  if (document.held) return 'allocation_awaited'
  // That a cheque is gone is the books' matter and told by a person; nobody is surprised by it in a mail that the clinic did not mean to send.
  if (message.key === null && row.kind === '410' && row.cheque_id !== null) return 'nothing_to_send_to'
  const { address, consented } = await mailableOf(tx, row)
  if (!consented) return 'no_consent'
  if (address === null) return 'nothing_to_send_to'

  const [cheque = null] = row.cheque_id === null ? [] : await findPayments(tx, [row.cheque_id])
  const isOriginal = originalMayTravelByEmail(invoice, cheque) && (await takeOriginal(tx, invoiceId, ctx.now))
  const words = compose({
    language: row.language, own: (await findTemplate(tx, 'invoice', 'email', row.language)) ?? null, patientFirstName: row.organisation_id === null ? await findGivenName(tx, row.patient_id) : row.payer.name,
    clinicName: letterhead.name, branchName: letterhead.branchName, phone: letterhead.phone, document: { kind: row.kind, number: row.number, total: saidTotal(invoice) },
  })
  const written = await insertMessage(tx, {
    clinic_id: ctx.clinicId, id: message.id, kind: 'invoice', channel: 'email', patient_id: row.patient_id, appointment_id: row.appointment_id,
    appointment_starts_at: null, reminder_id: null, invoice_id: invoiceId, dedupe_key: isOriginal ? originalKey(invoiceId) : (message.key ?? `copy-${message.id}`),
    language: row.language, to_address: address, ...words, not_before: ctx.now, useful_until: null, created_at: ctx.now,
    lease_until: null, first_tried_at: null, sent_at: null, settled_at: null, provider_id: null, provider_status: null, error_code: null,
  })
  if (written) await recordEvents(tx, ctx, [{ name: 'message.queued', subject: { type: 'message', id: message.id }, patientId: row.patient_id, branchId: row.branch_id, details: { kind: 'invoice', invoice: invoiceId } }])
  return null
}

/** Where a document may be mailed to now, and whether whoever pays it agreed to that: the organisation where one does, else the patient. */
export const mailableOf = (db: Db, { patient_id, organisation_id }: Pick<InvoiceRow, 'patient_id' | 'organisation_id'>): Promise<{ address: string | null; consented: boolean }> =>
  organisation_id === null ? findMailable(db, patient_id) : findMailableOrganisation(db, organisation_id)

/** A refund tells what went back; its own total also settles what the rounding of cash left over. */
const saidTotal = ({ kind, total, payments }: Pick<Invoice, 'kind' | 'total' | 'payments'>): number => (kind === '410' ? sumOf(payments.map(({ amount }) => amount)) : total)
