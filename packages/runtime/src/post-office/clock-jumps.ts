import { isoTime, utcTime } from '../clock.ts'

export type Jump = { name: 'tonight' | 'tomorrow' | 'hour' | 'friday'; to: string; holiday?: { he: string; en: string } }

const HOUR_MS = 3_600_000

// The days of rest of the Jewish year in Israel, by month and day of Intl's Hebrew calendar.
const HOLIDAYS: Record<string, { he: string; en: string }> = {
  'Tishri 1': { he: 'ראש השנה', en: 'Rosh Hashanah' },
  'Tishri 2': { he: 'ראש השנה', en: 'Rosh Hashanah' },
  'Tishri 10': { he: 'יום כיפור', en: 'Yom Kippur' },
  'Tishri 15': { he: 'סוכות', en: 'Sukkot' },
  'Tishri 22': { he: 'שמיני עצרת', en: 'Shemini Atzeret' },
  'Nisan 15': { he: 'פסח', en: 'Passover' },
  'Nisan 21': { he: 'שביעי של פסח', en: 'Seventh day of Passover' },
  'Sivan 6': { he: 'שבועות', en: 'Shavuot' },
}

/**
 * The times worth jumping to from `now` (milliseconds), on the wall of `zone`: tonight at 20:00 (tomorrow's, when that is
 * past), tomorrow at 10:00, an hour on, and the next Friday at 08:00 after which a holiday falls before Tuesday.
 */
export function clockJumps(now: number, zone: string): Jump[] {
  const tonight = wallTime(now, 0, 20, zone)
  const friday = fridayBeforeHoliday(now, zone)
  return [
    { name: 'hour', to: isoTime(now + HOUR_MS) },
    { name: 'tonight', to: isoTime(tonight > now ? tonight : wallTime(now, 1, 20, zone)) },
    { name: 'tomorrow', to: isoTime(wallTime(now, 1, 10, zone)) },
    ...(friday ? [friday] : []),
  ]
}

function fridayBeforeHoliday(now: number, zone: string): Jump | undefined {
  for (let days = 1; days < 800; days++) {
    const morning = wallTime(now, days, 8, zone)
    if (weekday(morning, zone) !== 'Fri') continue
    const holiday = [1, 2, 3].map((after) => HOLIDAYS[hebrewDay(wallTime(morning, after, 12, zone), zone)]).find((found) => found !== undefined)
    if (holiday) return { name: 'friday', to: isoTime(morning), holiday }
  }
  return undefined
}

/** `hour` o'clock on the wall, so many days after the day of `from`. No zone changes its clocks at the hours used here. */
function wallTime(from: number, days: number, hour: number, zone: string): number {
  const { year, month, day } = fields(from, zone)
  const asUtc = utcTime(year, month, day + days, hour)
  const guess = asUtc - offset(asUtc, zone)
  return asUtc - offset(guess, zone)
}

function offset(at: number, zone: string): number {
  const { year, month, day, hour } = fields(at, zone)
  const minutes = at % HOUR_MS
  return utcTime(year, month, day, hour) + minutes - at
}

function fields(at: number, zone: string): { year: number; month: number; day: number; hour: number } {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'gregory', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' })
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return { year: parts['year'] ?? 0, month: parts['month'] ?? 0, day: parts['day'] ?? 0, hour: parts['hour'] ?? 0 }
}

const weekday = (at: number, zone: string): string => new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short' }).format(at)

function hebrewDay(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'hebrew', month: 'long', day: 'numeric' }).formatToParts(at)
  return `${parts.find(({ type }) => type === 'month')?.value} ${parts.find(({ type }) => type === 'day')?.value}`
}
