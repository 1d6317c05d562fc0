import type { PlainDate } from '../time.ts'

/** A date of the Hebrew calendar. `month` is ICU's English name: Tishri, Heshvan … Adar, in leap years Adar I and Adar II. */
export interface HebrewDate {
  day: number
  month: string
}

// Node and browsers ship ICU's Hebrew calendar, so no table of our own can go out of date.
const hebrew = new Intl.DateTimeFormat('en-u-ca-hebrew', { day: 'numeric', month: 'long', timeZone: 'UTC' })
const known = new Map<string, HebrewDate>()

/** The Hebrew date of the daytime of a civil day (it began at sunset of the evening before). */
export function hebrewDate(date: PlainDate): HebrewDate {
  const key = date.toString()
  const found = known.get(key)
  if (found) return found
  const parts = hebrew.formatToParts(date.toZonedDateTime('UTC').epochMilliseconds)
  const part = (type: 'day' | 'month'): string => parts.find((each) => each.type === type)?.value ?? ''
  const made = { day: Number(part('day')), month: part('month') }
  if (known.size > 4_000) known.clear() // ten years of days; a caller that wanders through centuries must not fill the memory
  known.set(key, made)
  return made
}

const years = new Intl.DateTimeFormat('en-u-ca-hebrew', { year: 'numeric', timeZone: 'UTC' })

/** The Hebrew year of the daytime of a civil day: 5787 from 12 September 2026 on. */
export function hebrewYear(date: PlainDate): number {
  const parts = years.formatToParts(date.toZonedDateTime('UTC').epochMilliseconds)
  return Number(parts.find(({ type }) => type === 'year')?.value)
}
