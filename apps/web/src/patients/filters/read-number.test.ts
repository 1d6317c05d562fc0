import { expect, test } from 'vitest'
import { readNumber } from './read-number.ts'

test('what is only begun is neither a number nor nothing, so that it can be typed to its end', () => {
  expect(['3', '37', '37.', '37.5', '37,5'].map((text) => readNumber(text, false))).toEqual([3, 37, undefined, 37.5, 37.5])
  expect(['', ' ', '-', '-1', '-1.', '-1.25'].map((text) => readNumber(text, false))).toEqual([null, null, undefined, -1, undefined, -1.25])
})

test('an age is whole and of a living person', () => {
  expect(['12', '150', '151', '1.5', '-1', ''].map((text) => readNumber(text, true))).toEqual([12, 150, undefined, undefined, undefined, null])
})
