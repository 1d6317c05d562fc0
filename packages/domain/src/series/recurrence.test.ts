import { describe, expect, test } from 'vitest'
import { type PlainDate, atWallTime, dateIn, instant, plainDate, plainTime, timeIn } from '../time.ts'
import { type Rule, dayAgain, mostVisits, seriesDates, shiftBetween, shifted, weekOfMonth } from './recurrence.ts'

const zone = 'Asia/Jerusalem'
const weekly = (every = 1): Rule => ({ unit: 'week', every, monthBy: null })
const monthly = (monthBy: 'date' | 'weekday', every = 1): Rule => ({ unit: 'month', every, monthBy })
const dates = (first: string, rule: Rule, count: number): string[] => seriesDates(plainDate(first), rule, { count }).map(String)

/** 400 days spread over four years, each with a weekday, a month end and a leap day somewhere among them. */
const manyDays: PlainDate[] = Array.from({ length: 400 }, (_, index) => plainDate('2026-01-01').add({ days: (index * 97) % 1461 }))

describe('the dates of a series', () => {
  test('every week and every third week, the first included', () => {
    expect(dates('2026-11-22', weekly(), 3)).toEqual(['2026-11-22', '2026-11-29', '2026-12-06'])
    expect(dates('2026-12-20', weekly(3), 3)).toEqual(['2026-12-20', '2027-01-10', '2027-01-31'])
  })

  test('the 31st is the last day of a shorter month, and the 31st again in the next', () => {
    expect(dates('2027-12-31', monthly('date'), 4)).toEqual(['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31'])
  })

  test('the second Tuesday, whatever its date', () => {
    expect(dates('2027-01-12', monthly('weekday'), 4)).toEqual(['2027-01-12', '2027-02-09', '2027-03-09', '2027-04-13'])
  })

  test('a fifth weekday is the last of each month', () => {
    expect(dates('2027-01-31', monthly('weekday'), 4)).toEqual(['2027-01-31', '2027-02-28', '2027-03-28', '2027-04-25'])
  })

  test('until a date that still belongs to it, and the first in any case', () => {
    const until = (date: string): string[] => seriesDates(plainDate('2026-11-22'), weekly(), { until: plainDate(date) }).map(String)
    expect(until('2026-12-06')).toEqual(['2026-11-22', '2026-11-29', '2026-12-06'])
    expect(until('2026-12-05')).toEqual(['2026-11-22', '2026-11-29'])
    expect(until('2020-01-01')).toEqual(['2026-11-22'])
    expect(until('2199-12-31')).toHaveLength(mostVisits)
  })

  test('never goes back, never twice on a day, and keeps to its rule from any first day', () => {
    for (const first of manyDays.slice(0, 60)) {
      for (const rule of [weekly(), weekly(5), monthly('date'), monthly('date', 7), monthly('weekday'), monthly('weekday', 11)]) {
        const found = seriesDates(first, rule, { count: mostVisits })
        expect(found).toHaveLength(mostVisits)
        found.forEach((date, index) => {
          const steps = index * rule.every
          if (index > 0) expect(date.since(found[index - 1] ?? date).sign).toBe(1)
          if (rule.unit === 'week') return expect(first.until(date).days).toBe(steps * 7)
          expect(date.year * 12 + date.month).toBe(first.year * 12 + first.month + steps)
          if (rule.monthBy === 'date') return expect(date.day).toBe(Math.min(first.day, date.daysInMonth))
          expect(date.dayOfWeek).toBe(first.dayOfWeek)
          const isLast = date.day + 7 > date.daysInMonth
          expect(weekOfMonth(first) === 5 ? isLast : weekOfMonth(date) === weekOfMonth(first)).toBe(true)
        })
      }
    }
  })
})

describe('the clock on the wall', () => {
  test.each([
    ['2026-10-18', ['2026-10-18T07:00:00Z', '2026-10-25T08:00:00Z', '2026-11-01T08:00:00Z'], 'the clock went back on 25 October 2026'],
    ['2027-03-21', ['2027-03-21T08:00:00Z', '2027-03-28T07:00:00Z', '2027-04-04T07:00:00Z'], 'it went forward on 26 March 2027'],
    ['2027-10-24', ['2027-10-24T07:00:00Z', '2027-10-31T08:00:00Z', '2027-11-07T08:00:00Z'], 'and back on 31 October 2027'],
  ])('ten o’clock stays ten o’clock from %s on', (first, expected) => {
    const starts = seriesDates(plainDate(first), weekly(), { count: 3 }).map((date) => atWallTime(zone, date, plainTime('10:00')).toString())
    expect(starts).toEqual(expected)
  })

  test('a shift over a clock change is counted on the wall, there and back', () => {
    const before = instant('2027-03-23T08:00:00Z') // Tuesday 10:00, winter time
    const after = shifted(zone, before, { days: 7, time: plainTime('11:30') })
    expect(after.toString()).toBe('2027-03-30T08:30:00Z') // Tuesday 11:30, summer time
    const shift = shiftBetween(zone, before, after)
    expect([shift.days, String(shift.time)]).toEqual([7, '11:30:00'])
    expect(shifted(zone, after, shiftBetween(zone, after, before)).equals(before)).toBe(true)
  })

  test('who only changes the day keeps each visit its own hour, in any season', () => {
    const week = shiftBetween(zone, instant('2026-10-20T05:00:00Z'), instant('2026-10-27T06:00:00Z')) // 08:00 before and after the change
    expect(week).toEqual({ days: 7, time: null })
    for (const date of manyDays) {
      const to = shifted(zone, atWallTime(zone, date, plainTime('15:20')), { days: -3, time: null })
      expect(`${dateIn(zone, to)} ${timeIn(zone, to)}`).toBe(`${date.subtract({ days: 3 })} 15:20:00`)
    }
  })

  test('a new hour is the hour of all', () => {
    const shift = shiftBetween(zone, instant('2026-12-01T08:00:00Z'), instant('2026-12-02T13:10:00Z'))
    const starts = ['2026-12-08T08:00:00Z', '2026-12-15T10:40:00Z'].map((at) => shifted(zone, instant(at), shift).toString())
    expect(starts).toEqual(['2026-12-09T13:10:00Z', '2026-12-16T13:10:00Z'])
  })
})

describe('again in some time', () => {
  test('weeks keep the weekday by themselves', () => {
    expect(dayAgain(plainDate('2026-11-22'), { weeks: 6 }).toString()).toBe('2027-01-03')
  })

  test('months mean the same weekday, the nearest to the date', () => {
    expect(dayAgain(plainDate('2026-11-22'), { months: 3 }).toString()).toBe('2027-02-21') // the 22nd is a Monday
    expect(dayAgain(plainDate('2026-11-24'), { months: 1 }).toString()).toBe('2026-12-22')
    for (const date of manyDays) {
      for (const months of [1, 3, 6, 12]) {
        const day = dayAgain(date, { months })
        expect(day.dayOfWeek).toBe(date.dayOfWeek)
        expect(Math.abs(date.add({ months }).until(day).days)).toBeLessThanOrEqual(3)
      }
    }
  })
})
