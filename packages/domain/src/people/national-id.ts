/**
 * Whether the text is an Israeli identity number: five to nine digits whose check digit fits. Shorter ones have lost their
 * leading zeros, as spreadsheets do to them. Rule: weights 1 and 2 in turn, digits of each product added, the sum ends in 0.
 */
export function isIsraeliId(text: string): boolean {
  if (!/^\d{5,9}$/.test(text) || /^0+$/.test(text)) return false
  const products = [...text.padStart(9, '0')].map((digit, place) => Number(digit) * ((place % 2) + 1))
  const sum = products.reduce((total, product) => total + (product > 9 ? product - 9 : product), 0)
  return sum % 10 === 0
}

/** The nine digits of an identity number as it is stored and compared, from what a person typed; null when it is none. */
export function readIsraeliId(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Cf}\p{Pd}]/gu, '')
  return isIsraeliId(digits) ? digits.padStart(9, '0') : null
}

/**
 * A passport number as it is stored and compared: capitals and digits, nothing between them; null when it cannot be one.
 * There is no check digit outside the machine-readable zone; lengths from 5 to 15 leave room for every issuing country.
 */
export function readPassport(typed: string): string | null {
  const number = typed.normalize('NFKC').replace(/[\s\p{Cf}\p{Pd}]/gu, '').toUpperCase()
  return /^[A-Z0-9]{5,15}$/.test(number) && /\d/.test(number) ? number : null
}
