import { expect, test } from 'vitest'
import { plainDate } from '../time.ts'
import { blankPatient, changedFields, type TypedDetails, withChanges } from './details.ts'

const today = plainDate('2026-11-22')
const of = (typed: TypedDetails) => withChanges({ ...blankPatient, givenName: 'דנה' }, typed, today)

test('a name and a phone are enough, and the rest has its plain beginning', () => {
  const dana = withChanges(blankPatient, { givenName: ' דנה ', familyName: 'לוי', phones: [{ number: '050-1234567' }] }, today)
  expect(dana).toEqual({
    ...blankPatient,
    givenName: 'דנה',
    familyName: 'לוי',
    phones: [{ number: '+972501234567', typed: '050-1234567', label: 'mobile' }],
  })
})

test('what is absent stays and what is null goes', () => {
  const before = of({ email: 'dana@example.com', birthDate: '1990-02-28', identifier: { kind: 'national_id', value: '123456782' }, deskNote: 'מקדימה' })
  const after = withChanges(before, { email: null, city: undefined } as TypedDetails, today)
  expect(after).toEqual({ ...before, email: null })
  expect(withChanges(before, { birthDate: null, identifier: null }, today)).toEqual({ ...before, birthDate: null, identifier: null })
})

test('identity numbers get their zeros back and passports their capitals', () => {
  expect(of({ identifier: { kind: 'national_id', value: '00018' } }).identifier).toEqual({ kind: 'national_id', country: null, value: '000000018' })
  expect(of({ identifier: { kind: 'passport', value: 'ab 123456', country: 'FR' } }).identifier).toEqual({ kind: 'passport', country: 'FR', value: 'AB123456' })
})

test.each<[TypedDetails, string]>([
  [{ givenName: ' \u200f ' }, 'name_missing'],
  [{ givenName: '   ' }, 'name_missing'],
  [{ identifier: { kind: 'national_id', value: '123456789' } }, 'national_id_invalid'],
  [{ identifier: { kind: 'passport', value: '?' } }, 'passport_invalid'],
  [{ phones: [{ number: '050-1234567' }, { number: '*2323' }] }, 'phone_invalid'],
  [{ email: 'dana@' }, 'email_invalid'],
  [{ birthDate: '2026-11-23' }, 'birth_date_in_future'],
  [{ birthDate: '1906-11-22' }, 'birth_date_too_early'],
])('refuses %j with %s', (typed, code) => {
  expect(() => of(typed)).toThrow(expect.objectContaining({ code }))
})

test('born today and 119 years ago are both fine', () => {
  expect(of({ birthDate: '2026-11-22' }).birthDate?.toString()).toBe('2026-11-22')
  expect(of({ birthDate: '1906-11-23' }).birthDate?.toString()).toBe('1906-11-23')
})

test('one number written twice is one phone', () => {
  expect(of({ phones: [{ number: '050-1234567' }, { number: '+972501234567', label: 'home' }] }).phones).toHaveLength(1)
})

test('clinical text is kept letter by letter', () => {
  const alerts = '  אָלֶרְגִיָּה לפניצילין \u200f🌡\n حساسية  '
  expect(of({ alerts }).alerts).toBe(alerts)
})

test('tells which fields changed and nothing of what is in them', () => {
  const before = of({})
  expect(changedFields(before, withChanges(before, { email: 'a@b.co', birthDate: '2000-01-01' }, today))).toEqual(['birthDate', 'email'])
  expect(changedFields(before, withChanges(before, {}, today))).toEqual([])
})
