import { searchName } from '../../people/search-name.ts'

/** One word of what was said: as it was typed, and folded so that spellings meet. */
export interface Word {
  raw: string
  folded: string
}

/** The words of a line. Commas and the like part nothing that a word does not part already, so they only end a word. */
export function wordsOf(text: string): Word[] {
  return text
    .normalize('NFKC')
    .replace(/(\d)\s*[-–—]\s*(?=\d)/g, '$1-') // 2 - 3 is one range
    .replace(/(\p{L})[-־](?=\d)/gu, '$1') // ב־3.5
    .replace(/(\d)(?=\p{L})/gu, '$1 ') // 40min, 2w
    .split(/[\s,;]+|\.(?=\s|$)|(\+)/)
    .filter((word): word is string => word !== undefined && word !== '')
    .map((raw) => ({ raw, folded: raw === '+' ? '+' : searchName(raw) }))
}

/** How a Hebrew word may stand there: by itself, or after one or two of the letters that are written together with it. */
export function bareForms(folded: string): string[] {
  const forms = [folded]
  if (/^[ובלהמשכ]./u.test(folded)) forms.push(folded.slice(1))
  if (/^ו[בלהמשכ]./u.test(folded)) forms.push(folded.slice(2))
  return forms
}

/** By how many words one of the sayings begins here, the longest counting; 0 where none does. */
export function spoken(words: readonly Word[], at: number, sayings: readonly string[]): number {
  const begins = (saying: readonly string[]): boolean => saying.every((part, place) => words[at + place]?.folded === part)
  return Math.max(0, ...sayings.map((saying) => saying.split(' ')).filter(begins).map(({ length }) => length))
}

/** Sayings as `spoken` wants them. */
export const sayings = (...all: string[]): string[] => all.map((saying) => (saying === '+' ? saying : searchName(saying)))
