import { expect, test } from 'vitest'
import { plainDate } from '../time.ts'
import { comesOfAgeOn, isOfAge, subjects, type Telling, tellingNow, usualTelling } from './telling.ts'

const born = plainDate('2008-11-22')
const mother: Telling = { kind: 'parent', told: subjects, on: null, birthDate: born }

test('a parent hears of a minor’s health to the eve of the eighteenth birthday, and not on it', () => {
  expect(tellingNow(mother, plainDate('2026-11-21'))).toEqual({ told: ['appointments', 'clinical', 'money'], expired: [] })
  expect(tellingNow(mother, plainDate('2026-11-22'))).toEqual({ told: ['appointments', 'money'], expired: ['clinical'] })
})

test('what was said before the birthday ends with it, what the grown patient says holds', () => {
  const said = (on: string) => tellingNow({ ...mother, on: plainDate(on) }, plainDate('2027-01-01')).expired
  expect(said('2026-11-21')).toEqual(['clinical'])
  expect(said('2026-11-22')).toEqual([])
})

test('a spouse’s right does not end by age, and nobody grows up without a birth date', () => {
  expect(tellingNow({ ...mother, kind: 'spouse' }, plainDate('2030-01-01')).expired).toEqual([])
  expect(tellingNow({ ...mother, birthDate: null }, plainDate('2030-01-01')).expired).toEqual([])
  expect(isOfAge(null, plainDate('2030-01-01'))).toBe(false)
})

test('who was born on a leap day comes of age on the last of February', () => {
  expect(comesOfAgeOn(plainDate('2008-02-29')).toString()).toBe('2026-02-28')
})

test('for a start a minor’s parents are told all, a payer of money, a spouse nothing until asked', () => {
  expect(usualTelling('parent', false, true)).toEqual({ told: [...subjects], tells: [] })
  expect(usualTelling('parent', true, true)).toEqual({ told: [], tells: [] })
  expect(usualTelling('child', true, false)).toEqual({ told: [], tells: [...subjects] })
  expect(usualTelling('payer', true, true)).toEqual({ told: ['money'], tells: [] })
  expect(usualTelling('spouse', true, true)).toEqual({ told: [], tells: [] })
})
