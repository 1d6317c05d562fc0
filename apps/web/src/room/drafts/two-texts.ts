import { diffArrays } from 'diff'

export interface Piece {
  words: string
  /** Stands in this text and not in the other. */
  only: boolean
}

/** Two texts word by word, in any script: each with the words that stand in it alone marked. */
export function twoTexts(one: string, other: string): { one: Piece[]; other: Piece[] } {
  const changes = diffArrays(wordsOf(one), wordsOf(other))
  const side = (leftOut: 'added' | 'removed'): Piece[] => changes.filter((change) => !change[leftOut]).map(({ value, added, removed }) => ({ words: value.join(''), only: added || removed }))
  return { one: side('added'), other: side('removed') }
}

/** Words, the space between them, and signs, each by itself. Vowel points and apostrophes belong to their word. */
const wordsOf = (text: string): string[] => text.match(/\s+|[\p{L}\p{M}\p{N}'"׳״’]+|[^\s\p{L}\p{M}\p{N}'"׳״’]/gu) ?? []
