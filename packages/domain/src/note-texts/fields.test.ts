import { expect, test } from 'vitest'
import { fieldFrom, fieldsIn } from './fields.ts'

const text = 'תלונה: [__]\nכאב: [אין|קל| חזק], מגע [כן|לא]. שן [26] [a] []'

test('finds what is to be filled in, with its choices and what stands before it', () => {
  expect(fieldsIn(text).map(({ choices, label }) => [label, choices])).toEqual([
    ['תלונה', []],
    ['כאב', ['אין', 'קל', 'חזק']],
    ['מגע', ['כן', 'לא']],
  ])
  const [first] = fieldsIn(text)
  expect(text.slice(first?.start, first?.end)).toBe('[__]')
})

test('goes on to the next and back to the one before', () => {
  const [one, two, three] = fieldsIn(text)
  expect(fieldFrom(text, 0)).toEqual(one)
  expect(fieldFrom(text, one?.end ?? 0)).toEqual(two)
  expect(fieldFrom(text, three?.end ?? 0)).toBeUndefined()
  expect(fieldFrom(text, three?.start ?? 0, true)).toEqual(two)
  expect(fieldFrom(text, one?.start ?? 0, true)).toBeUndefined()
})

test('a text without fields has none, however many brackets', () => {
  for (const plain of ['', 'שן 26', '[]', '[_]', '[|]', '[a\n|b]', '[['.repeat(5_000)]) expect(fieldsIn(plain)).toEqual([])
})
