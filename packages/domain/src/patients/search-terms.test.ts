import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankPatient } from './details.ts'
import { masked } from './masked.ts'
import { indexedAs, nameFits, sameName, searchTerms } from './search-terms.ts'

test.each([
  ['כהן', { name: 'כהנ', digits: '', nationalId: null, birthDates: [] }],
  ['Dana Levi', { name: 'dana levi', digits: '', nationalId: null, birthDates: [] }],
  ['050-123', { name: '', digits: '050123', nationalId: null, birthDates: [] }],
  ['+972-50 123', { name: '', digits: '97250123', nationalId: null, birthDates: [] }],
  ['00972 50', { name: '', digits: '97250', nationalId: null, birthDates: [] }],
  ['+972 (0)50', { name: '', digits: '97250', nationalId: null, birthDates: [] }],
  ['12', { name: '', digits: '', nationalId: null, birthDates: [] }],
  ['123456782', { name: '', digits: '123456782', nationalId: '123456782', birthDates: [] }],
  ['12345678-2', { name: '', digits: '123456782', nationalId: '123456782', birthDates: [] }],
  ['כהן 4567', { name: 'כהנ', digits: '4567', nationalId: null, birthDates: [] }],
  ['\u200e050\u200f', { name: '', digits: '050', nationalId: null, birthDates: [] }],
  ['12.3.1980', { name: '', digits: '1231980', nationalId: null, birthDates: ['1980-03-12'] }],
  ['12/03/80', { name: '', digits: '120380', nationalId: null, birthDates: ['1980-03-12', '2080-03-12'] }],
  ['לוי 1-1-2020', { name: 'לוי', digits: '112020', nationalId: null, birthDates: ['2020-01-01'] }],
  ['30.2.1980', { name: '', digits: '3021980', nationalId: null, birthDates: [] }],
  ['  ', { name: '', digits: '', nationalId: null, birthDates: [] }],
])('reads %j', (text, terms) => {
  expect(searchTerms(text)).toEqual(terms)
})

test('any run of three digits and more, of either form of the number, is in the index', () => {
  const number = fc.integer({ min: 20_000_000, max: 89_999_999 }).map((rest) => `+9725${rest}`)
  fc.assert(fc.property(number, fc.boolean(), fc.nat(12), fc.integer({ min: 3, max: 13 }), (e164, national, from, length) => {
    const indexed = indexedAs({ ...blankPatient, phones: [{ number: e164, typed: '', label: 'mobile' }] }).phones
    const written = national ? `0${e164.slice(4)}` : e164
    const run = written.slice(from, from + length)
    fc.pre(run.replace(/\D/g, '').length >= 3)
    expect(indexed).toContain(searchTerms(run).digits)
  }))
})

test('the same words are the same name, in any order and spelling', () => {
  const name = (givenName: string, familyName: string, givenNameLatin = '', familyNameLatin = '') => ({ givenName, familyName, givenNameLatin, familyNameLatin })
  expect(sameName(name('דנה', 'בן-דוד'), name('דנה', 'בן דוד'))).toBe(true)
  expect(sameName(name('לוי', 'דנה'), name('דנה', 'לוי'))).toBe(true)
  expect(sameName(name('דנה', 'לוי'), name('דן', 'לוי'))).toBe(false)
  expect(sameName(name('דנה', 'לוי', 'Dana', 'Levi'), name('דניאלה', 'לוי', 'Dana', 'Levi'))).toBe(true)
  expect(sameName(name('א', 'ב'), name('ג', 'ד'))).toBe(false)
})

test('a name fits by the beginnings of its words', () => {
  const names = { givenName: 'דנה', familyName: 'בן-דוד', givenNameLatin: 'Dana', familyNameLatin: 'Ben David' }
  expect(['דנ', 'דוד דנה', 'ben', 'dana dav'].every((text) => nameFits(names, searchTerms(text).name))).toBe(true)
  expect(['נה', 'דנה כהן', 'avid'].some((text) => nameFits(names, searchTerms(text).name))).toBe(false)
})

test('shows the end of an identity number and hides the rest', () => {
  expect(masked('123456782')).toBe('•••••6782')
  expect(masked('AB123')).toBe('•••23')
})
