import { fillTemplate } from '@yoman/domain/messages/template'
import type { PlainDate } from '@yoman/domain/time'
import { headerText } from '../address.ts'
import { texts } from '../texts/ours.ts'
import type { Channel, Language, Text } from '../texts/text.ts'
import { moneyText, phoneText } from '../values.ts'

export interface DebtMessage {
  channel: Channel
  language: Language
  /** The clinic's own text; null where it speaks with ours. */
  own: Text | null
  patientFirstName: string
  clinicName: string
  branchName: string
  phone: string
  /** The transaction invoice that waits for money; `total` in agorot is the document's own, whatever was paid of it. */
  document: { number: number; issuedOn: PlainDate; total: number }
}

/** The words of a reminder of a debt: of which document it is, and nothing of what was done. */
export function composeDebtMessage({ channel, language, own, document, ...facts }: DebtMessage): Text {
  const { sms, email, documents } = texts[language]
  const text = own ?? (channel === 'email' ? email.debt : { subject: '', body: sms.debt })
  const values = {
    patientFirstName: headerText(facts.patientFirstName),
    clinicName: headerText(facts.clinicName),
    branchName: headerText(facts.branchName),
    phone: phoneText(facts.phone, language),
    documentName: documents[300],
    number: String(document.number),
    date: dateText(document.issuedOn),
    total: moneyText(document.total, language),
  }
  return { subject: headerText(fillTemplate(text.subject, values)), body: fillTemplate(text.body, values) }
}

/** With its year, for it may be an old one: `7.9.2026`. */
const dateText = ({ day, month, year }: PlainDate): string => `${day}.${month}.${year}`
