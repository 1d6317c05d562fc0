import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fullNameSounds, nameSounds, soundsOf } from './name-sound.ts'

const alike = (one: string, two: string): boolean => nameSounds(one).some((key) => nameSounds(two).includes(key))

test.each([
  ['יהודה', 'יאודה'],
  ['שלומי', 'שלמי'],
  ['דויד', 'דוד'],
  ['אהרן', 'אהרון'],
  ['קטי', 'כתי'],
  ['טליה', 'תליה'],
  ['ישראל', 'יסראל'],
  ['בן־דוד', 'בנדוד'],
  ['בן־דוד', 'בן דוד'],
  ['כהן', 'כהנ'],
  ["צ'רנוב", 'צרנוב'],
  ['שווארץ', 'שוורץ'],
  ['חיים', 'חים'],
  ['כהן', 'Cohen'],
  ['חיים', 'Chaim'],
  ['חיים', 'Haim'],
  ['יהודה', 'Yehuda'],
  ['דוד', 'David'],
  ['אברהם', 'Avraham'],
  ['אברהם', 'Abraham'],
  ['יצחק', 'Yitzhak'],
  ['מיכאל', 'Michael'],
  ['לוי', 'Levy'],
  ['שרה', 'Sarah'],
  ['פישר', 'Fischer'],
  ['יעקב', 'Yaakov'],
  ['Иванов', 'иванов'],
])('%s sounds like %s', (one, two) => {
  expect(alike(one, two)).toBe(true)
})

test.each([
  ['כהן', 'לוי'],
  ['דנה', 'דינה כץ'],
  ['משה', 'אהרן'],
  ['Levi', 'Cohen'],
  ['שרון', 'דורון'],
])('%s does not sound like %s', (one, two) => {
  expect(alike(one, two)).toBe(false)
})

test('a whole name is one name, whichever part was typed first', () => {
  expect(fullNameSounds('יהודה', 'כהן')).toEqual(fullNameSounds('כהן', 'יהודה'))
  expect(fullNameSounds('יהודה', '')).toEqual([])
  expect(soundsOf({ givenName: 'יהודה', familyName: 'כהן', givenNameLatin: 'Yehuda', familyNameLatin: 'Cohen' })).toContain(fullNameSounds('יאודה', 'כהן')[0])
})

const letters = fc.array(fc.constantFrom(...'אבגדהוזחטיכלמנסעפצקרשת'), { minLength: 1, maxLength: 12 }).map((all) => all.join(''))
/** What people do to one Hebrew spelling without meaning another name. */
const respelled = (name: string, choices: readonly number[]): string =>
  [...name].map((letter, place) => {
    const others = [letter, ...({ ט: 'ת', ת: 'ט', כ: 'ק', ק: 'כ', ס: 'ש', א: 'הע', ה: 'א', ו: ['', 'וו'], י: ['', 'יי'] }[letter] ?? [])]
    return others[(choices[place] ?? 0) % others.length]
  }).join('')

test('however a Hebrew name is respelled, it sounds the same', () => {
  fc.assert(fc.property(letters, fc.array(fc.nat(5), { maxLength: 12 }), (name, choices) => {
    const other = respelled(name, choices)
    if (other !== '') expect(nameSounds(other), `${name} / ${other}`).toEqual(nameSounds(name))
  }), { numRuns: 1_000 })
})

test('never more than a handful of keys, and never an empty one, whatever is typed', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[hvzjch]{0,40}$/)), (name) => {
    const keys = nameSounds(name)
    expect(keys.length).toBeLessThanOrEqual(12)
    expect(keys).not.toContain('')
    expect(new Set(keys).size).toBe(keys.length)
  }), { numRuns: 1_000 })
})
