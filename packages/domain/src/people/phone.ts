import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * A phone number as people write it, in E.164 (`+972501234567`); null when it is no number. Without a country code it is
 * Israeli. Star numbers (`*2323`), extensions and text around the number are refused: nothing can be sent to them.
 * The `min` metadata on purpose: the fuller sets refuse 050-1234567 and other numbers that Israelis have.
 */
export function readPhone(typed: string): string | null {
  // Pasted numbers carry direction marks, and some keyboards write other dashes and digits.
  const text = typed.normalize('NFKC').replace(/\p{Cf}/gu, '').replace(/\p{Pd}/gu, '-').trim()
  if (text.length > 40) return null
  const number = parsePhoneNumberFromString(text, { defaultCountry: 'IL', extract: false })
  if (!number?.isValid() || number.ext !== undefined) return null
  return number.number
}

/** Whether an SMS can reach it. Israel: 05x; abroad every number may be one, since plans elsewhere do not tell them apart. */
export const isMobile = (e164: string): boolean => (e164.startsWith('+972') ? /^\+9725\d{8}$/.test(e164) : /^\+[1-9]\d{6,14}$/.test(e164))

/** For the eye: Israeli numbers as at home (`050-123-4567`), others with their country code. Isolate it left to right. */
export function showPhone(e164: string): string {
  const number = parsePhoneNumberFromString(e164)
  if (!number) return e164
  return number.country === 'IL' ? number.formatNational() : number.formatInternational()
}
