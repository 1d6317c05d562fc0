import { type PlainDate, plainDate } from '../../time.ts'
import type { SaidWhen } from './read-order.ts'

/**
 * The dates that were meant. "Two to three weeks" is from the one to the other; "two weeks" is that day and a tenth of the time,
 * at least three days, on either side; of less than a week a day on either side; of one or two days, and of a date, that day alone.
 * Never before today. ISO dates, as an order's window wants them.
 */
export function windowOf(when: NonNullable<SaidWhen>, today: PlainDate): { fromDate: string; toDate: string } {
  const { from, to } = 'date' in when ? { from: plainDate(when.date), to: plainDate(when.date) } : around(when, today)
  return { fromDate: (from.since(today).sign < 0 ? today : from).toString(), toDate: (to.since(today).sign < 0 ? today : to).toString() }
}

/** Days after the visit before, of which a month has thirty: "two weeks later" is two weeks or up to one more. */
export function gapOf(when: Exclude<SaidWhen, null | { date: string }>): { minGapDays: number; maxGapDays: number } {
  const [min, max] = [when.from * daysOf[when.unit], when.to * daysOf[when.unit]]
  return { minGapDays: min, maxGapDays: max > min ? max : min === 0 ? 0 : min + 7 }
}

const daysOf = { day: 1, week: 7, month: 30 } as const

function around({ unit, from, to }: Exclude<SaidWhen, null | { date: string }>, today: PlainDate): { from: PlainDate; to: PlainDate } {
  const plus = (count: number): PlainDate => today.add({ [`${unit}s`]: count })
  const slack = from === to ? slackOf(today.until(plus(to)).days) : 0
  return { from: plus(from).subtract({ days: slack }), to: plus(to).add({ days: slack }) }
}

function slackOf(days: number): number {
  if (days < 7) return days <= 2 ? 0 : 1
  return Math.max(3, Math.round(days / 10))
}
