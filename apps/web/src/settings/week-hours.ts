import { checkHours } from '@yoman/domain/resources/hours'
import { Refusal } from '@yoman/domain/refusal'

/** A stretch of a weekday (ISO, 1 is Monday) on a wall clock, while it is being edited: a time that is not one yet is null. */
export interface Span {
  weekday: number
  branchId: string | null
  starts: string | null
  ends: string | null
}

/** A stretch with both its times. */
export type WholeSpan = Span & { starts: string; ends: string }

/** Sunday first, as the week goes in Israel. */
export const weekdays: readonly number[] = [7, 1, 2, 3, 4, 5, 6]
/** Sunday to Thursday. */
export const workdays: readonly number[] = [7, 1, 2, 3, 4]

/** The stretches of a day in the order in which they stand: a list that sorts itself while somebody types loses the focus. */
export const daySpans = (spans: readonly Span[], weekday: number): Span[] => spans.filter((span) => span.weekday === weekday)

/** One more stretch for a day: a whole day's first, or what follows half an hour after the last, which makes the gap a break. */
export function addSpan(spans: readonly Span[], weekday: number, branchId: string | null): Span[] {
  const last = daySpans(spans, weekday).at(-1)
  if (!last) return [...spans, { weekday, branchId, starts: '09:00', ends: '17:00' }]
  const starts = later(last.ends ?? '17:00', 30)
  return [...spans, { weekday, branchId: last.branchId, starts, ends: later(starts, 180) }]
}

/** The week with the stretches of one day on the other workdays too. */
export function copyToWorkdays(spans: readonly Span[], weekday: number): Span[] {
  const others = workdays.filter((day) => day !== weekday)
  const model = spans.filter((span) => span.weekday === weekday)
  return [...spans.filter((span) => !others.includes(span.weekday)), ...others.flatMap((day) => model.map((span) => ({ ...span, weekday: day })))]
}

export type HoursProblem = { code: 'time_missing' | 'ends_before_it_starts' | 'hours_overlap'; weekday: number }

/** What is wrong with a week, by the rule of the server; null when nothing is. Periods that do not meet may differ. */
export function hoursProblem(spans: readonly (Span & { validFrom?: string | null; validTo?: string | null })[]): HoursProblem | null {
  const open = spans.find((span) => !isWhole(span))
  if (open) return { code: 'time_missing', weekday: open.weekday }
  try {
    checkHours(spans.filter(isWhole))
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { code: error.code === 'hours_overlap' ? 'hours_overlap' : 'ends_before_it_starts', weekday: Number(error.params['weekday']) }
  }
}

export const isWhole = <T extends Span>(span: T): span is T & WholeSpan => span.starts !== null && span.ends !== null

function later(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const total = Math.min(hour * 60 + minute + minutes, 23 * 60 + 55)
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`
}
