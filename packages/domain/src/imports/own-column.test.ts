import { expect, test } from 'vitest'
import { type Actor, type Role, roles } from '../access.ts'
import type { Field } from '../fields/field.ts'
import { plainDate } from '../time.ts'
import { guessMapping, missingColumn } from './fields.ts'
import { fieldNamed, importable, ownColumn, readOwnCell } from './own-column.ts'
import { readPatientRow } from './patient-row.ts'

const words = (he: string, en = '', ar = '', ru = '') => ({ he, en, ar, ru })
const none = words('')
const field = (given: Partial<Field> = {}): Field => ({ id: given.key ?? 'f', subject: 'patient', key: 'f', kind: 'text', labels: words('שדה', 'Field'), hints: none, group: none, options: [], unit: '', formula: '', sensitivity: 'desk', editors: [], asked: 'never', raisesAlert: false, retired: false, ...given })
const option = (key: string, labels: Field['labels'], retired = false) => ({ key, labels, alert: false, retired })
const as = (...held: Role[]): Actor => ({ kind: 'staff', staffId: 's', roles: held, branchIds: [] })
const today = plainDate('2026-11-22')

const smoking = field({ key: 'smoking', kind: 'choice', labels: words('עישון', 'Smoking', '', 'Курение'), options: [option('yes', words('כן', 'Yes')), option('no', words('לא', 'No')), option('past', words('בעבר', 'In the past')), option('pipe', words('מקטרת'), true)] })
const conditions = field({ key: 'conditions', kind: 'choices', options: [option('heart', words('מחלת לב, או מסתם', 'Heart')), option('diabetes', words('סוכרת', 'Diabetes')), option('none', words('אף אחד', 'None'))] })
const weight = field({ key: 'weight', kind: 'number', unit: 'ק״ג' })
const since = field({ key: 'since', kind: 'date' })

test.each<[Field, string, unknown]>([
  [smoking, 'כן', 'yes'],
  [smoking, ' PAST ', 'past'],
  [smoking, 'in the past', 'past'],
  [smoking, '✓', 'yes'],
  [smoking, '0', 'no'],
  [smoking, 'false', 'no'],
  [smoking, 'מקטרת', 'word_unknown'], // no longer offered
  [smoking, 'לפעמים', 'word_unknown'],
  [conditions, 'סוכרת', ['diabetes']],
  [conditions, 'diabetes; מחלת לב, או מסתם', ['diabetes', 'heart']],
  [conditions, 'סוכרת, Heart', ['diabetes', 'heart']],
  [conditions, 'סוכרת / אסטמה', 'word_unknown'],
  [conditions, ';', 'word_unknown'],
  [weight, '70', 70],
  [weight, '70.5 ק״ג', 70.5],
  [weight, '70,5', 70.5],
  [weight, '12,345.6', 12345.6],
  [weight, '1,234', 'number_unreadable'],
  [weight, 'שבעים', 'number_unreadable'],
  [since, '3/2/19', '2019-02-03'],
  [since, '1.1.31', '2031-01-01'],
  [since, '2019-02-03', '2019-02-03'],
  [since, '31/02/2019', 'date_unreadable'],
  [since, '1/1/1066', 'date_unreadable'],
  [field(), '  אלון   ירוק ', 'אלון ירוק'],
  [field(), 'x'.repeat(2_001), 'text_not_allowed'],
])('%# a cell by its kind', (of, cell, said) => {
  const read = readOwnCell(of, cell, today)
  expect('value' in read ? read.value : read.problem).toEqual(said)
})

test('a heading names a field by key or label in any language, and none where two are called so', () => {
  const fields = [smoking, field({ key: 'school_name', labels: words('בית ספר', 'School') }), field({ key: 'a', labels: words('כפול') }), field({ key: 'b', labels: words('כפול') })]
  expect(['עישון', 'SMOKING', 'Курение', 'school_name', 'School name', 'בית־ספר', 'כפול', ''].map((heading) => fieldNamed(fields, heading)?.key ?? null)).toEqual(['smoking', 'smoking', 'smoking', 'school_name', 'school_name', 'school_name', null, null])
})

test('columns are guessed: what everybody has first, then the clinic’s own; each once', () => {
  const own = [smoking, field({ key: 'city', labels: words('עיר') })]
  expect(guessMapping('patients', ['שם', 'עיר', 'עישון', 'smoking', 'טלפון'], own)).toEqual(['fullName', 'city', 'field:smoking', null, 'phone'])
  expect(guessMapping('appointments', ['עישון'], own)).toEqual([null])
  expect(missingColumn('patients', ['fullName', 'field:smoking'], own)).toBeNull()
  expect(missingColumn('patients', ['fullName', 'field:smoking', 'field:smoking'], own)).toBe('field:smoking')
  expect(missingColumn('patients', ['fullName', 'field:strange'], own)).toBe('field:strange')
  expect(missingColumn('appointments', ['field:smoking'], own)).toBe('field:smoking')
})

test('the importer fills what the importer may write', () => {
  const clinical = field({ sensitivity: 'clinical' })
  expect(roles.filter((role) => importable(as(role), [clinical]).length > 0)).toEqual(['doctor', 'hygienist'])
  for (const shut of [field({ retired: true }), field({ kind: 'file' }), field({ kind: 'calculated', formula: '1' }), field({ subject: 'visit' })]) expect(importable(as('owner', 'doctor'), [shut])).toEqual([])
})

test('a wrong value holds its row back, unless it is to be left out', () => {
  const mapping = ['fullName', ownColumn('smoking'), ownColumn('weight'), 'email'] as const
  const read = (cells: string[], leaveWrong: boolean) => readPatientRow(cells, mapping, today, { fields: [smoking, weight], leaveWrong })
  const wrong = [{ column: 2, code: 'number_unreadable' }]
  expect(read(['דנה כהן', 'כן', 'הרבה', ''], false)).toEqual({ details: null, values: [], problems: wrong })
  expect(read(['דנה כהן', 'כן', 'הרבה', ''], true)).toEqual({ details: expect.objectContaining({ givenName: 'דנה' }), values: [{ fieldId: 'smoking', value: 'yes' }], problems: wrong })
  expect(read(['דנה כהן', '', '', 'no mail'], true)).toEqual({ details: null, values: [], problems: [{ column: 3, code: 'email_invalid' }] })
})
