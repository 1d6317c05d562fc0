import { expect, test } from 'vitest'
import { phoneText } from './phone-text.ts'

test.each([
  ['+972501234567', '050-123-4567'],
  ['+972721234567', '072-123-4567'],
  ['+97231234567', '03-123-4567'],
  ['+12125552368', '+12125552368'],
])('shows %s as %s', (number, shown) => {
  expect(phoneText(number)).toBe(shown)
})
