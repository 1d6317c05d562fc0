export interface MailAddress {
  name: string
  address: string
}

const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const label = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

/**
 * Whether it is one plain address that mail can be sent to (RFC 5321 lengths, dot-atom, a domain of two labels or more).
 * Quoted parts, comments, lists and line breaks are refused: in a header they would be somebody else's address.
 */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (at < 1 || at > 64 || text.length > 254) return false
  const labels = text.slice(at + 1).split('.')
  return local.test(text.slice(0, at)) && labels.length > 1 && labels.every((each) => label.test(each))
}

/** A name fit for a header: one line, no control or direction characters, at most 120 characters. */
export const headerText = (text: string): string =>
  [...text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()].slice(0, 120).join('')
