import { loadDocument } from '@yoman/db/invoices/document'
import { findSender } from '@yoman/db/messages/visit-facts'
import { drawInvoice } from '@yoman/documents/invoices/draw'
import { invoiceDocument } from '@yoman/documents/invoices/model'
import { type Mail, messageIdOf } from '@yoman/messaging/gateways/smtp'
import { invoiceFileName } from '@yoman/messaging/invoices/compose'
import type { Claimed } from '@yoman/use-cases/messages/claim-message'
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
  if (!document) return mail
  const { invoice, letterhead, payerNameLatin } = document
  const content = await drawInvoice(invoiceDocument(invoice, letterhead, { language: document.row.language, mark: claimed.carriesOriginal ? 'original' : 'copy', payerNameLatin }))
  return { ...mail, attachments: [{ fileName: invoiceFileName(invoice), contentType: 'application/pdf', content }] }
}
