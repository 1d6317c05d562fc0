import { expect, test } from 'vitest'
import { readPrice, typedPrice } from './read-price.ts'

test('reads prices as people type them, nothing among them', () => {
  expect(['350', '1,250.50', '₪ 99.9', '0', '0.00'].map(readPrice)).toEqual([35_000, 125_050, 9990, 0, 0])
})

test('reads no price from words, signs, three decimals or more than a million shekels', () => {
  expect(['', 'חינם', '-5', '1.234', '1000000.01'].map(readPrice)).toEqual([null, null, null, null, null])
})

test('shows a price as it would be typed, and reads it back', () => {
  for (const agorot of [0, 5, 35_000, 125_050]) expect(readPrice(typedPrice(agorot))).toBe(agorot)
  expect(typedPrice(125_050)).toBe('1250.50')
})
