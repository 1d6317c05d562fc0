import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchName } from './search-name.ts'

test.each([
  ['כֹּהֵן', 'כהנ'],
  ['כהן', 'כהנ'],
  ["צ'רניחובסקי", 'צרניחובסקי'],
  ['צ׳רניחובסקי', 'צרניחובסקי'],
  ['בן־דוד', 'בנ דוד'],
  ['בן-דוד', 'בנ דוד'],
  ['חיים', 'חימ'],
  ['חים', 'חימ'],
  ['דוויק', 'דויק'],
  ['ז״ל', 'זל'],
  ['  ישראל   ישראלי ', 'ישראל ישראלי'],
  ['\u200fישראל\u200e', 'ישראל'],
  ["O'Brien", 'obrien'],
  ['Müller', 'muller'],
  ['Иванов Артём', 'иванов артем'],
  ['أحمد', 'احمد'],
  ['مُحَمَّد', 'محمد'],
  ['İpek', 'ipek'],
  ['', ''],
  ['"', ''],
])('folds %j to %j', (name, folded) => {
  expect(searchName(name)).toBe(folded)
})

const names = fc.string({ unit: fc.constantFrom(...'אבגדהוזחטיכלמנסעפצקרשתךםןףץ \'"-־׳״ABCabcéüЁёйأإآة', '\u05b8', '\u05bc', '\u200f'), maxLength: 30 })

test('folding twice is folding once', () => {
  fc.assert(fc.property(fc.oneof(names, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (name) => {
    expect(searchName(searchName(name))).toBe(searchName(name))
  }), { numRuns: 2_000 })
})

test('what is typed so far finds the name: its folding begins the folding of the whole', () => {
  fc.assert(fc.property(names, fc.nat(30), (name, length) => {
    expect(searchName(name).startsWith(searchName([...name].slice(0, length).join('')))).toBe(true)
  }), { numRuns: 2_000 })
})
