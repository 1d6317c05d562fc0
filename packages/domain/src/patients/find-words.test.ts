import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { searchName } from '../people/search-name.ts'
import { fitOf, markedPiece, wantedWords } from './find-words.ts'

const fit = (text: string, typed: string) => fitOf([text], wantedWords(typed))
const marks = (text: string, typed: string) => {
  const { snippet, matches } = markedPiece([text], wantedWords(typed))
  return matches.map(({ from, to }) => snippet.slice(from, to))
}

describe('what fits', () => {
  test.each([
    ['כאב בשן 36', 'כאב', 0],
    ['כְּאֵב חַד', 'כאב', 0],
    ['צילום רנטגן', 'רנטג', 2],
    ['דימומים', 'דימום', 2],
    ['קופ״ח', 'קופח', 0],
    ["ג'ל", 'גל', 0],
    ['Amoxicillin 500', 'AMOXI', 2],
    ['naïve', 'naive', 0],
    ['ולדלקת חניכיים', 'דלקת', 3],
    ['הדלקת', 'דלקת', 3],
    ['טיפול-שורש', 'שורש טיפול', 1],
    ['טיפול שורש', 'טיפול שורש', 0],
    ['טיפול שורש', 'טיפול עצב', null],
    ['אנדלקת', 'דלקת', null],
    ['bandlket', 'dlk', null],
    ['כאב', '...', null],
    ['כאב', '', null],
  ])('%j for %j is %j', (text, typed, expected) => {
    expect(fit(text, typed)).toBe(expected)
  })

  test('the words may stand in several texts of one entry, and all must stand', () => {
    expect(fitOf(['טיפול שורש', 'שן 36'], wantedWords('שורש 36'))).toBe(1)
    expect(fitOf(['טיפול שורש', 'שן 36'], wantedWords('שורש 37'))).toBeNull()
  })
})

const letters = fc.constantFrom('א', 'ב', 'ד', 'ו', 'י', 'ם', 'מ', 'ן', 'ל', 'a', 'É', 'ı', '\u05b8', '״', "'", '-', ' ', '\n', '3', '½', '😀', '\u200f', '\f', 'ﬁ')
const some = fc.array(letters, { maxLength: 40 }).map((list) => list.join(''))

/** The rule read naively: each wanted word begins a word, particles taken off one by one. */
function naive(text: string, typed: string): boolean {
  const words = searchName(text).split(/ /).filter((word) => word !== '')
  const wanted = searchName(typed).split(/ /).filter((word) => word !== '')
  const bare = (word: string, letters: number): string[] => (letters > 0 && 'משהוכלב'.includes(word.charAt(0)) && word !== '' ? [word.slice(1), ...bare(word.slice(1), letters - 1)] : [])
  const finds = (one: string): boolean => words.some((word) => word.slice(0, one.length) === one || (one.length > 1 && /[א-ת]/.test(one.charAt(0)) && bare(word, 3).some((rest) => rest.slice(0, one.length) === one)))
  return wanted.length > 0 && wanted.every(finds)
}

describe('for any text', () => {
  test('fits where the rule read naively fits, and nowhere else', () => {
    fc.assert(fc.property(some, fc.array(letters, { maxLength: 6 }).map((list) => list.join('')), (text, typed) => {
      expect(fit(text, typed) !== null).toBe(naive(text, typed))
    }), { numRuns: 3000 })
  })

  test('a piece of the text itself is always found, and something is marked in what is shown', () => {
    fc.assert(fc.property(some, fc.nat(), fc.integer({ min: 1, max: 8 }), (text, from, length) => {
      const words = searchName(text).split(' ').filter(Boolean)
      const typed = (words[from % Math.max(1, words.length)] ?? '').slice(0, length)
      if (wantedWords(typed).length === 0) return
      expect(fit(text, typed)).not.toBeNull()
      const { snippet, matches } = markedPiece([text], wantedWords(typed))
      expect(matches.length).toBeGreaterThan(0)
      matches.forEach(({ from: start, to }, index) => {
        expect(start).toBeGreaterThanOrEqual(matches[index - 1]?.to ?? 0)
        expect(to).toBeGreaterThan(start)
        expect(to).toBeLessThanOrEqual(snippet.length)
      })
    }), { numRuns: 2000 })
  })
})

describe('the piece that is shown', () => {
  test('marks the word as it was written, with its points and up to where it was typed', () => {
    expect(marks('נטילת דָּם היום', 'דם')).toEqual(['דָּם'])
    expect(marks('קופ״ח כללית', 'קופח')).toEqual(['קופ״ח'])
    expect(marks('צילום רנטגן, ושוב רנטגן', 'רנט')).toEqual(['רנט', 'רנט'])
    expect(marks('והדלקת חזרה', 'דלקת')).toEqual(['והדלקת'])
  })

  test('of a long text it is short and holds what was found', () => {
    const { snippet, matches } = markedPiece([`${'מילה '.repeat(400)}פניצילין${' סוף'.repeat(400)}`], ['פניצילינ'])
    expect(snippet.length).toBeLessThan(220)
    expect(matches.map(({ from, to }) => snippet.slice(from, to))).toEqual(['פניצילין'])
    expect(snippet.startsWith('…') && snippet.endsWith('…')).toBe(true)
  })

  test('is of the text that has most of what was wanted', () => {
    expect(markedPiece(['שן 36', 'טיפול שורש בשן 36'], wantedWords('שורש 36')).snippet).toBe('טיפול שורש בשן 36')
  })
})
