import { expect, test } from 'vitest'
import { plainDate } from '../time.ts'
import { hebrewYear } from './hebrew-date.ts'
import { type HolidayDay, holidaysOfYear } from './holidays.ts'
import { holidayOf } from './israel.ts'

const brief = (days: readonly HolidayDay[]) => Object.fromEntries(days.filter(({ habit }) => habit !== 'open').map(({ date, holiday, habit }) => [date, `${holiday} ${habit}`]))

// Taken down by hand from published calendars.
test('proposes for 2026/27 the days on which clinics close, and their eves for half a day', () => {
  expect(brief(holidaysOfYear(5787))).toEqual({
    '2026-09-11': 'rosh_hashana_eve half',
    '2026-09-12': 'rosh_hashana closed',
    '2026-09-13': 'rosh_hashana_second closed',
    '2026-09-20': 'yom_kippur_eve half',
    '2026-09-21': 'yom_kippur closed',
    '2026-09-25': 'sukkot_eve half',
    '2026-09-26': 'sukkot closed',
    '2026-10-02': 'simchat_torah_eve half',
    '2026-10-03': 'simchat_torah closed',
    '2027-04-21': 'pesach_eve half',
    '2027-04-22': 'pesach closed',
    '2027-04-27': 'pesach_seventh_eve half',
    '2027-04-28': 'pesach_seventh closed',
    '2027-05-12': 'independence_day closed',
    '2027-06-10': 'shavuot_eve half',
    '2027-06-11': 'shavuot closed',
  })
})

test('and for 2027/28', () => {
  expect(brief(holidaysOfYear(5788))).toEqual({
    '2027-10-01': 'rosh_hashana_eve half',
    '2027-10-02': 'rosh_hashana closed',
    '2027-10-03': 'rosh_hashana_second closed',
    '2027-10-10': 'yom_kippur_eve half',
    '2027-10-11': 'yom_kippur closed',
    '2027-10-15': 'sukkot_eve half',
    '2027-10-16': 'sukkot closed',
    '2027-10-22': 'simchat_torah_eve half',
    '2027-10-23': 'simchat_torah closed',
    '2028-04-10': 'pesach_eve half',
    '2028-04-11': 'pesach closed',
    '2028-04-16': 'pesach_seventh_eve half',
    '2028-04-17': 'pesach_seventh closed',
    '2028-05-02': 'independence_day closed',
    '2028-05-30': 'shavuot_eve half',
    '2028-05-31': 'shavuot closed',
  })
})

test('tells of the days on which some clinics close', () => {
  const open = holidaysOfYear(5787).filter(({ habit }) => habit === 'open').map(({ date, holiday }) => `${date} ${holiday}`)
  expect(open).toEqual([
    ...['2026-09-27', '2026-09-28', '2026-09-29', '2026-09-30', '2026-10-01'].map((date) => `${date} sukkot_middle`),
    '2027-03-23 purim', // of the second Adar: it is a leap year
    ...['2027-04-23', '2027-04-24', '2027-04-25', '2027-04-26'].map((date) => `${date} pesach_middle`),
    '2027-05-11 memorial_day',
    '2027-08-12 tisha_beav',
  ])
})

test('every public holiday of a century is in its year, once', () => {
  for (let year = 5760; year < 5860; year += 1) {
    const days = holidaysOfYear(year)
    expect(days.filter(({ date }) => holidayOf(plainDate(date)) !== null), String(year)).toHaveLength(9)
    expect(new Set(days.map(({ date }) => date)).size).toBe(days.length)
    expect(days.filter(({ holiday }) => holiday === 'tisha_beav' || holiday === 'purim')).toHaveLength(2)
  }
})

test('a Hebrew year begins with its Rosh Hashana', () => {
  expect([hebrewYear(plainDate('2026-09-11')), hebrewYear(plainDate('2026-09-12'))]).toEqual([5786, 5787])
})
