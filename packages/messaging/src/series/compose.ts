import { fillTemplate } from '@yoman/domain/messages/template'
import { type Pattern, patternOf } from '@yoman/domain/series/pattern'
import { type Rule, weekOfMonth } from '@yoman/domain/series/recurrence'
import type { Instant } from '@yoman/domain/time'
import { headerText } from '../address.ts'
import { texts } from '../texts/ours.ts'
import type { Channel, Language, Text } from '../texts/text.ts'
import { dateText, dayText, phoneText, timeText, weekdayText } from '../values.ts'
import { type SeriesWords, seriesWords } from './words.ts'

export interface SeriesMessage {
  kind: 'series_changed' | 'series_cancelled'
  /** SMS where nothing is said. */
  channel?: Channel | undefined
  /** The patient's. */
  language: Language
  /** The clinic's own text; null where it speaks with ours. */
  own: Text | null
  patientFirstName: string
  clinicName: string
  branchName: string
  practitionerNames: readonly string[]
  /** As it was typed; empty where there is none. */
  phone: string
  rule: Rule
  /** The visits that it names, in their order; at least one. */
  starts: readonly Instant[]
  /** The branch's IANA zone. */
  zone: string
}

/** More dates than this are a table, not a message. */
const mostDates = 6

/** The words of a message about several visits of a series: their pattern where they follow one, else their dates. Says nothing of what the visits are for. */
export function composeSeriesMessage({ kind, channel, language, own, rule, starts, zone, phone, practitionerNames, ...names }: SeriesMessage): Text {
  const values = {
    patientFirstName: headerText(names.patientFirstName),
    clinicName: headerText(names.clinicName),
    branchName: headerText(names.branchName),
    practitionerName: practitionerNames.map(headerText).join(seriesWords[language].comma),
    phone: phoneText(phone, language),
    times: timesText(language, zone, rule, starts),
  }
  return { subject: channel === 'email' ? seriesWords[language].subject[kind] : '', body: fillTemplate(own?.body ?? texts[language].sms[kind], values) }
}

function timesText(language: Language, zone: string, rule: Rule, starts: readonly Instant[]): string {
  const words = seriesWords[language]
  const whenOf = (at: Instant): string => words.at(dateText(at, zone, language), timeText(at, zone, language))
  const pattern = patternOf(zone, rule, starts)
  const [first, last] = [starts[0], starts.at(-1)]
  if (!pattern || !first || !last) {
    const left = starts.length - mostDates
    return [...starts.slice(0, mostDates).map(whenOf), ...(left > 0 ? [words.more(left)] : [])].join(words.semicolon)
  }
  const span = words.span(dayText(first, zone, language), dayText(last, zone, language), starts.length)
  const elsewhere = pattern.besides.length > 0 ? `${words.semicolon}${words.elsewhere}: ${pattern.besides.map(whenOf).join(words.semicolon)}` : ''
  return `${patternText(words, pattern, language, zone)}${words.comma}${span}${elsewhere}`
}

function patternText(words: SeriesWords, { unit, every, monthBy, like }: Pattern, language: Language, zone: string): string {
  const at = like.date.toZonedDateTime({ timeZone: zone, plainTime: like.time }).toInstant()
  const [weekday, time] = [weekdayText(at, zone, language), timeText(at, zone, language)]
  if (unit === 'week') return words.everyWeeks(every, weekday, time)
  return monthBy === 'weekday' ? words.everyMonthsByWeekday(every, weekOfMonth(like.date), weekday, time) : words.everyMonthsByDate(every, like.date.day, time)
}
