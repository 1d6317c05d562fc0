import { isUuid } from '../ids.ts'
import { Refusal } from '../refusal.ts'
import { type PlainDate, plainDate } from '../time.ts'
import type { Field } from './field.ts'
import { calculate, readFormula } from './formula.ts'

/** Text, number, ISO date, the key of an option, keys of options, or the id of an attachment. */
export type FieldValue = string | number | readonly string[]

const longest = 2_000
const largest = 1e12

/**
 * What was typed, as it is kept; null where it says nothing. `before` may hold an option that is no longer offered: it stays.
 * Throws `field_value_wrong` (`fieldId`).
 */
export function readValue(field: Pick<Field, 'id' | 'kind' | 'options'>, typed: unknown, before: FieldValue | null = null): FieldValue | null {
  if (typed === null || (typeof typed === 'string' && typed.trim() === '') || (Array.isArray(typed) && typed.length === 0)) return null
  const read = reader[field.kind]?.(typed, field, before)
  if (read === undefined || read === null) throw new Refusal('field_value_wrong', { fieldId: field.id })
  return read
}

type Read = (typed: unknown, field: Pick<Field, 'options'>, before: FieldValue | null) => FieldValue | null

const reader: Partial<Record<Field['kind'], Read>> = {
  text: (typed) => (typeof typed === 'string' && typed.length <= longest ? typed.trim() : null),
  number: (typed) => (typeof typed === 'number' && Number.isFinite(typed) && Math.abs(typed) <= largest ? typed : null),
  date: (typed) => (typeof typed === 'string' ? dateOf(typed) : null),
  choice: (typed, { options }, before) => (typeof typed === 'string' && isOffered(options, typed, before) ? typed : null),
  choices: (typed, { options }, before) => (isTexts(typed) && typed.every((key) => isOffered(options, key, before)) ? options.map(({ key }) => key).filter((key) => typed.includes(key)) : null),
  file: (typed) => (typeof typed === 'string' && isUuid(typed) ? typed : null),
}

const isTexts = (typed: unknown): typed is string[] => Array.isArray(typed) && typed.every((one) => typeof one === 'string')

const isOffered = (options: Field['options'], key: string, before: FieldValue | null): boolean =>
  options.some((option) => option.key === key && (!option.retired || before === key || (Array.isArray(before) && before.includes(key))))

function dateOf(typed: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return null
  try {
    const date = plainDate(typed)
    return date.year >= 1850 && date.year <= 2200 ? typed : null
  } catch (error) {
    if (error instanceof RangeError) return null // no such day
    throw error
  }
}

/** Whether two values say the same. */
export const sameValue = (one: FieldValue | null, other: FieldValue | null): boolean => JSON.stringify(one) === JSON.stringify(other)

export interface Born {
  birthDate: PlainDate | null
  today: PlainDate
}

/** Calculated fields by their ids; nothing where one cannot be calculated. `values` by the ids of their fields. */
export function calculated(fields: readonly Field[], values: ReadonlyMap<string, FieldValue>, { birthDate, today }: Born): Map<string, number> {
  const byKey = new Map(fields.map((field) => [field.key, values.get(field.id)]))
  const facts = {
    valueOf: (name: string): number | string | null => {
      const value = byKey.get(name)
      return typeof value === 'number' || typeof value === 'string' ? value : null
    },
    age: (since: string | null): number | null => yearsBetween(since === null ? birthDate : parsed(since), today),
  }
  const results = fields.filter(({ kind }) => kind === 'calculated').map((field): [string, number | null] => [field.id, calculate(readFormula(field.formula), facts)])
  return new Map(results.filter((entry): entry is [string, number] => entry[1] !== null))
}

const parsed = (text: string): PlainDate | null => {
  const date = dateOf(text)
  return date === null ? null : plainDate(date)
}

const yearsBetween = (from: PlainDate | null, today: PlainDate): number | null => (from === null ? null : from.until(today, { largestUnit: 'years' }).years)
