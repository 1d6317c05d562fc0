import { Refusal } from '../refusal.ts'

export type MessageKind = 'reminder' | 'booked' | 'moved' | 'cancelled' | 'invoice' | 'offer' | 'series_changed' | 'series_cancelled' | 'form' | 'debt' | 'statement'

const ofVisit = ['patientFirstName', 'clinicName', 'branchName', 'date', 'time', 'practitionerName', 'phone'] as const

/** What stands of a visit that is still to come carries its link: to confirm, to cancel, to move. */
const ofVisitAhead = [...ofVisit, 'link'] as const

const ofSeries = ['patientFirstName', 'clinicName', 'branchName', 'times', 'practitionerName', 'phone'] as const

/**
 * The words that may stand in braces, by kind of message. There is none for a treatment or a visit type, on purpose: an
 * SMS lies open on a locked phone, and what it says of health is told to whoever holds it.
 */
export const placeholders = {
  reminder: ofVisitAhead,
  booked: ofVisitAhead,
  moved: ofVisitAhead,
  cancelled: ofVisit,
  invoice: ['patientFirstName', 'clinicName', 'branchName', 'phone', 'documentName', 'number', 'total'],
  offer: [...ofVisit, 'until', 'link'],
  series_changed: ofSeries,
  series_cancelled: ofSeries,
  form: ['patientFirstName', 'clinicName', 'branchName', 'phone', 'link'],
  debt: ['patientFirstName', 'clinicName', 'branchName', 'phone', 'documentName', 'number', 'date', 'total'],
  statement: ['patientFirstName', 'clinicName', 'phone', 'month', 'total'],
} as const satisfies Record<MessageKind, readonly string[]>

const place = /\{([^{}]*)\}/g

/** Refuses `template_placeholder_unknown` with the first word in braces that messages of this kind do not know; a single brace is plain text. */
export function requireKnownPlaceholders(kind: MessageKind, text: string): void {
  const known: readonly string[] = placeholders[kind]
  for (const [, name = ''] of text.matchAll(place)) {
    if (!known.includes(name)) throw new Refusal('template_placeholder_unknown', { placeholder: name.slice(0, 40) })
  }
}

/** An offer is answered, and a form filled, by its link: refuses `template_link_missing` for a text without it. */
export function requireLink(kind: MessageKind, text: string): void {
  if ((kind === 'offer' || kind === 'form') && !text.includes(linkPlace)) throw new Refusal('template_link_missing')
}

/** Where the link of an offer, a form or a visit goes. It is filled in when the message leaves, and kept nowhere. */
export const linkPlace = '{link}'

/**
 * The text with its placeholders filled in, literally: nothing is evaluated, and what was filled in is not read again. A
 * line that needs a value which is empty (a clinic without a phone) is left out. Unknown placeholders stay as they are.
 */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  const known = (name: string): boolean => Object.hasOwn(values, name)
  return text
    .split('\n')
    .filter((line) => [...line.matchAll(place)].every(([, name = '']) => !known(name) || values[name] !== ''))
    .map((line) => line.replace(place, (whole, name: string) => (known(name) ? (values[name] ?? whole) : whole)))
    .join('\n')
}
