import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainDate } from '../time.ts'
import { fieldsOf, guessMapping, missingColumn } from './fields.ts'
import { formulaSafe, personKeys } from './known.ts'
import { readPatientRow } from './patient-row.ts'
import { readDate, readHealthFund, readLanguage, readLine, readSex, readTime, splitName, splitPhones } from './read-cell.ts'

const today = plainDate('2026-11-22')

test.each([
  ['31/12/1984', '1984-12-31'],
  ['1.2.53', '1953-02-01'],
  ['1/2/26', '2026-02-01'],
  ['1/2/27', '1927-02-01'],
  ['29-02-2024', '2024-02-29'],
  ['1984-12-31', '1984-12-31'],
  ['1984-12-31 00:00', '1984-12-31'],
  ['31/12/1984 14:30', '1984-12-31'],
  ['13/13/2020', null],
  ['30/02/2020', null],
  ['12/31/1984', null],
  ['1984', null],
  ['', null],
  ['אתמול', null],
])('reads the date %j as %s', (text, date) => {
  expect(readDate(text, today)?.toString() ?? null).toBe(date)
})

test('every day of a century is read back, however it is written', () => {
  fc.assert(fc.property(fc.date({ min: new Date('1927-01-01'), max: new Date('2026-11-22'), noInvalidDate: true }), fc.constantFrom('/', '.', '-'), fc.boolean(), (date, between, short) => {
    const iso = date.toISOString().slice(0, 10)
    const [year = '', month, day] = iso.split('-')
    expect(readDate([day, month, short ? year.slice(2) : year].join(between), today)?.toString()).toBe(iso)
  }))
})

test.each([['9:30', '09:30:00'], ['09.30', '09:30:00'], ['0930', '09:30:00'], ['29/11/2026 9:30:15', '09:30:00'], ['2026-11-29T14:00:00Z', '14:00:00'], ['24:00', null], ['9:75', null], ['29/11/2026', null], ['', null]])(
  'reads the time %j as %s',
  (text, time) => {
    expect(readTime(text)?.toString() ?? null).toBe(time)
  },
)

test('words of sex, health fund and language, in two languages', () => {
  expect(['נ', 'זכר', 'Female', 'M', 'אחר', '-', 'מה'].map(readSex)).toEqual(['female', 'male', 'female', 'male', 'other', 'unknown', null])
  expect(['כללית', 'מכבי', 'Leumit', 'מאוחדת', 'אחרת'].map(readHealthFund)).toEqual(['101', '103', '102', '104', null])
  expect(['עברית', 'Русский', 'العربية', 'EN', 'klingon'].map(readLanguage)).toEqual(['he', 'ru', 'ar', 'en', null])
})

test('a whole name is the given one and the rest; a comma turns it round', () => {
  expect(splitName('דנה בן דוד')).toEqual({ givenName: 'דנה', familyName: 'בן דוד' })
  expect(splitName('Smith, John A.')).toEqual({ givenName: 'John A.', familyName: 'Smith' })
  expect(splitName('שרה')).toEqual({ givenName: 'שרה', familyName: '' })
})

test('several phones in a cell', () => {
  expect(splitPhones('050-1234567 / 03-1234567')).toEqual(['050-1234567', '03-1234567'])
  expect(splitPhones('050-1234567 או 052-1234567')).toEqual(['050-1234567', '052-1234567'])
})

test('lines lose their breaks, and what would break others is refused', () => {
  expect(readLine(' א\n ב\t', 10)).toBe('א ב')
  expect(readLine('א\u0000', 10)).toBeNull()
  expect(readLine('\u202eevil', 10)).toBeNull()
  expect(readLine('דנה\u200f', 10)).toBe('דנה\u200f')
  expect(readLine('🦷'.repeat(10), 10)).toBe('🦷'.repeat(10))
  expect(readLine('🦷'.repeat(11), 10)).toBeNull()
})

test('headings in Hebrew and English, pointed and abbreviated; each meaning once', () => {
  expect(guessMapping('patients', ['ת.ז.', 'שם־פרטי', 'Last Name', 'טלפון', 'נייד', 'נייד', 'מה זה', 'קופ"ח', 'דוא״ל'])).toEqual(['nationalId', 'givenName', 'familyName', 'phone', 'phone2', null, null, 'healthFund', 'email'])
  expect(guessMapping('appointments', ['מטופל', 'ת"ז', 'רופא', 'תאריך ושעה', 'קופה'])).toEqual(['fullName', 'nationalId', 'practitioner', 'date', null])
})

test('columns must say who, and for visits also when and with whom', () => {
  expect(missingColumn('patients', ['phone'])).toBe('givenName')
  expect(missingColumn('patients', ['fullName', 'phone'])).toBeNull()
  expect(missingColumn('patients', ['fullName', 'practitioner'])).toBe('practitioner')
  expect(missingColumn('appointments', ['date', 'practitioner', 'phone'])).toBe('nationalId')
  expect(missingColumn('appointments', ['date', 'practitioner', 'phone', 'fullName'])).toBeNull()
  expect(missingColumn('appointments', ['practitioner', 'nationalId'])).toBe('date')
})

test('a row never throws and never gives a patient with a problem', () => {
  const mapping = fieldsOf('patients').slice()
  fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('050-1234567', '1/1/1990', 'דנה', '18', 'נ', '')), { maxLength: 25 }), (cells) => {
    const { details, problems } = readPatientRow(cells, mapping, today)
    expect(details === null).toBe(problems.length > 0)
    if (details) expect(details.givenName).toMatch(/\S/)
  }), { numRuns: 500 })
})

test('mobiles come first whichever column they stood in', () => {
  const { details } = readPatientRow(['דנה', '03-1234567', '050-1234567'], ['givenName', 'phone', 'phone2'], today)
  expect(details?.phones.map(({ number, label }) => [number, label])).toEqual([['+972501234567', 'mobile'], ['+97231234567', 'home']])
})

test('one person is who has one identifier, or one name and phone', () => {
  const person = { identifier: null, phones: [{ number: '+972501234567', typed: '', label: 'mobile' as const }], givenName: 'דנה', familyName: 'בן-דוד' }
  expect(personKeys(person)).toEqual(personKeys({ ...person, givenName: 'בן דוד', familyName: 'דנה' }))
  expect(personKeys({ ...person, phones: [] })).toEqual([])
})

test.each([['=1+1', "'=1+1"], ['+972', "'+972"], ['-1', "'-1"], ['@x', "'@x"], ['\tx', "'\tx"], ['דנה', 'דנה'], ["'x", "'x"]])('%j is written as %j', (cell, safe) => {
  expect(formulaSafe(cell)).toBe(safe)
})
