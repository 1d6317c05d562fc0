import { type PlainDate, weekday } from '../time.ts'
import { hebrewDate } from './hebrew-date.ts'

export const holidays = ['rosh_hashana', 'yom_kippur', 'sukkot', 'simchat_torah', 'pesach', 'pesach_seventh', 'shavuot', 'independence_day'] as const
export type Holiday = (typeof holidays)[number]

/** The days on which Israel closes, by Hebrew date; Independence Day moves and has a function of its own. */
const closed: Readonly<Record<string, Holiday>> = {
  'Tishri 1': 'rosh_hashana',
  'Tishri 2': 'rosh_hashana',
  'Tishri 10': 'yom_kippur',
  'Tishri 15': 'sukkot',
  'Tishri 22': 'simchat_torah',
  'Nisan 15': 'pesach',
  'Nisan 21': 'pesach_seventh',
  'Sivan 6': 'shavuot',
}

const saturday = 6
const friday = 5

/** The public holiday of a day in Israel, or null. Sabbaths are not holidays. Calendar as observed in Israel, one day each. */
export function holidayOf(date: PlainDate): Holiday | null {
  const { day, month } = hebrewDate(date)
  if (month === 'Iyar') return isIndependenceDay(date) ? 'independence_day' : null
  return closed[`${month} ${day}`] ?? null
}

/** Sabbath or public holiday: clinics are closed and no message leaves. */
export const isRestDay = (date: PlainDate): boolean => weekday(date) === saturday || holidayOf(date) !== null

/**
 * Whether the Sabbath or a holiday begins at sunset of this day: work ends early. The evening before Independence Day is
 * none: it is a memorial day, on which people work. A rest day is never an eve, even when another follows it.
 */
export function isEve(date: PlainDate): boolean {
  if (isRestDay(date)) return false
  const next = date.add({ days: 1 })
  return weekday(date) === friday || (isRestDay(next) && holidayOf(next) !== 'independence_day')
}

/** 5 Iyar; from a Friday or a Sabbath back to Thursday, from a Monday on to Tuesday, so that no eve of it touches a Sabbath (Independence Day Law). */
function isIndependenceDay(date: PlainDate): boolean {
  const { day } = hebrewDate(date)
  const fifth = date.add({ days: 5 - day })
  const moved: Readonly<Record<number, number>> = { 5: -1, 6: -2, 1: 1 }
  return fifth.add({ days: moved[weekday(fifth)] ?? 0 }).equals(date)
}
