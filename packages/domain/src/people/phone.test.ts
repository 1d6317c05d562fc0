import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isMobile, readPhone, showPhone } from './phone.ts'

test.each([
  ['050-1234567', '+972501234567'],
  ['0521234567', '+972521234567'],
  ['054 123 45 67', '+972541234567'],
  ['501234567', '+972501234567'],
  ['+972-50-123-4567', '+972501234567'],
  ['972501234567', '+972501234567'],
  ['00972501234567', '+972501234567'],
  ['(03) 123-4567', '+97231234567'],
  ['072-2345678', '+972722345678'],
  ['\u200e050\u2010123\u20134567\u200f', '+972501234567'],
  ['０５０１２３４５６７', '+972501234567'],
  ['+1 212 555 2368', '+12125552368'],
  ['+7 912 345-67-89', '+79123456789'],
])('reads %j as %s', (typed, number) => {
  expect(readPhone(typed)).toBe(number)
})

test.each(['', '*2323', '123', '050-12345', '050-123456789', 'אמא 050-1234567', '050-1234567 ext. 3', '0501234567/0521234567', '+', 'abc', '0'.repeat(500)])(
  'refuses %j',
  (typed) => {
    expect(readPhone(typed)).toBeNull()
  },
)

test('every Israeli mobile number is read, however it is grouped', () => {
  const digits = fc.integer({ min: 2_000_000, max: 9_999_999 }).map(String)
  fc.assert(fc.property(fc.constantFrom('0', '2', '3', '4', '5', '8'), digits, fc.constantFrom('', '-', ' '), (operator, rest, between) => {
    const number = readPhone(`05${operator}${between}${rest.slice(0, 3)}${between}${rest.slice(3)}`)
    expect(number).toBe(`+9725${operator}${rest}`)
    expect(isMobile(`+9725${operator}${rest}`)).toBe(true)
    expect(readPhone(showPhone(`+9725${operator}${rest}`))).toBe(number)
  }))
})

test('never throws and gives only E.164', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
    expect(readPhone(typed) ?? '+97231234567').toMatch(/^\+[1-9]\d{6,14}$/)
  }))
})

test('tells mobiles from lines that take no SMS', () => {
  expect(isMobile('+972501234567')).toBe(true)
  expect(isMobile('+97231234567')).toBe(false)
  expect(isMobile('+972722345678')).toBe(false)
  expect(isMobile('+12125552368')).toBe(true)
})

test('shows numbers as their readers write them', () => {
  expect(showPhone('+972501234567')).toBe('050-123-4567')
  expect(showPhone('+12125552368')).toBe('+1 212 555 2368')
})
