import type { Occurrence, Series, SeriesRule } from '@yoman/contract/series'
import { type PlainDate, dateIn, instant } from '@yoman/domain/time'
import { weekOfMonth } from '@yoman/domain/series/recurrence'
import { businessNow } from '../clock.ts'
import { nameOf } from '../diary/grid-data.ts'
import { hasWords, language, t } from '../i18n.ts'
import { showClock, showShortDay, weekdayLetters } from '../ui/show-times.ts'

const ltr = (text: string): string => `\u2066${text}\u2069`
/** A name may be in any script: it turns nothing around it. */
const isolated = (text: string): string => `\u2068${text}\u2069`

/** `יום א׳, 21 בפבר׳ 10:00` on the wall of `zone`, with the year where it is another; the hour isolated from the words around it. */
export function whenWords(at: string, zone: string): string {
  const day = dayOf(at, zone)
  const year = day.year === dateIn(zone, businessNow()).year ? '' : ` ${day.year}`
  return `${showShortDay(day.toString(), language.value)}${year} ${clockWords(at, zone)}`
}
export const clockWords = (at: string, zone: string): string => ltr(showClock(at, zone, language.value))
export const dayOf = (at: string, zone: string): PlainDate => dateIn(zone, instant(at))

/** Why a visit cannot be where it was wished; empty where it can. */
export function reasonWords(one: Occurrence, zone: string, resourceName: (id: string | null) => string): string {
  const who = resourceName(one.practitionerId)
  const { clash, state } = one
  if (state === 'free') return ''
  if (state === 'holiday') return holidayWords(one.holiday)
  if (state === 'clash') {
    const what = resourceName(clash?.resourceId ?? null)
    if (!clash?.patient) return t(clash ? 'series.reason.held' : 'series.reason.taken')
    const time = ltr(`${showClock(clash.startsAt, zone, language.value)}–${showClock(clash.endsAt, zone, language.value)}`)
    return clash.resourceId === one.practitionerId ? t('series.reason.clash', { who: isolated(nameOf(clash.patient)), time }) : t('series.reason.place', { what, who: isolated(nameOf(clash.patient)), time })
  }
  if (state === 'patient_busy') return t('series.reason.patient_busy', { time: clash ? clockWords(clash.startsAt, zone) : '' })
  return t(`series.reason.${state}`, { who })
}

export function holidayWords(holiday: string | null): string {
  const key = `series.holidays.${holiday ?? ''}`
  return hasWords(key) ? t(key) : t('series.state.holiday')
}

/** `כל שבועיים`, `כל חודש ביום שלישי השני`. */
export function ruleWords({ unit, every, monthBy }: SeriesRule | Series['rule'], first: PlainDate): string {
  if (unit === 'week') return t('series.everyWeeks', {}, every)
  return `${t('series.everyMonths', {}, every)} ${monthByWords(monthBy ?? 'date', first)}`
}

/** `ב־22 בחודש`, `ביום שלישי השני`; a fifth weekday is the last. */
export function monthByWords(by: 'date' | 'weekday', first: PlainDate): string {
  if (by === 'date') return t('series.byDate', { day: first.day })
  const order = (['first', 'second', 'third', 'fourth', 'last'] as const)[weekOfMonth(first) - 1] ?? 'last'
  const weekday = weekdayLetters(language.value)[first.dayOfWeek % 7]?.long ?? ''
  return t('series.byWeekday', { weekday, order: t(`series.order.${order}`) })
}
