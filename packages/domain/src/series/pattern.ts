import { type Instant, type PlainDate, type PlainTime, dateIn, timeIn } from '../time.ts'
import { type Rule, weekOfMonth } from './recurrence.ts'

/** How the visits of a series lie, as one says it in a sentence. */
export interface Pattern extends Rule {
  /** One that lies as most do: its weekday, date and hour are those of the pattern. */
  like: { date: PlainDate; time: PlainTime }
  /** Those that lie elsewhere, at most three. */
  besides: Instant[]
}

const mostBesides = 3

/**
 * The pattern of visits as they stand, by the rule of their series; null where they follow none: too few of them, too many elsewhere,
 * or one of its dates without a visit. Then only a list tells the truth. `starts` in their order.
 */
export function patternOf(zone: string, rule: Rule, starts: readonly Instant[]): Pattern | null {
  const keys = starts.map((at) => keyOf(rule, dateIn(zone, at), timeIn(zone, at)))
  const usual = mostFrequent(keys)
  const inLine = starts.filter((_, index) => keys[index] === usual)
  const besides = starts.filter((_, index) => keys[index] !== usual)
  const [first, last] = [inLine[0], inLine.at(-1)]
  if (!first || !last || inLine.length < 3 || besides.length > mostBesides) return null
  const steps = stepsBetween(rule, dateIn(zone, first), dateIn(zone, last))
  // A visit that was moved away leaves its own date empty; any other gap would make the pattern promise what is not booked.
  const empty = steps === null ? Infinity : steps + 1 - inLine.length
  return empty > besides.length ? null : { ...rule, like: { date: dateIn(zone, first), time: timeIn(zone, first) }, besides }
}

function keyOf({ unit, monthBy }: Rule, date: PlainDate, time: PlainTime): string {
  if (unit === 'week') return `${date.dayOfWeek} ${time}`
  return monthBy === 'weekday' ? `${date.dayOfWeek} ${weekOfMonth(date)} ${time}` : `${date.day} ${time}`
}

/** How many steps of the rule lie between two of its dates; null where they are not so apart. */
function stepsBetween({ unit, every }: Rule, from: PlainDate, to: PlainDate): number | null {
  const apart = unit === 'week' ? from.until(to).days / 7 : (to.year - from.year) * 12 + to.month - from.month
  return apart % every === 0 ? apart / every : null
}

function mostFrequent(keys: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0])[0]
}
