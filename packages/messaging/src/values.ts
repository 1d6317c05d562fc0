import type { Agorot } from '@yoman/domain/money/agorot'
import { readPhone, showPhone } from '@yoman/domain/people/phone'
import type { Instant } from '@yoman/domain/time'
import { headerText } from './address.ts'
import type { Language } from './texts/text.ts'

const locales: Record<Language, string> = { he: 'he-IL', en: 'en-GB', ar: 'ar-IL-u-nu-latn', ru: 'ru-RU' }

/** Day of the week, day and month on the branch's wall, for example `יום ב׳, 23.11`. `zone` is an IANA name. */
export const dateText = (at: Instant, zone: string, language: Language): string =>
  withoutMarks(new Intl.DateTimeFormat(locales[language], { weekday: 'short', day: 'numeric', month: 'numeric', timeZone: zone, ...(language === 'en' && { month: 'short' }) }).format(at.epochMilliseconds))

/** The day written out, for the ear: `יום שני, 23 בנובמבר`. */
export const spokenDateText = (at: Instant, zone: string, language: Language): string =>
  withoutMarks(new Intl.DateTimeFormat(locales[language], { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }).format(at.epochMilliseconds))

/** The day and month alone, for example `23.11`. */
export const dayText = (at: Instant, zone: string, language: Language): string =>
  withoutMarks(new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: language === 'en' ? 'short' : 'numeric', timeZone: zone }).format(at.epochMilliseconds))

/** The whole name of the weekday, for example `יום שני`. */
export const weekdayText = (at: Instant, zone: string, language: Language): string =>
  withoutMarks(new Intl.DateTimeFormat(locales[language], { weekday: 'long', timeZone: zone }).format(at.epochMilliseconds))

/** `09:30` on the branch's wall, in every language. */
export const timeText = (at: Instant, zone: string, language: Language): string =>
  withoutMarks(new Intl.DateTimeFormat(locales[language], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(at.epochMilliseconds))

/** As people at home write it. In Hebrew and Arabic a mark of direction goes before it: after Arabic letters `03-612-3456` would be shown as `3456-612-03`. */
export function phoneText(typed: string, language: Language): string {
  const number = readPhone(typed)
  const shown = number ? showPhone(number) : headerText(typed)
  return shown !== '' && isRightToLeft(language) ? `\u200e${shown}` : shown
}

/** `₪1,234.56`, read from left to right in every language. */
export function moneyText(sum: Agorot, language: Language): string {
  const digits = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(sum / 100)
  return isRightToLeft(language) ? `\u200e₪${digits}\u200e` : `₪${digits}`
}

export const isRightToLeft = (language: Language): boolean => language === 'he' || language === 'ar'

// Intl puts marks of direction into Arabic dates; each would cost a character of an SMS, and the digits stand right without.
const withoutMarks = (text: string): string => text.replace(/[\u061c\u200e\u200f]/gu, '')
