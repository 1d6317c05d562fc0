import { expect, test } from 'vitest'
import { hasAll } from './has-all.ts'

test('a record has a text that stands in it, also where lines of somebody else stand between', () => {
  expect(hasAll('טופלה שן 26. ועוד', ' טופלה שן 26. \n')).toBe(true)
  expect(hasAll('שן 26\nאבנית הוסרה\nהוראות ניתנו', 'שן 26\nהוראות ניתנו')).toBe(true)
  expect(hasAll('', ' ')).toBe(true)
})

test('it does not have a line that it has not, nor one in another order, nor another number', () => {
  expect(hasAll('שן 26\nהוראות ניתנו', 'שן 26\nאבנית הוסרה\nהוראות ניתנו')).toBe(false)
  expect(hasAll('א\nב', 'ב\nא')).toBe(false)
  expect(hasAll('שן 26\nועוד\nהוראות', 'שן 2\nהוראות')).toBe(false)
})
