import { instant, plainDate } from '@yoman/domain/time'
import type { Language } from '../i18n.ts'

// Plain dates are formatted at noon UTC in UTC, so that no zone can turn them into their neighbour.
const noon = (iso: string): number => instant(`${plainDate(iso).toString()}T12:00:00Z`).epochMilliseconds
const locales: Record<Language, string> = { he: 'he-IL', en: 'en-GB' }
const made = new Map<string, Intl.DateTimeFormat>()

function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const known = made.get(key) ?? new Intl.DateTimeFormat(locales[language], options) // making one costs a hundred times a use
  made.set(key, known)
  return known
}

/** `יום ראשון, 22 בנובמבר 2026` of an ISO date. */
export const showDay = (iso: string, language: Language): string =>
  formatter(language, { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(noon(iso))

/** `יום א׳, 22 בנוב׳` of an ISO date. */
export const showShortDay = (iso: string, language: Language): string =>
  formatter(language, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(noon(iso))

export const showMonth = (iso: string, language: Language): string => formatter(language, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(noon(iso))

/** `נוב׳ 26` of an ISO date. */
export const showShortMonth = (iso: string, language: Language): string => formatter(language, { timeZone: 'UTC', month: 'short', year: '2-digit' }).format(noon(iso))

/** `09:30` on the wall of `zone`, of an instant as text. */
export const showClock = (at: string, zone: string, language: Language): string =>
  formatter(language, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant(at).epochMilliseconds)

/** `22/11/2026` on the wall of `zone`, of an instant as text. */
export const showInstantDay = (at: string, zone: string, language: Language): string =>
  formatter(language, { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric' }).format(instant(at).epochMilliseconds).replaceAll('.', '/')

/** Sunday to Saturday. */
export const weekdayLetters = (language: Language): { short: string; long: string }[] =>
  ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06', '2026-11-07'].map((iso) => ({
    short: formatter(language, { timeZone: 'UTC', weekday: 'narrow' }).format(noon(iso)),
    long: formatter(language, { timeZone: 'UTC', weekday: 'long' }).format(noon(iso)),
  }))

/** `22–28 בנובמבר 2026` of two ISO dates. */
export const showDays = (first: string, last: string, language: Language): string =>
  formatter(language, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).formatRange(noon(first), noon(last))

/** `22–28 בנוב׳` of the first and the last day of a period, ISO dates. */
export const showShortDays = (first: string, last: string, language: Language): string =>
  formatter(language, { timeZone: 'UTC', day: 'numeric', month: 'short' }).formatRange(noon(first), noon(last))

/** `יום א׳ 22.11` of an ISO date. */
export const showColumnDay = (iso: string, language: Language): string => formatter(language, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'numeric' }).format(noon(iso))
