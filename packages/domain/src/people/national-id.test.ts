import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isIsraeliId, readIsraeliId, readPassport } from './national-id.ts'

test.each(['123456782', '000000018', '777777715', '111111118', '00018', '18'.padStart(5, '0')])('%s is an identity number', (id) => {
  expect(isIsraeliId(id)).toBe(true)
})

test.each(['123456789', '000000000', '00000', '', '18', '1234567820', '12345678a', ' 123456782', '١٢٣٤٥٦٧٨٢', '123456782\n'])('%j is none', (id) => {
  expect(isIsraeliId(id)).toBe(false)
})

const body = fc.integer({ min: 1, max: 99_999_999 }).map((number) => String(number).padStart(8, '0'))

test('for any eight digits exactly one ninth fits', () => {
  fc.assert(fc.property(body, (digits) => {
    expect([...'0123456789'].filter((last) => isIsraeliId(digits + last))).toHaveLength(1)
  }))
})

test('any single mistyped digit is noticed', () => {
  const valid = body.map((digits) => digits + [...'0123456789'].find((last) => isIsraeliId(digits + last)))
  fc.assert(fc.property(valid, fc.nat(8), fc.integer({ min: 1, max: 9 }), (id, place, shift) => {
    const wrong = String((Number(id[place]) + shift) % 10)
    expect(isIsraeliId(id.slice(0, place) + wrong + id.slice(place + 1))).toBe(false)
  }))
})

test('reads what people type and pads what spreadsheets cut', () => {
  expect(readIsraeliId('12345678-2')).toBe('123456782')
  expect(readIsraeliId('\u200f 123 456 782 \u200e')).toBe('123456782')
  expect(readIsraeliId('１２３４５６７８２')).toBe('123456782')
  expect(readIsraeliId('00018')).toBe('000000018')
  expect(readIsraeliId('123456789')).toBeNull()
})

test.each([
  ['ab 123456', 'AB123456'],
  ['12-345678', '12345678'],
  ['abcdef', null],
  ['1234', null],
  ['1234567890123456', null],
  ['אב12345', null],
  ['', null],
])('reads the passport number %j as %j', (typed, number) => {
  expect(readPassport(typed)).toBe(number)
})
