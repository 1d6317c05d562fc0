import { loadDocument } from '@yoman/db/invoices/document'
import { type VisitEntryFacts, findSender, findVisitEntry } from '@yoman/db/messages/visit-facts'
import { drawInvoice } from '@yoman/documents/invoices/draw'
import { invoiceDocument } from '@yoman/documents/invoices/model'
import { type Mail, messageIdOf } from '@yoman/messaging/gateways/smtp'
import { invoiceFileName } from '@yoman/messaging/invoices/compose'
import { calendarEntry, calendarUid } from '@yoman/messaging/visits/calendar-entry'
import { visitPageWords } from '@yoman/messaging/visits/page-words'
import type { Claimed } from '@yoman/use-cases/messages/claim-message'
import { signingOf } from '@yoman/use-cases/invoices/signing'
import { read } from '@yoman/use-cases/transact'
import { type WorkerServices, contextOf } from '../services.ts'

/** The e-mail of a claimed message. A document is drawn now, from what was written when it was issued: the same bytes at every try. */
export async function mailOf(services: WorkerServices, clinicId: string, claimed: Claimed): Promise<Mail> {
  const ctx = contextOf(services, clinicId)
  const { invoiceId } = claimed
  const [sender, document] = [await read(ctx, (db) => findSender(db)), invoiceId === null ? undefined : await read(ctx, (db) => loadDocument(db, invoiceId))]
  const mail: Mail = {
    to: { name: '', address: claimed.to },
    fromName: sender.name,
    ...(sender.email === null ? {} : { replyTo: sender.email }),
    subject: claimed.subject,
    body: claimed.body,
    language: claimed.language,
    messageId: messageIdOf(claimed.id, services.gateways.mailFrom),
    triesBefore: claimed.attempt - 1,
  }
  if (!document) return withEntry(mail, await read(ctx, (db) => findVisitEntry(db, claimed.id)), claimed.kind === 'cancelled')
  const { invoice, letterhead, payerNameLatin } = document
  const signing = await signingOf(ctx, invoice.issuedAtMs)
  const content = await drawInvoice(invoiceDocument(invoice, letterhead, { language: document.row.language, mark: claimed.carriesOriginal ? 'original' : 'copy', payerNameLatin, ...(signing ? { signedBy: signing.subject } : {}) }), signing?.identity)
  return { ...mail, attachments: [{ fileName: invoiceFileName(invoice), contentType: 'application/pdf', content }] }
}

/** The visit goes with the words, for the reader's calendar: a moved one takes the place of the one before, a cancelled one goes. */
function withEntry(mail: Mail, visit: VisitEntryFacts | undefined, cancelled: boolean): Mail {
  if (!visit) return mail
  const { appointmentId, version, place, clinicName, ...times } = visit
  const method = cancelled ? 'CANCEL' : 'PUBLISH'
  const text = calendarEntry({ ...times, uid: calendarUid(appointmentId), sequence: version, location: place, summary: `${visitPageWords[mail.language].booked} – ${clinicName}` }, method)
  return { ...mail, attachments: [{ fileName: 'visit.ics', contentType: `text/calendar; charset=utf-8; method=${method}`, content: Buffer.from(text) }] }
}
