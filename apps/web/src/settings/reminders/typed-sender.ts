/** A number as it is typed, in E.164: an Israeli one may begin with 0. Empty is null; undefined where it is no number. */
export function readSender(typed: string): string | null | undefined {
  const digits = typed.replace(/[\s().-]/g, '')
  if (digits === '') return null
  const number = digits.startsWith('0') ? `+972${digits.slice(1)}` : digits
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined
}

/** The provider's id of a template as it is typed or pasted. Empty is null; undefined where it is none. */
export function readContentSid(typed: string): string | null | undefined {
  const trimmed = typed.trim()
  if (trimmed === '') return null
  const sid = `HX${trimmed.slice(2).toLowerCase()}`
  return /^hx$/i.test(trimmed.slice(0, 2)) && /^HX[0-9a-f]{32}$/.test(sid) ? sid : undefined
}
