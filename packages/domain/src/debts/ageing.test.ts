import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant, dateIn, plainDate } from '../time.ts'
import { ageing, ageOf, ages, dueOn } from './ageing.ts'

const today = plainDate('2026-11-23')

describe('how long a debt is due', () => {
  it('begins on the day it is due, and not before', () => {
    expect(ageOf(today.add({ days: 1 }), today)).toBe('notDue')
    expect(ageOf(today, today)).toBe('to30')
  })

  it.each([[30, 'to30'], [31, 'to60'], [60, 'to60'], [61, 'to90'], [90, 'to90'], [91, 'over90'], [4_000, 'over90']] as const)('after %i days stands under %s', (days, age) => {
    expect(ageOf(today.subtract({ days }), today)).toBe(age)
  })

  it('counts days of the calendar over a change of the clocks and the end of a year', () => {
    expect(ageOf(plainDate('2026-10-24'), plainDate('2026-11-23'))).toBe('to30') // the clocks went back on the 25th
    expect(ageOf(plainDate('2026-12-31'), plainDate('2027-01-31'))).toBe('to60')
    expect(ageOf(plainDate('2028-02-01'), plainDate('2028-03-02'))).toBe('to30') // a leap year
  })

  it('is of the wall of the clinic: late in the evening in London it is the next day in Israel', () => {
    const late = instant('2026-11-22T22:30:00Z')
    expect(ageOf(plainDate('2026-10-24'), dateIn('Europe/London', late))).toBe('to30')
    expect(ageOf(plainDate('2026-10-23'), dateIn('Asia/Jerusalem', late))).toBe('to60')
  })

  it('is counted from the end of the term of payment', () => {
    expect(dueOn(today, 0)).toEqual(today)
    expect(ageOf(dueOn(today, 30), today)).toBe('notDue')
    expect(ageOf(dueOn(today.subtract({ days: 61 }), 30), today)).toBe('to60')
  })
})

describe('sums by age', () => {
  const debt = fc.record({ dueOn: fc.integer({ min: -400, max: 400 }).map((days) => today.add({ days })), owed: fc.integer({ min: 1, max: 10_000_000 }) })

  it('are together what is owed, and each debt stands in one column', () => {
    fc.assert(
      fc.property(fc.array(debt, { maxLength: 30 }), (debts) => {
        const sums = ageing(debts, today)
        expect(ages.reduce((sum, age) => sum + sums[age], 0)).toBe(debts.reduce((sum, { owed }) => sum + owed, 0))
        for (const age of ages) expect(sums[age]).toBe(debts.filter((one) => ageOf(one.dueOn, today) === age).reduce((sum, { owed }) => sum + owed, 0))
      }),
    )
  })

  it('only move to the right as days pass', () => {
    fc.assert(
      fc.property(debt, fc.integer({ min: 0, max: 500 }), ({ dueOn: due }, days) => {
        expect(ages.indexOf(ageOf(due, today.add({ days })))).toBeGreaterThanOrEqual(ages.indexOf(ageOf(due, today)))
      }),
    )
  })
})
