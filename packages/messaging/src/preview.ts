import { linkPlace, requireKnownPlaceholders, requireLink, type MessageKind } from '@yoman/domain/messages/template'
import { Refusal } from '@yoman/domain/refusal'
import { instant } from '@yoman/domain/time'
import { composeFormMessage } from './forms/compose.ts'
import { composeInvoiceMessage } from './invoices/compose.ts'
import { smsLength, type SmsLength } from './sms-length.ts'
import type { Channel, Language, Text } from './texts/text.ts'
import { composeOfferMessage } from './offers/compose.ts'
import { composeSeriesMessage } from './series/compose.ts'
import { composeVisitMessage } from './visits/compose.ts'

/** More parts than this is a letter, and costs like one. */
export const mostSmsParts = 5

// Invented, with names of usual length, so that the number of parts is what a clinic will pay.
const invented: Record<Language, { patientFirstName: string; practitionerName: string }> = {
  he: { patientFirstName: 'נועה', practitionerName: 'ד״ר מיכל לוי' },
  en: { patientFirstName: 'Noa', practitionerName: 'Dr Michal Levi' },
  ar: { patientFirstName: 'ليلى', practitionerName: 'د. سامر خوري' },
  ru: { patientFirstName: 'Анна', practitionerName: 'д-р Михаль Леви' },
}

// As long as a real one: its letters count for the price.
const inventedLink = 'https://clinic.example/o/Yh3kQ0vT8mXnB5cR7dWzLA'
const inventedFormLink = 'https://clinic.example/f#Yh3kQ0vT8mXnB5cR7dWzLA'

export interface Draft extends Text {
  kind: MessageKind
  channel: Channel
  language: Language
}

export interface Preview extends Text {
  /** Null for e-mail. */
  sms: SmsLength | null
}

/**
 * How a text would look to an invented patient of the clinic, and what it would cost. Refuses
 * `template_placeholder_unknown`, `template_link_missing`, and `template_too_long` for an SMS of more than `mostSmsParts`.
 */
export function previewText(draft: Draft, clinic: { clinicName: string; branchName: string; phone: string }): Preview {
  requireKnownPlaceholders(draft.kind, draft.subject)
  requireKnownPlaceholders(draft.kind, draft.body)
  requireLink(draft.kind, draft.body)
  const text = compose(draft, clinic)
  const sms = draft.channel === 'sms' ? smsLength(text.body) : null
  if (sms && sms.parts > mostSmsParts) throw new Refusal('template_too_long', { parts: sms.parts, most: mostSmsParts })
  return { ...text, sms }
}

function compose({ kind, channel, language, subject, body }: Draft, clinic: { clinicName: string; branchName: string; phone: string }): Text {
  const own = { subject, body }
  const names = invented[language]
  if (kind === 'invoice') return composeInvoiceMessage({ language, own, ...clinic, ...names, document: { kind: '320', number: 1024, total: 35_000 } })
  const startsAt = instant('2027-02-17T08:30:00Z')
  const zone = 'Asia/Jerusalem'
  if (kind === 'offer') {
    const { body: words } = composeOfferMessage({ language, own, ...clinic, ...names, startsAt, until: instant('2027-02-17T07:15:00Z'), zone })
    return { subject: '', body: words.replace(linkPlace, inventedLink) }
  }
  if (kind === 'form') return { subject: '', body: composeFormMessage({ language, own, ...clinic, ...names }).body.replace(linkPlace, inventedFormLink) }
  if (kind === 'series_changed' || kind === 'series_cancelled') {
    const starts = [0, 7, 14, 21, 28, 35].map((days) => startsAt.add({ hours: 24 * days }))
    return composeSeriesMessage({ kind, language, own, ...clinic, patientFirstName: names.patientFirstName, practitionerNames: [names.practitionerName], rule: { unit: 'week', every: 1, monthBy: null }, starts, zone })
  }
  return composeVisitMessage({ kind, channel, language, own, visit: { ...clinic, ...names, startsAt, zone } })
}
