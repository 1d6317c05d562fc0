import { fillTemplate } from '@yoman/domain/messages/template'
import type { PlainDate } from '@yoman/domain/time'
import { headerText } from '../address.ts'
import type { Channel, Language, Text } from '../texts/text.ts'
import { moneyText, phoneText } from '../values.ts'
import { linkWords } from './words.ts'

export interface LinkMessage {
  channel: Channel
  language: Language
  patientFirstName: string
  clinicName: string
  branchName: string
  phone: string
  /** What the page asks for, in agorot. */
  amount: number
  document: { number: number; issuedOn: PlainDate }
  /** The provider's page. */
  url: string
}

/** The words of a link to pay by: for which document, how much, and nothing of what was done. */
export function composeLinkMessage({ channel, language, document, amount, url, ...facts }: LinkMessage): Text {
  const { sms, email } = linkWords[language]
  const values = {
    patientFirstName: headerText(facts.patientFirstName), clinicName: headerText(facts.clinicName), branchName: headerText(facts.branchName), phone: phoneText(facts.phone, language),
    number: String(document.number), date: dateText(document.issuedOn), total: moneyText(amount, language), url,
  }
  const text = channel === 'email' ? email : { subject: '', body: sms }
  return { subject: headerText(fillTemplate(text.subject, values)), body: fillTemplate(text.body, values) }
}

/** With its year, for it may be an old one: `7.9.2026`. */
const dateText = ({ day, month, year }: PlainDate): string => `${day}.${month}.${year}`
