import type { LocalDay } from './local-day.ts'
import type { Span } from './spans.ts'

export type PartOfDay = 'morning' | 'afternoon' | 'evening'

const parts: Record<PartOfDay, readonly [number, number]> = { morning: [0, 12 * 60], afternoon: [12 * 60, 16 * 60], evening: [16 * 60, 24 * 60] }

/** The starts that count as that part of the day on the branch's wall clock; all of the day where none is asked for. */
export function partOf(day: LocalDay, part: PartOfDay | null): Span {
  if (part === null) return day.span
  const [from, to] = parts[part]
  return { from: day.at(from), to: day.at(to) }
}
