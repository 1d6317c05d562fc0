import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bothTexts } from './both-texts.ts'

test.each([
  ['what both have stands once, what one has stands where that one has it', 'רקע: תקין\nשן 26 נסתמה\nהוראות ניתנו', 'רקע: תקין\nאבנית הוסרה\nהוראות ניתנו', 'רקע: תקין\nשן 26 נסתמה\nאבנית הוסרה\nהוראות ניתנו'],
  ['a line that goes on from another is that line', 'טופלה שן 26 \nשיננית', 'טופלה שן 26 בהרדמה', 'טופלה שן 26 בהרדמה\nשיננית'],
  ['two lines that say two things both stand, whole', 'טופלה שן 26. ללא כאב', 'טופלה שן 26. כאב', 'טופלה שן 26. ללא כאב\n\nטופלה שן 26. כאב'],
  ['a number is not the beginning of another number', 'שן 2\nא', 'שן 26\nא', 'שן 2\nשן 26\nא'],
  ['nor of its fraction', 'א\n26', 'א\n26.5', 'א\n26\n26.5'],
  ['a word is not the beginning of another word', 'א\nכואב לא', 'א\nכואב לאחר אכילה', 'א\nכואב לא\nכואב לאחר אכילה'],
  ['a full stop may follow', 'א\nשן 26', 'א\nשן 26. ועוד', 'א\nשן 26. ועוד'],
  ['texts that share nothing are parted by an empty line', 'שלה\n\nועוד', 'שלי\n\nגם', 'שלה\n\nועוד\n\nשלי\n\nגם'],
  ['empty lines stay where they are', 'א\n\nב', 'א\n\nב\n\nג\n', 'א\n\nב\n\nג\n'],
  ['nothing and a text is the text', ' \n', 'א\n ב', 'א\n ב'],
])('%s', (_, one, other, both) => {
  expect(bothTexts(one, other)).toBe(both)
})

// Few words, so that texts often share lines, beginnings of lines and parts of words.
const word = fc.constantFrom('א', 'אב', 'ב', '2', '26', '26.', 'no', 'pain', '👩🏽‍⚕️')
const line = fc.oneof({ weight: 4, arbitrary: fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')) }, { weight: 1, arbitrary: fc.constantFrom('', '', '  ', 'א ', '\tב') })
const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'))

/** Whether every line stands in the other text, in order, each as a line of its own or as its beginning. */
function standsIn(part: string, whole: string): boolean {
  const lines = whole.split('\n')
  return part.split('\n').filter((one) => one.trim() !== '').every((one) => {
    while (lines.length > 0) if (lines.shift()?.startsWith(one)) return true
    return false
  })
}
const linesOf = (whole: string): string[] => whole.split('\n').filter((one) => one.trim() !== '')

test('nothing that either wrote is lost, and nothing is there that neither wrote', () => {
  fc.assert(fc.property(text, text, (one, other) => {
    const both = bothTexts(one, other)
    expect([standsIn(one, both), standsIn(other, both)]).toEqual([true, true])
    expect(linesOf(both).filter((each) => ![...linesOf(one), ...linesOf(other)].includes(each))).toEqual([])
    expect(both.length).toBeLessThanOrEqual(one.length + other.length + 2)
  }), { numRuns: 2_000 })
})

test('of equal texts it is the text itself; a text joined again to what has it adds nothing', () => {
  fc.assert(fc.property(text, text, (one, other) => {
    expect(bothTexts(one, one)).toBe(one)
    fc.pre(one.trim() !== '' || other.trim() !== '')
    const both = bothTexts(one, other)
    for (const [again, what] of [[bothTexts(one, both), 'one, both'], [bothTexts(both, one), 'both, one'], [bothTexts(other, both), 'other, both'], [bothTexts(both, other), 'both, other']]) expect(again, what).toBe(both)
  }), { numRuns: 2_000 })
})

test('of all that two people write at once again and again, each line stands once', () => {
  let note = 'טופלה שן 26 '
  for (let round = 1; round <= 60; round += 1) note = bothTexts(`${note}\nשיננית${round} `, `${note}מילה${round} ועוד${round} `)
  expect(note.split('\n')).toHaveLength(61)
  expect(note.length).toBeLessThan(60 * 40)
})

test('long notes are joined at once', () => {
  const note = (who: string): string => Array.from({ length: 1_300 }, (_, index) => `${who} ${index} שורה של סיכום ארוך מאוד`).join('\n')
  const both = bothTexts(note('א'), note('ב'))
  expect(both.split('\n')).toHaveLength(2_601)
  const many = Array.from({ length: 20_000 }, (_, index) => String(index)).join('\n')
  expect(bothTexts(`א\n${many}\nב`, `א\n${many}\nג`)).toBe(`א\n${many}\nב\nג`)
})
