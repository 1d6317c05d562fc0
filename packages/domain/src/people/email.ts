// What a mail server will take and a header cannot be broken with: one @, a dotted domain, no spaces, quotes or separators.
const email = /^[^\s@<>()[\]\\,;:"]{1,64}@(?=.{4,190}$)[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u

/** An e-mail address as it is stored: trimmed, its domain in small letters; null when it is none. */
export function readEmail(typed: string): string | null {
  const text = typed.normalize('NFC').replace(/\p{Cf}/gu, '').trim()
  if (!email.test(text)) return null
  const at = text.lastIndexOf('@')
  return text.slice(0, at) + text.slice(at).toLowerCase()
}
