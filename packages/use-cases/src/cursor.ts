import { isUuid } from '@yoman/domain/ids'
import { Refusal } from '@yoman/domain/refusal'
import { instant, plainDate } from '@yoman/domain/time'

/** The place in a list where the next page begins: the sort keys of the last row, unreadable on purpose. */
export const encodeCursor = (keys: readonly string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

/** Whether a key is what the list sorts by; a forged cursor must not reach the database as nonsense. */
export type KeyForm = (key: string) => boolean

export const textKey: KeyForm = (key) => /^[^\0\p{Cs}]*$/u.test(key)
export const uuidKey: KeyForm = isUuid
// Temporal reads more than Postgres does, calendars and zones in brackets among it: hence the exact forms that we write.
export const dateKey: KeyForm = (key) => /^[12]\d{3}-\d\d-\d\d$/.test(key) && reads(plainDate, key)
export const instantKey: KeyForm = (key) => /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(key) && reads(instant, key)

/** The keys again, one for each form. Throws `cursor_invalid` for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string, forms: readonly KeyForm[]): string[] {
  const keys = parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  const fits = (key: unknown, place: number): key is string => typeof key === 'string' && forms[place]?.(key) === true
  if (!Array.isArray(keys) || keys.length !== forms.length || !keys.every(fits)) throw new Refusal('cursor_invalid')
  return keys
}

function reads(reader: (text: string) => unknown, text: string): boolean {
  try {
    return reader(text) !== undefined
  } catch {
    return false // a RangeError is how Temporal says that it cannot read it
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // not ours: told as cursor_invalid
  }
}
