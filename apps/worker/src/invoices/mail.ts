import { loadDocument } from '@yoman/db/invoices/document'
import { type VisitEntryFacts, findSender, findVisitEntry } from '@yoman/db/messages/visit-facts'
import { drawInvoice } from '@yoman/documents/invoices/draw'
import { invoiceDocument } from '@yoman/documents/invoices/model'
import { statementOf } from '@yoman/db/statements/queries'
import { drawSheet } from '@yoman/documents/sheets/draw'
import { statementSheet } from '@yoman/documents/statements/model'
import { type Mail, messageIdOf } from '@yoman/messaging/gateways/smtp'
import { invoiceFileName } from '@yoman/messaging/invoices/compose'
import { statementFileName } from '@yoman/messaging/statements/compose'
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
  if (claimed.kind === 'statement') return { ...mail, attachments: [await statementFile(services, clinicId, claimed.id)] }
  if (!document) return withEntry(mail, await read(ctx, (db) => findVisitEntry(db, claimed.id)), claimed.kind === 'cancelled')
  const { invoice, letterhead, payerNameLatin } = document
  const signing = await signingOf(ctx, invoice.issuedAtMs)
  const content = await drawInvoice(invoiceDocument(invoice, letterhead, { language: document.row.language, mark: claimed.carriesOriginal ? 'original' : 'copy', payerNameLatin, ...(signing ? { signedBy: signing.subject } : {}) }), signing?.identity)
  return { ...mail, attachments: [{ fileName: invoiceFileName(invoice), contentType: 'application/pdf', content }] }
}

/** Drawn from what was written: the same bytes at every try. */
async function statementFile(services: WorkerServices, clinicId: string, messageId: string) {
  const statement = await read(contextOf(services, clinicId), (db) => statementOf(db, messageId))
  if (!statement) throw new Error('the mail of a statement has one')
  return { fileName: statementFileName(statement.content), contentType: 'application/pdf' as const, content: await drawSheet(statementSheet(statement.content, statement.madeAt.epochMilliseconds)) }
}

/** The visit goes with the words, for the reader's calendar: a moved one takes the place of the one before, a cancelled one goes. */
function withEntry(mail: Mail, visit: VisitEntryFacts | undefined, cancelled: boolean): Mail {
  if (!visit) return mail
  const { appointmentId, version, place, clinicName, ...times } = visit
  const method = cancelled ? 'CANCEL' : 'PUBLISH'
  const text = calendarEntry({ ...times, uid: calendarUid(appointmentId), sequence: version, location: place, summary: `${visitPageWords[mail.language].booked} – ${clinicName}` }, method)
  return { ...mail, attachments: [{ fileName: 'visit.ics', contentType: `text/calendar; charset=utf-8; method=${method}`, content: Buffer.from(text) }] }
}
