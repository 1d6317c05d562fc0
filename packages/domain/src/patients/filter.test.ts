import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, Role } from '../access.ts'
import type { Field } from '../fields/field.ts'
import { plainDate } from '../time.ts'
import { bornBetween, checkFilter, type Condition, mayFilter, readyFilters } from './filter.ts'

const as = (...roles: Role[]): Actor => ({ kind: 'staff', staffId: 's', roles, branchIds: [] })
const none = { he: '', en: '', ar: '', ru: '' }
const field = (given: Partial<Field>): Field => ({ id: 'f', subject: 'patient', key: 'k', kind: 'choice', labels: none, hints: none, group: none, options: [], unit: '', formula: '', sensitivity: 'desk', editors: [], asked: 'never', raisesAlert: false, retired: false, ...given })
const code = (actor: Actor, condition: Condition, fields: Field[] = []): string | null => {
  try {
    checkFilter(actor, [condition], fields)
    return null
  } catch (error) {
    return error instanceof Error ? ('code' in error ? String(error.code) : error.name) : 'unknown'
  }
}
const options: Condition = { kind: 'field_options', fieldId: 'f', keys: ['a'] }

describe('what one may choose by', () => {
  test('is what one may see', () => {
    expect(code(as('receptionist'), options, [field({})])).toBeNull()
    expect(code(as('receptionist'), options, [field({ sensitivity: 'owner' })])).toBe('field_not_yours')
    expect(code(as('receptionist'), options, [field({ sensitivity: 'clinical' })])).toBe('field_not_yours')
    expect(code(as('owner'), options, [field({ sensitivity: 'owner' })])).toBeNull()
    expect(code(as('receptionist'), options, [])).toBe('field_not_yours')
    expect(mayFilter(as('accountant'), readyFilters.no_next_visit, [])).toBe(false)
    expect(Object.values(readyFilters).every((conditions) => mayFilter(as('receptionist'), conditions, []))).toBe(true)
  })

  test('is nothing that is sealed, out of use, of visits, or of another kind', () => {
    for (const unfit of [{ sensitivity: 'clinical' }, { retired: true }, { subject: 'visit' }, { kind: 'number' }, { kind: 'file' }] as const) expect(code(as('doctor'), options, [field(unfit)])).toBe('filter_field_unfit')
    expect(code(as('doctor'), { kind: 'field_missing', fieldId: 'f' }, [field({ kind: 'text' })])).toBeNull()
  })

  test('is still known of where it no longer fits, unless something in it may not be seen', () => {
    const [out, owners] = [field({ retired: true }), field({ id: 'o', sensitivity: 'owner' })]
    expect(mayFilter(as('receptionist'), [options], [out])).toBe(true)
    expect(mayFilter(as('receptionist'), [options, { ...options, fieldId: 'o' }], [out, owners])).toBe(false)
    expect(mayFilter(as('accountant'), [options, { kind: 'next_visit', has: true }], [out])).toBe(false)
  })

  test('has a beginning or an end, in their order', () => {
    expect(code(as('owner'), { kind: 'age', from: null, to: null })).toBe('filter_range_wrong')
    expect(code(as('owner'), { kind: 'age', from: 12, to: 11 })).toBe('filter_range_wrong')
    expect(code(as('owner'), { kind: 'age', from: 12, to: 12 })).toBeNull()
    expect(code(as('owner'), { kind: 'field_date', fieldId: 'f', from: '2026-02-01', to: '2026-01-01' }, [field({ kind: 'date' })])).toBe('filter_range_wrong')
  })
})

test('who is of an age was born between its two dates, leap days too', () => {
  const day = fc.date({ min: new Date('1920-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }).map((date) => plainDate(date.toISOString().slice(0, 10)))
  const leap = fc.constantFrom('1996-02-29', '2000-02-29', '2024-02-29', '2024-02-28', '2023-02-28', '2023-03-01').map(plainDate)
  fc.assert(
    fc.property(fc.oneof(day, leap), fc.oneof(day, leap), fc.option(fc.nat(100)), fc.option(fc.nat(100)), (born, today, from, to) => {
      fc.pre(plainDate(born.toString()).until(today).sign >= 0)
      const age = born.until(today, { largestUnit: 'years' }).years
      const { after, until } = bornBetween({ from, to }, today)
      const between = (after === null || after.until(born).sign > 0) && (until === null || born.until(until).sign >= 0)
      expect(between).toBe((from === null || age >= from) && (to === null || age <= to))
    }),
    { numRuns: 2000 },
  )
})
