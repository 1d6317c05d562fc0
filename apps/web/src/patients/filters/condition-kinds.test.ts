import { expect, test } from 'vitest'
import { beginField, beginPlain, isAsking, isReversed, isWhole, plainKinds } from './condition-kinds.ts'

test('what the clinic has none of is not begun, all else asks something at once', () => {
  const none = { visitTypeId: undefined, practitionerId: undefined, branchId: undefined, tagId: undefined }
  expect(plainKinds.filter((kind) => beginPlain(kind, none) === null)).toEqual(['visit_type', 'practitioner', 'branch', 'tag'])
  const some = { visitTypeId: 'v', practitionerId: 'p', branchId: 'b', tagId: 't' }
  expect(plainKinds.map((kind) => beginPlain(kind, some)).every((condition) => condition !== null && isWhole(condition))).toBe(true)
})

test('a field is asked about by what it is', () => {
  const option = { key: 'b', labels: { he: '', en: '', ar: '', ru: '' }, alert: false, retired: false }
  expect(beginField({ id: 'f', kind: 'choice', options: [{ ...option, key: 'a', retired: true }, option] })).toEqual({ kind: 'field_options', fieldId: 'f', keys: ['b'] })
  expect(beginField({ id: 'f', kind: 'text', options: [] })).toEqual({ kind: 'field_missing', fieldId: 'f' })
  expect(isWhole(beginField({ id: 'f', kind: 'date', options: [] }))).toBe(false)
  expect(isWhole({ kind: 'age', from: 12, to: 11 })).toBe(false)
})

test('a range that is only begun, or reversed, chooses nobody yet: the whole list stays', () => {
  const date = beginField({ id: 'f', kind: 'date', options: [] })
  expect([isAsking([]), isAsking([date]), isAsking([{ kind: 'age', from: 40, to: 12 }])]).toEqual([false, false, false])
  expect(isAsking([date, { kind: 'age', from: 12, to: null }])).toBe(true)
  expect([isReversed(date), isReversed({ kind: 'age', from: 12, to: 12 }), isReversed({ kind: 'age', from: 40, to: 12 })]).toEqual([false, false, true])
  expect(isReversed({ kind: 'field_date', fieldId: 'f', from: '2026-02-01', to: '2026-01-01' })).toBe(true)
})
