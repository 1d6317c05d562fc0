import { cleanText } from './clean-text.ts'
import { type Field, layout, type RecordCode } from './layout.ts'

/** By the field's number. Numbers are whole: agorot, hundredths of a percent, ten-thousandths of a piece; digits may be text where they are many. */
export type Values = Readonly<Record<number, string | number>>

/**
 * One record without its line end. What is not given is spaces, zeros, or a zero with its sign. Texts are cleaned and cut;
 * throws RangeError for a number that does not fit, since a cut number is another number, and for a field that the record has not.
 */
export function writeRecord(code: RecordCode, values: Values): string {
  const fields = layout[code]
  for (const no of Object.keys(values)) if (!fields.some((field) => field.no === Number(no))) throw new RangeError(`${code} has no field ${no}`)
  return fields.map((field) => written(field, values[field.no])).join('')
}

function written(field: Field, value: string | number | undefined): string {
  if (field.kind === 'X') return cleanText(String(value ?? '')).slice(0, field.length).padEnd(field.length)
  const number = String(value ?? 0)
  if (!/^-?\d+$/.test(number)) throw new RangeError(`field ${field.no} takes whole numbers, not ${number}`)
  if (field.kind === 'N') return fitted(field, number, field.length)
  return `${number.startsWith('-') ? '-' : '+'}${fitted(field, number.replace('-', ''), field.length - 1)}`
}

function fitted({ no }: Field, digits: string, length: number): string {
  if (digits.startsWith('-') || digits.length > length) throw new RangeError(`field ${no} has ${length} digits, ${digits} does not fit`)
  return digits.padStart(length, '0')
}
