/** What a chart draws: a bar of the period and, where it is compared, one of the other period. Values in agorot. */
export interface Bar {
  key: string
  label: string
  /** For the axis, where the label is too long. */
  short: string
  now: number
  before: number | null
}

export interface Scale {
  /** Values with a line, ascending, nothing among them. */
  ticks: number[]
  /** How far up from the bottom a value stands, in percent of the height. */
  place(value: number): number
}

/** Round numbers (1, 2 or 5 times a power of ten) around all values, four or five lines of them. */
export function scaleOf(bars: readonly Bar[]): Scale {
  const values = bars.flatMap(({ now, before }) => [now, before ?? 0])
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const step = roundStep(Math.max(high - low, 100) / 4)
  const [first, last] = [Math.floor(low / step), Math.ceil(Math.max(high, low + step) / step)]
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
  return { ticks, place: (value) => ((value - first * step) / ((last - first) * step)) * 100 }
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5, 10].find((times) => power * times >= least) ?? 10)
}

/** Where the label of a bar stands: in the middle under it, as wide as `few` slots where the chart's end leaves room. All in percent of the line. */
export function labelPlace(index: number, count: number, few: number): { start: number; width: number } {
  const slot = 100 / Math.max(count, 1)
  const middle = slot * (index + 0.5)
  const width = Math.min(slot * few, 2 * (100 - middle))
  return { start: middle - width / 2, width }
}

/** Which of so many labels fit: the first of each few. */
export const everyFew = (count: number, most: number): number => Math.max(1, Math.ceil(count / most))
