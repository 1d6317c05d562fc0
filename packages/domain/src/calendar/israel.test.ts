import { expect, test } from 'vitest'
import { plainDate } from '../time.ts'
import { hebrewDate } from './hebrew-date.ts'
import { type Holiday, holidayOf, isEve, isRestDay } from './israel.ts'

// Published dates, taken down by hand: independent of the calendar that the code asks.
const published: Record<string, Holiday> = {
  '2026-04-02': 'pesach',
  '2026-04-08': 'pesach_seventh',
  '2026-04-22': 'independence_day',
  '2026-05-22': 'shavuot',
  '2026-09-12': 'rosh_hashana',
  '2026-09-13': 'rosh_hashana',
  '2026-09-21': 'yom_kippur',
  '2026-09-26': 'sukkot',
  '2026-10-03': 'simchat_torah',
  '2027-04-22': 'pesach',
  '2027-04-28': 'pesach_seventh',
  '2027-05-12': 'independence_day',
  '2027-06-11': 'shavuot',
  '2027-10-02': 'rosh_hashana',
  '2027-10-03': 'rosh_hashana',
  '2027-10-11': 'yom_kippur',
  '2027-10-16': 'sukkot',
  '2027-10-23': 'simchat_torah',
  '2028-04-11': 'pesach',
  '2028-04-17': 'pesach_seventh',
  '2028-05-02': 'independence_day',
  '2028-05-31': 'shavuot',
  '2028-09-21': 'rosh_hashana',
  '2028-09-22': 'rosh_hashana',
  '2028-09-30': 'yom_kippur',
  '2028-10-05': 'sukkot',
  '2028-10-12': 'simchat_torah',
}

test('finds exactly the published holidays of 2026, 2027 and 2028', () => {
  const found: Record<string, Holiday> = {}
  for (let date = plainDate('2026-01-01'); date.year < 2029; date = date.add({ days: 1 })) {
    const holiday = holidayOf(date)
    if (holiday) found[date.toString()] = holiday
  }
  expect(found).toEqual(published)
})

test.each([
  ['2024-05-14', '5 Iyar on a Monday: a day later'],
  ['2023-04-26', '5 Iyar on a Wednesday: as it is'],
  ['2025-05-01', '5 Iyar on a Sabbath: two days earlier'],
  ['2022-05-05', '5 Iyar on a Friday: a day earlier'],
])('Independence Day is on %s (%s)', (date) => {
  const around = [-3, -2, -1, 0, 1, 2, 3].map((days) => plainDate(date).add({ days }))
  expect(around.filter((day) => holidayOf(day) === 'independence_day').map(String)).toEqual([date])
})

test('every year from 2000 to 2099 has its nine holidays', () => {
  for (let year = 2000; year < 2100; year += 1) {
    let count = 0
    for (let date = plainDate(`${year}-01-01`); date.year === year; date = date.add({ days: 1 })) count += holidayOf(date) ? 1 : 0
    expect(count, String(year)).toBe(9)
  }
})

test.each([
  ['2026-11-27', true, 'a Friday'],
  ['2026-11-28', false, 'a Sabbath'],
  ['2027-10-01', true, 'the eve of Rosh Hashana'],
  ['2027-10-02', false, 'its first day, though another follows'],
  ['2027-10-10', true, 'the eve of Yom Kippur'],
  ['2027-10-22', true, 'the eve of Simchat Torah'],
  ['2027-04-21', true, 'the eve of Pesach'],
  ['2027-04-27', true, 'the eve of the seventh of Pesach'],
  ['2027-05-11', false, 'Memorial Day: people work on it'],
  ['2027-06-11', false, 'Shavuot that falls on a Friday: it is a rest day, not an eve'],
  ['2026-11-22', false, 'a Sunday'],
])('%s is an eve: %s (%s)', (date, eve) => {
  expect(isEve(plainDate(date))).toBe(eve)
})

test('rests on Sabbaths and holidays and on no other day', () => {
  expect(isRestDay(plainDate('2026-11-28'))).toBe(true)
  expect(isRestDay(plainDate('2027-10-11'))).toBe(true)
  expect(isRestDay(plainDate('2026-11-27'))).toBe(false)
  expect(isRestDay(plainDate('2027-10-18')), 'a middle day of Sukkot').toBe(false)
})

test('knows the months of a leap year', () => {
  expect(hebrewDate(plainDate('2027-03-23'))).toEqual({ day: 14, month: 'Adar II' })
  expect(hebrewDate(plainDate('2026-03-03'))).toEqual({ day: 14, month: 'Adar' })
})
