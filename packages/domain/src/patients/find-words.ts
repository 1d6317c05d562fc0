import { searchName } from '../people/search-name.ts'

/** The words somebody looks for, folded as names are; the order is kept, a word said twice counts once. */
export const wantedWords = (typed: string): string[] => [...new Set(searchName(typed).split(' ').filter(Boolean))]

/** How well a text fits; less is better. `null` where it does not. */
export type Fit = 0 | 1 | 2 | 3

/**
 * How well texts of one entry fit what is wanted: every word begins a word somewhere in them. 0: they stand side by side as they were
 * typed, 1: all stand as whole words, 2: as beginnings, 3: some only behind the letters that Hebrew writes together with a word
 * (משה וכלב), so that `דלקת` finds `והדלקת`. Null where one is missing, or nothing is wanted.
 */
export function fitOf(texts: readonly string[], wanted: readonly string[]): Fit | null {
  if (wanted.length === 0) return null
  const folded = texts.map((text) => ` ${searchName(text)} `)
  if (folded.some((text) => text.includes(` ${wanted.join(' ')} `))) return 0
  const fits = wanted.map((word) => wordFit(folded, word))
  return fits.includes(null) ? null : (Math.max(...fits.filter((fit) => fit !== null)) as Fit) // the greatest of fits is a fit
}

function wordFit(folded: readonly string[], word: string): Fit | null {
  if (folded.some((text) => text.includes(` ${word} `))) return 1
  if (folded.some((text) => text.includes(` ${word}`))) return 2
  return folded.some((text) => text.split(' ').some((one) => behindParticles(one, word))) ? 3 : null
}

const particles = /^[משהוכלב]{1,3}$/

/** Whether a folded word begins so once up to three leading letters of `משה וכלב` are taken off. */
const behindParticles = (one: string, word: string): boolean =>
  word.length > 1 && /^\p{Script=Hebrew}/u.test(word) && [1, 2, 3].some((length) => one.startsWith(word, length) && particles.test(one.slice(0, length)))

export interface Marked {
  /** A piece of the text, on one line. */
  snippet: string
  /** Where what was looked for stands in it, in UTF-16 units, in order, apart from each other. */
  matches: { from: number; to: number }[]
}

const longest = 180
const before = 50

/** A piece of the first of the texts that has most of the wanted words, with them marked. Never longer than about 180 letters. */
export function markedPiece(texts: readonly string[], wanted: readonly string[]): Marked {
  const marked = texts.map((text) => ({ text, hits: hitsIn(text, wanted) }))
  const most = Math.max(0, ...marked.map(({ hits }) => said(hits)))
  const { text, hits } = marked.find((one) => said(one.hits) === most) ?? { text: '', hits: [] }
  const first = bestStart(hits)
  const start = first <= before ? 0 : wordBreak(text, first - before)
  const end = start + longest >= text.length ? text.length : Math.max(wordBreak(text, start + longest - 20), start + longest - 20)
  const head = start > 0 ? '…' : ''
  return {
    snippet: `${head}${text.slice(start, end).replace(/[\r\n\t]/g, ' ')}${end < text.length ? '…' : ''}`,
    matches: hits.filter(({ from, to }) => from >= start && to <= end).map(({ from, to }) => ({ from: from - start + head.length, to: to - start + head.length })),
  }
}

interface Hit { from: number; to: number; word: string }

const said = (hits: readonly Hit[]): number => new Set(hits.map(({ word }) => word)).size

/** Where the piece begins that shows most of the words. */
function bestStart(hits: readonly Hit[]): number {
  const shownFrom = (at: number): number => said(hits.filter(({ from, to }) => from >= at && to <= at + longest - before - 20))
  return hits.reduce((best, { from }) => (shownFrom(from) > shownFrom(best) ? from : best), hits[0]?.from ?? 0)
}

/** The beginning of the next word, at most twenty letters on. */
function wordBreak(text: string, from: number): number {
  const space = text.slice(from, from + 20).search(/\s/)
  const at = space === -1 ? from : from + space + 1
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at + 1 : at // not between the halves of one letter
}

// What `searchName` leaves together: all but white space, punctuation and symbols, with the marks that it drops.
const runs = /(?:[^\p{P}\p{S}\s]|['"`׳״‘’‚“”„′″]|[\p{Cf}\v\f\u0085])+/gu

function hitsIn(text: string, wanted: readonly string[]): Hit[] {
  return [...text.matchAll(runs)].flatMap(({ 0: run, index }) => {
    const folded = searchName(run).split(' ')
    const word = wanted.findLast((one) => folded.some((token) => token.startsWith(one))) ?? wanted.find((one) => folded.some((token) => behindParticles(token, one)))
    return word === undefined ? [] : [{ from: index, to: index + markedLength(run, word), word }]
  })
}

/** How much of a run is marked: up to the end of the word that was looked for, its vowel points too. */
function markedLength(run: string, word: string): number {
  for (let length = 1; length < run.length; length += 1) {
    const folded = searchName(run.slice(0, length))
    if (folded.startsWith(word) || behindParticles(folded, word)) return length + (/^\p{Mn}+/u.exec(run.slice(length))?.[0].length ?? 0)
  }
  return run.length
}
