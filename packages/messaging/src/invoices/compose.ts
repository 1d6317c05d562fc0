import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import { fillTemplate } from '@yoman/domain/messages/template'
import type { Agorot } from '@yoman/domain/money/agorot'
import { headerText } from '../address.ts'
import { texts } from '../texts/ours.ts'
import type { Language, Text } from '../texts/text.ts'
import { moneyText, phoneText } from '../values.ts'

export interface InvoiceMessage {
  language: Language
  own: Text | null
  patientFirstName: string
  clinicName: string
  branchName: string
  phone: string
  document: { kind: InvoiceKind; number: number; total: Agorot }
}

/** The words around an invoice that goes out by e-mail. What was done stands in the PDF alone. */
export function composeInvoiceMessage({ language, own, document, ...facts }: InvoiceMessage): Text {
  const { email, documents } = texts[language]
  const text = own ?? email.invoice
  const values = {
    patientFirstName: headerText(facts.patientFirstName),
    clinicName: headerText(facts.clinicName),
    branchName: headerText(facts.branchName),
    phone: phoneText(facts.phone, language),
    documentName: documents[document.kind],
    number: String(document.number),
    total: moneyText(document.total, language),
  }
  return { subject: headerText(fillTemplate(text.subject, values)), body: fillTemplate(text.body, values) }
}

/** The name of the PDF file: Latin letters only, since some mail programs garble others. */
export const invoiceFileName = (document: { kind: InvoiceKind; number: number }): string => `invoice-${document.kind}-${document.number}.pdf`
