/**
 * What is typed at one end of a range: a number, null for nothing (no limit), undefined for what is only begun (`37.`, `-`) or wrong.
 * Whole ones are ages, 0 to 150; measures may have six decimals, behind a point or a comma, and be below nothing.
 */
export function readNumber(typed: string, whole: boolean): number | null | undefined {
  const text = typed.trim().replace(',', '.')
  if (text === '') return null
  if (!(whole ? /^\d{1,3}$/ : /^-?\d{1,9}(\.\d{1,6})?$/).test(text)) return undefined
  return whole && Number(text) > 150 ? undefined : Number(text)
}
