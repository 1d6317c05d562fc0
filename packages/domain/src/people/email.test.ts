import { expect, test } from 'vitest'
import { readEmail } from './email.ts'

test.each([
  [' Dana.Levi@Example.CO.IL ', 'Dana.Levi@example.co.il'],
  ['\u200edana@example.com', 'dana@example.com'],
  ['דנה@דוגמה.ישראל', 'דנה@דוגמה.ישראל'],
])('reads %j as %s', (typed, address) => {
  expect(readEmail(typed)).toBe(address)
})

test.each(['', 'dana', 'dana@', '@example.com', 'dana@example', 'a@b@c.com', 'dana@exam ple.com', 'a,b@example.com', 'dana@example.com\nBcc: x@y.com', '<dana@example.com>', 'dana@.com', `${'a'.repeat(65)}@example.com`])(
  'refuses %j',
  (typed) => {
    expect(readEmail(typed)).toBeNull()
  },
)
