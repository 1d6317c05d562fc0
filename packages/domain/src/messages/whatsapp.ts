import { Refusal } from '../refusal.ts'
import { requireFitWords } from './lint-text.ts'
import { fillTemplate, linkPlace, requireKnownPlaceholders } from './template.ts'

/** Outside a conversation WhatsApp carries templates alone, which Meta approved beforehand: a text in one language with numbered variables. */
export interface WhatsappTemplate {
  language: 'he' | 'ar' | 'ru' | 'en'
  /** By which the provider knows the approved template: `HX` and 32 hexadecimal digits; null while it is not approved. */
  contentSid: string | null
  /** The words as they were filed, with our placeholders where its variables stand. */
  body: string
}

/** Filled in where the clinic has no value (a branch without a phone): an approved text loses no line, and an empty variable is refused (Twilio's 21656). */
const nothing = '–'

/** Of Twilio's advice that values stay below 250 characters. */
const longestValue = 250

const place = /\{([^{}]*)\}/g

/** The placeholders of a text in the order in which they first appear: the first is `{{1}}` at the provider. */
const placesOf = (body: string): string[] => [...new Set([...body.matchAll(place)].map(([, name = '']) => name))]

/**
 * The text as a clinic files it for approval: numbers for placeholders. A link has to begin with a fixed address, so that its variable is
 * what stands after it. @param linkPrefix the fixed part, up to and with a slash.
 */
export function asFiled(body: string, linkPrefix: string): string {
  const places = placesOf(body)
  return body.replace(place, (_, name: string) => `${`{${name}}` === linkPlace ? linkPrefix : ''}{{${places.indexOf(name) + 1}}}`)
}

/** What is filled into the numbered variables: one line each and never empty. A link is filled in when the message leaves, and stands as its placeholder until then. */
export function variablesOf(body: string, values: Readonly<Record<string, string>>): Record<string, string> {
  const valueOf = (name: string): string => (`{${name}}` === linkPlace ? linkPlace : oneLine(values[name] ?? '') || nothing)
  return Object.fromEntries(placesOf(body).map((name, index) => [String(index + 1), valueOf(name)]))
}

/** The words that the patient reads. */
export const filledTemplate = (body: string, values: Readonly<Record<string, string>>): string => {
  const variables = variablesOf(body, values)
  return fillTemplate(body, Object.fromEntries(placesOf(body).map((name, index) => [name, variables[String(index + 1)] ?? nothing])))
}

/** The variables of a message that leaves. @param link the whole link. @param linkPrefix the part of it that stands in the approved text. */
export const withLinkIn = (variables: Readonly<Record<string, string>>, link: string, linkPrefix: string): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, value === linkPlace ? link.replace(linkPrefix, '') : value]))

/**
 * Refuses `template_placeholder_unknown`, `template_word_clinical`, `template_word_promotion`, and what Meta would not approve: `whatsapp_text_edge` for
 * a text that begins or ends with a variable, be there a point after it, and `whatsapp_text_crowded` for two with no word between them
 * (https://www.twilio.com/docs/content/using-variables-with-content-api).
 */
export function requireFitForWhatsapp(body: string): void {
  requireKnownPlaceholders('reminder', body)
  requireFitWords('reminder', body)
  if (/^\s*\{[^{}]*\}/.test(body) || /\{[^{}]*\}[\s\p{P}]*$/u.test(body)) throw new Refusal('whatsapp_text_edge')
  if (/\{[^{}]*\}[\s\p{P}]*\{[^{}]*\}/u.test(body)) throw new Refusal('whatsapp_text_crowded')
}

const oneLine = (value: string): string => [...value.replace(/\s+/g, ' ').trim()].slice(0, longestValue).join('')
