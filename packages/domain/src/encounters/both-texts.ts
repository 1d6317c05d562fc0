/** A line that says something, with the empty lines above it. */
interface Line {
  words: string
  gap: number
}

/** More pairs of lines than this are not compared (some 25 MB): texts of thousands of lines each that have next to nothing in common. */
const mostPairs = 6_000_000

/**
 * One text with all that stands in two, line by line: what both have stands once and in order, what one alone has stands where
 * that one has it, `one` before `other`. Lines are never taken apart, for two sentences about one tooth are not for a program to
 * combine: both stand, unless one merely goes on from the other. Every line of either is a line, or the beginning of a line, of
 * the answer. It is the shortest text of which that is true; therefore what is joined again to a text that has it adds nothing.
 */
export function bothTexts(one: string, other: string): string {
  if (one === other || other.trim() === '') return one
  if (one.trim() === '') return other
  const [ours, theirs] = [linesOf(one), linesOf(other)]
  const joined = join(ours.lines, theirs.lines)
  const rows = joined.flatMap(({ words, gap }) => [...Array<string>(gap).fill(''), words])
  return [...rows, ...Array<string>(Math.max(ours.after, theirs.after)).fill('')].join('\n')
}

function linesOf(text: string): { lines: Line[]; after: number } {
  const lines: Line[] = []
  let gap = 0
  for (const words of text.split('\n')) {
    if (words.trim() === '') gap += 1
    else {
      lines.push({ words, gap })
      gap = 0
    }
  }
  return { lines, after: gap }
}

function join(one: readonly Line[], other: readonly Line[]): Line[] {
  let head = 0
  while (isSame(one[head], other[head])) head += 1
  let tail = 0
  while (tail < Math.min(one.length, other.length) - head && isSame(one.at(-1 - tail), other.at(-1 - tail))) tail += 1
  const between = shortest(one.slice(head, one.length - tail), other.slice(head, other.length - tail), head + tail > 0)
  return [...one.slice(0, head), ...between, ...one.slice(one.length - tail)]
}

const isSame = (a: Line | undefined, b: Line | undefined): boolean => a !== undefined && a.words === b?.words && a.gap === b.gap

/** Where nothing at all is shared, an empty line parts the two. */
function shortest(one: readonly Line[], other: readonly Line[], shared: boolean): Line[] {
  const pairs = one.length * other.length > mostPairs ? [] : bestPairs(one, other)
  const out: Line[] = []
  let [i, j] = [0, 0]
  for (const [a, b] of [...pairs, [one.length, other.length] as const]) {
    out.push(...one.slice(i, a), ...other.slice(j, b))
    const [ours, theirs] = [one[a], other[b]]
    const both = ours && theirs && longerOf(ours, theirs)
    if (both) out.push(both)
    ;[i, j] = [a + 1, b + 1]
  }
  const [first] = other
  if (!shared && pairs.length === 0 && first) out[one.length] = { ...first, gap: Math.max(1, first.gap) }
  return out
}

/** Which lines stand for each other in the shortest text that has both, in order. */
function bestPairs(one: readonly Line[], other: readonly Line[]): (readonly [number, number])[] {
  const width = other.length + 1
  const costs = new Uint32Array((one.length + 1) * width) // of what follows from line i of the one and line j of the other
  const at = (i: number, j: number): number => costs[i * width + j] ?? 0
  const paired = (i: number, j: number): number => {
    const [a, b] = [one[i], other[j]]
    const both = a && b && longerOf(a, b)
    return both ? costOf(both) + at(i + 1, j + 1) : Infinity
  }
  for (let i = one.length; i >= 0; i -= 1) {
    for (let j = other.length; j >= 0; j -= 1) {
      const [a, b] = [one[i], other[j]]
      if (a || b) costs[i * width + j] = Math.min(a ? costOf(a) + at(i + 1, j) : Infinity, b ? costOf(b) + at(i, j + 1) : Infinity, paired(i, j))
    }
  }
  const pairs: [number, number][] = []
  for (let [i, j] = [0, 0]; i < one.length && j < other.length; ) {
    const ours = one[i]
    if (paired(i, j) === at(i, j)) pairs.push([i++, j++])
    else if (ours && costOf(ours) + at(i + 1, j) === at(i, j)) i += 1
    else j += 1
  }
  return pairs
}

const costOf = ({ words, gap }: Line): number => words.length + 1 + gap

/** The line that says what both say, where one goes on from the other or is the same; else null. */
function longerOf(a: Line, b: Line): Line | null {
  const [short, long] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
  return long.startsWith(short) && isWhole(short, long.slice(short.length)) ? { words: long, gap: Math.max(a.gap, b.gap) } : null
}

/** Whether the text ends where a word of the longer one ends: "tooth 2" does not go on as "tooth 26", nor "26" as "26.5". */
const isWhole = (start: string, rest: string): boolean => rest === '' || /\s$/u.test(start) || /^[^\p{L}\p{M}\p{N}\s]*(\s|$)/u.test(rest)
