import { linkPlace, type MessageKind } from '@yoman/domain/messages/template'
import { type Instant, dateIn, instant } from '@yoman/domain/time'
import { composeDebtMessage } from './debts/compose.ts'
import { composeFormMessage } from './forms/compose.ts'
import { composeInvoiceMessage } from './invoices/compose.ts'
import { composeOfferMessage } from './offers/compose.ts'
import { composeSeriesMessage } from './series/compose.ts'
import { composeStatementMessage } from './statements/compose.ts'
import type { Channel, Language, Text } from './texts/text.ts'
import { composeVisitMessage } from './visits/compose.ts'

export interface SampleNames {
  patientFirstName: string
  practitionerName: string
}

export interface SampleClinic {
  clinicName: string
  branchName: string
  phone: string
}

// Invented, with names of usual length, so that the number of parts is what a clinic will pay.
export const inventedNames: Record<Language, SampleNames> = {
  he: { patientFirstName: 'נועה', practitionerName: 'ד״ר מיכל לוי' },
  en: { patientFirstName: 'Noa', practitionerName: 'Dr Michal Levi' },
  ar: { patientFirstName: 'ليلى', practitionerName: 'د. سامر خوري' },
  ru: { patientFirstName: 'Анна', practitionerName: 'д-р Михаль Леви' },
}

/** A date of usual length. */
export const inventedStart = instant('2027-02-17T08:30:00Z')

// As long as a real one: its letters count for the price.
const inventedLink = 'https://clinic.example/o/Yh3kQ0vT8mXnB5cR7dWzLA'
const inventedVisitLink = 'https://clinic.example/v/Yh3kQ0vT8mXnB5cR7dWzLA'
const inventedFormLink = 'https://clinic.example/f#Yh3kQ0vT8mXnB5cR7dWzLA'

export interface Draft extends Text {
  kind: MessageKind
  channel: Channel
  language: Language
}

/** The text as it would stand with these names, at that time. */
export function composeSample({ kind, channel, language, subject, body }: Draft, clinic: SampleClinic, names: SampleNames, startsAt: Instant): Text {
  const own = { subject, body }
  if (kind === 'invoice') return composeInvoiceMessage({ language, own, ...clinic, ...names, document: { kind: '320', number: 1024, total: 35_000 } })
  const zone = 'Asia/Jerusalem'
  if (kind === 'debt') return composeDebtMessage({ channel, language, own, ...clinic, ...names, document: { number: 1024, issuedOn: dateIn(zone, startsAt), total: 35_000 } })
  if (kind === 'statement') return composeStatementMessage({ language, own, ...clinic, ...names, month: dateIn(zone, startsAt), owed: 35_000 })
  if (kind === 'offer') {
    const { body: words } = composeOfferMessage({ language, own, ...clinic, ...names, startsAt, until: startsAt.subtract({ minutes: 75 }), zone })
    return { subject: '', body: words.replace(linkPlace, inventedLink) }
  }
  if (kind === 'form') return { subject: '', body: composeFormMessage({ language, own, ...clinic, ...names }).body.replace(linkPlace, inventedFormLink) }
  if (kind === 'series_changed' || kind === 'series_cancelled') {
    const starts = [0, 7, 14, 21, 28, 35].map((days) => startsAt.add({ hours: 24 * days }))
    return composeSeriesMessage({ kind, language, own, ...clinic, patientFirstName: names.patientFirstName, practitionerNames: [names.practitionerName], rule: { unit: 'week', every: 1, monthBy: null }, starts, zone })
  }
  const { subject: title, body: words } = composeVisitMessage({ kind, channel, language, own, visit: { ...clinic, ...names, startsAt, zone } })
  return { subject: title, body: words.replaceAll(linkPlace, inventedVisitLink) }
}
