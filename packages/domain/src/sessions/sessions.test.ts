import { expect, test } from 'vitest'
import { instant } from '../time.ts'
import { checkPassword } from './password.ts'
import { decideRefresh } from './refresh.ts'
import { countAttempt, secondsBlocked } from './throttle.ts'

const now = instant('2026-11-22T08:00:00Z')
const ago = (seconds: number) => now.subtract({ seconds })

test.each([
  ['the current one', { usedAt: null, successor: null }, 'rotate'],
  ['used a moment ago', { usedAt: ago(9), successor: { usedAt: null } }, 'access_only'],
  ['used a moment ago, its successor too', { usedAt: ago(9), successor: { usedAt: ago(1) } }, 'access_only'],
  ['used ten seconds ago, its successor never', { usedAt: ago(10), successor: { usedAt: null } }, 'replace'],
  ['used long ago, its successor too', { usedAt: ago(600), successor: { usedAt: ago(300) } }, 'reuse'],
  ['made void a moment ago', { usedAt: ago(1), successor: null }, 'reuse'],
])('a refresh token that is %s', (_what, token, decision) => {
  expect(decideRefresh(token, now)).toBe(decision)
})

test('failures are forgotten after a day', () => {
  const many = { failures: 40, blockedUntil: ago(3600), lastFailureAt: now.subtract({ hours: 24, seconds: 1 }) }
  expect(countAttempt(many, 5, now).failures).toBe(1)
  expect(countAttempt({ ...many, lastFailureAt: now.subtract({ hours: 24 }) }, 5, now).failures).toBe(41)
})

test('a wait is told in whole seconds and is over on its end', () => {
  const blockedUntil = now.add({ milliseconds: 1_001 })
  expect(secondsBlocked({ failures: 9, blockedUntil, lastFailureAt: now }, now)).toBe(2)
  expect(secondsBlocked({ failures: 9, blockedUntil: now, lastFailureAt: now }, now)).toBe(0)
  expect(secondsBlocked(null, now)).toBe(0)
})

const about = { email: 'dana@clinic.example', names: ['דנה כהן לוי המאושרת'] }
test.each(['שלוםשלוםשלום', 'correct horse battery', '😀😁😂🤣😃😄😅😆😉😊😋😎'])('takes %s as a password', (password) => {
  expect(() => checkPassword(password, about)).not.toThrow()
})
test.each([['short', 'password_too_short'], ['😀😁😂🤣😃😄', 'password_too_short'], ['PasswordPassword', 'password_too_common'], ['abababababab', 'password_too_common'], ['Dana@Clinic.example', 'password_too_common'], ['דנה כהן לוי המאושרת', 'password_too_common']])('refuses %s: %s', (password, code) => {
  expect(() => checkPassword(password, about)).toThrow(code)
})
