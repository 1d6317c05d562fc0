/** A line of a paragraph: from `start` up to, not including, `end`. The spaces it was broken at belong to no line. */
export interface Line {
  start: number
  end: number
}

/**
 * Breaks at spaces so that no line is wider than `width`; a word that is too wide alone breaks between its letters.
 * `widthOf` measures the stretch `[start, end)`. Always at least one line; a line break in the text is kept.
 */
export function wrap(text: string, width: number, widthOf: (start: number, end: number) => number): Line[] {
  const lines: Line[] = []
  for (const { start, end } of hardLines(text)) lines.push(...wrapOne(text, start, end, width, widthOf))
  return lines
}

function hardLines(text: string): Line[] {
  const lines: Line[] = []
  let start = 0
  for (const part of text.split('\n')) {
    lines.push({ start, end: start + part.length })
    start += part.length + 1
  }
  return lines
}

function wrapOne(text: string, from: number, to: number, width: number, widthOf: (start: number, end: number) => number): Line[] {
  // Most texts are one line: measuring them once, not word by word, is most of the time of a page.
  if (widthOf(from, to) <= width) return [{ start: from, end: to }]
  const lines: Line[] = []
  let start = from
  let end = from
  for (const word of wordsOf(text, from, to)) {
    if (widthOf(start, word.end) <= width) {
      end = word.end
      continue
    }
    if (end > start) lines.push({ start, end })
    start = word.start
    for (const letter of lettersOf(text, word.start, word.end)) {
      if (letter.start > start && widthOf(start, letter.end) > width) {
        lines.push({ start, end: letter.start })
        start = letter.start
      }
    }
    end = word.end
  }
  lines.push({ start, end })
  return lines
}

const wordsOf = (text: string, from: number, to: number): Line[] =>
  [...text.slice(from, to).matchAll(/[^ ]+/g)].map((match) => ({ start: from + match.index, end: from + match.index + match[0].length }))

const letters = new Intl.Segmenter('he', { granularity: 'grapheme' })

/** Letters with their vowel points: a break between the two would tear them apart. */
const lettersOf = (text: string, from: number, to: number): Line[] =>
  [...letters.segment(text.slice(from, to))].map(({ index, segment }) => ({ start: from + index, end: from + index + segment.length }))
