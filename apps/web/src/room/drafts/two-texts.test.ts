import { expect, test } from 'vitest'
import { type Piece, twoTexts } from './two-texts.ts'

const marked = (pieces: Piece[]): string => pieces.map(({ words, only }) => (only ? `[${words}]` : words)).join('')
const show = (one: string, other: string): [string, string] => {
  const texts = twoTexts(one, other)
  return [marked(texts.one), marked(texts.other)]
}

test('marks the words that stand in one text alone, in Hebrew and in English', () => {
  expect(show('טופלה שן 26, הרדמה מקומית', 'טופלה שן 16, הרדמה מקומית')).toEqual(['טופלה שן [26], הרדמה מקומית', 'טופלה שן [16], הרדמה מקומית'])
  expect(show('no pain', 'no more pain')).toEqual(['no pain', 'no [more ]pain'])
})

test('a word is a word with its vowel points and its geresh', () => {
  expect(show('ד״ר שָׁלוֹם', 'ד״ר שלום')).toEqual(['ד״ר [שָׁלוֹם]', 'ד״ר [שלום]'])
})

test('each side is its text, letter by letter', () => {
  const [one, other] = ['א\n\nב👩🏽‍⚕️ (ג) e\u0301\t', 'א ב (ד) 12.5%\u200f']
  const texts = twoTexts(one, other)
  expect(texts.one.map(({ words }) => words).join('')).toBe(one)
  expect(texts.other.map(({ words }) => words).join('')).toBe(other)
  expect(show('', 'א')).toEqual(['', '[א]'])
})
