import { type PlainDate, plainDate } from '../time.ts'
import { hebrewDate, hebrewYear } from './hebrew-date.ts'
import { holidayOf, type Holiday } from './israel.ts'

/** A day of the Hebrew year on which clinics in Israel do not work as on others. */
export type HolidayCode =
  | Holiday
  | 'rosh_hashana_second'
  | `${'rosh_hashana' | 'yom_kippur' | 'sukkot' | 'simchat_torah' | 'pesach' | 'pesach_seventh' | 'shavuot'}_eve`
  | 'sukkot_middle'
  | 'pesach_middle'
  | 'purim'
  | 'memorial_day'
  | 'tisha_beav'

/** What is usual: closed all day, closed from 13:00, or open with some clinics closed. */
export type HolidayHabit = 'closed' | 'half' | 'open'

export interface HolidayDay {
  date: string
  holiday: HolidayCode
  habit: HolidayHabit
}

/** From when a half day is closed, on the branch's wall. */
export const halfDayFrom = '13:00'

const evesOf: Partial<Record<Holiday, HolidayCode>> = {
  rosh_hashana: 'rosh_hashana_eve',
  yom_kippur: 'yom_kippur_eve',
  sukkot: 'sukkot_eve',
  simchat_torah: 'simchat_torah_eve',
  pesach: 'pesach_eve',
  pesach_seventh: 'pesach_seventh_eve',
  shavuot: 'shavuot_eve',
}

/**
 * The holidays of one Hebrew year (5787 begins in the autumn of 2026) in order of their dates, from the eve of its Rosh Hashana on. As
 * observed in Israel. Hanukkah and the new year of the trees are working days and not among them.
 */
export function holidaysOfYear(year: number): HolidayDay[] {
  const first = newYear(year)
  const days = first.until(newYear(year + 1), { largestUnit: 'days' }).days
  return Array.from({ length: days }, (_, index) => first.add({ days: index - 1 })).flatMap((date) => holidayDay(date) ?? [])
}

function holidayDay(date: PlainDate): HolidayDay | null {
  const iso = date.toString()
  const found = holidayOf(date)
  if (found) return { date: iso, holiday: found === 'rosh_hashana' && hebrewDate(date).day === 2 ? 'rosh_hashana_second' : found, habit: 'closed' }
  const next = holidayOf(date.add({ days: 1 }))
  if (next === 'independence_day') return { date: iso, holiday: 'memorial_day', habit: 'open' }
  const eve = next && evesOf[next]
  if (eve) return { date: iso, holiday: eve, habit: 'half' }
  const other = workingHoliday(date)
  return other ? { date: iso, holiday: other, habit: 'open' } : null
}

function workingHoliday(date: PlainDate): HolidayCode | null {
  const { day, month } = hebrewDate(date)
  if (month === 'Tishri' && day > 15 && day < 21) return 'sukkot_middle'
  if (month === 'Nisan' && day > 15 && day < 20) return 'pesach_middle'
  if (day === 14 && (month === 'Adar' || month === 'Adar II')) return 'purim'
  // The ninth of Av, which makes way for a Sabbath.
  return month === 'Av' && date.dayOfWeek !== 6 && (day === 9 || (day === 10 && date.dayOfWeek === 7)) ? 'tisha_beav' : null
}

/** 1 Tishri, which falls between the 5th of September and the 6th of October in this century and the next. */
function newYear(year: number): PlainDate {
  let date = plainDate(`${year - 3761}-09-01`)
  while (hebrewYear(date) < year) date = date.add({ days: 1 })
  return date
}
