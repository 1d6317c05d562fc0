import bidiFactory, { type EmbeddingLevels } from 'bidi-js'

export type Direction = 'rtl' | 'ltr'

/** A stretch of one direction, in the order of reading, its brackets already facing what they hold. */
export interface Run {
  text: string
  direction: Direction
}

/** A text whose directions are resolved; lines are cut from it afterwards, as the Unicode algorithm wants. */
export interface Paragraph {
  text: string
  resolved: EmbeddingLevels
}

const bidi = bidiFactory()
const controls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Removes direction marks: in a name or a description they could reorder the sums beside it. */
export const withoutControls = (text: string): string => text.replace(controls, '')

/** A phone, an amount, an address of mail: read from left to right whatever surrounds it. */
export const leftToRight = (text: string): string => `\u2066${withoutControls(text)}\u2069`

/** What somebody typed: has its own direction, and does not touch its neighbours'. */
export const isolated = (text: string): string => `\u2068${withoutControls(text)}\u2069`

export const paragraph = (text: string, base: Direction): Paragraph => ({ text, resolved: bidi.getEmbeddingLevels(text, base) })

/** The runs of the line `[start, end)` of a paragraph, from the left edge of the paper to the right. Direction marks are dropped. */
export function visualRuns({ text, resolved }: Paragraph, start = 0, end = text.length): Run[] {
  if (end <= start) return []
  // The levels array, not the result object: with the object this call silently mirrors nothing.
  const mirrored = bidi.getMirroredCharactersMap(text, resolved.levels, start, end - 1)
  const runs: { text: string; level: number }[] = []
  // It answers for the whole text and turns only what lies between start and end.
  for (const index of bidi.getReorderedIndices(text, resolved, start, end - 1).slice(start, end)) {
    const level = resolved.levels[index] ?? 0
    const character = mirrored.get(index) ?? text.charAt(index)
    const last = runs.at(-1)
    if (last?.level === level) last.text += character
    else runs.push({ text: character, level })
  }
  return runs.map(asRead).filter((run) => run.text !== '')
}

/** Code units come in visual order: right-to-left goes back to reading order unit by unit, so that pairs come whole again. */
function asRead({ text, level }: { text: string; level: number }): Run {
  const rightToLeft = level % 2 === 1
  return { text: withoutControls(rightToLeft ? text.split('').reverse().join('') : text), direction: rightToLeft ? 'rtl' : 'ltr' }
}
