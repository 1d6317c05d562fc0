import { Refusal } from '../refusal.ts'

export const shortestPassword = 12
export const longestPassword = 128

// What people type where twelve letters are demanded; compared without case, blanks and signs at the ends.
const common = new Set([
  '123456789012', '1234567890123', '12345678901234', 'password1234', 'password12345', 'password123!', 'passwordpassword', 'qwertyuiop12',
  'qwertyuiop123', 'qwertyuiopas', 'qwertyuiopasdf', '1q2w3e4r5t6y', '1qaz2wsx3edc', 'aaaaaaaaaaaa', '111111111111', '000000000000',
  'abcdefghijkl', 'abcd12345678', 'abc123456789', 'letmeinletmein', 'iloveyou1234', 'welcome12345', 'welcome123456', 'administrator',
  'admin1234567', 'changemechangeme', 'changeme1234', 'israel123456', 'jerusalem123', 'yomanyoman12', 'clinic123456', 'dentist12345',
])

/** Throws `password_too_short` or `password_too_common`. Lengths are in characters, as NIST SP 800-63B counts them. */
export function checkPassword(password: string, about: { email: string; names: readonly string[] }): void {
  if ([...password].length < shortestPassword) throw new Refusal('password_too_short', { shortest: shortestPassword })
  const plain = password.normalize('NFKC').toLowerCase().trim()
  const personal = [about.email.toLowerCase(), ...about.names.map((name) => name.toLowerCase().trim())]
  if (common.has(plain) || new Set(plain).size < 4 || personal.includes(plain)) throw new Refusal('password_too_common')
}
