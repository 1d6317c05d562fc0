/** A place in a text that is to be filled in: `[__]`, or one of several words: `[none|mild|strong]`. */
export interface TextField {
  /** Where the opening bracket stands, in UTF-16 units, and where what follows the closing one stands. */
  start: number
  end: number
  /** Empty where anything may be written. */
  choices: string[]
  /** The words before it in its line, which say what it is. */
  label: string
}

const field = /\[(?:__+|([^[\]\n|]+(?:\|[^[\]\n|]+)+))\]/gu
const longestLabel = 40

/** The fields of a text that are not filled in, in their order. */
export const fieldsIn = (text: string): TextField[] =>
  [...text.matchAll(field)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    choices: match[1]?.split('|').map((choice) => choice.trim()) ?? [],
    label: labelBefore(text.slice(0, match.index)),
  }))

/** The one to go to from `at`: the first that ends after it, or with `back` the last that begins before it. */
export const fieldFrom = (text: string, at: number, back = false): TextField | undefined => (back ? fieldsIn(text).findLast(({ start }) => start < at) : fieldsIn(text).find(({ end }) => end > at))

function labelBefore(before: string): string {
  const line = before.slice(before.lastIndexOf('\n') + 1)
  return line.slice(line.lastIndexOf(']') + 1).slice(-longestLabel).replaceAll(/^[\s,;.:·-]+|[\s:·-]+$/gu, '')
}
