import { Refusal } from '../refusal.ts'
import { type Instant, type PlainDate, addMinutes, dateIn, isBefore, plainDate } from '../time.ts'

export interface OrderStep {
  /** 1 for the first visit. */
  step: number
  durationMinutes: number
  /** Calendar days after the step before; 0 is the same day. */
  minGapDays: number
  maxGapDays: number
  /** The start of the visit that already fulfils it; null while it is to be booked. */
  bookedAt: Instant | null
}

/** What the doctor said: dates, or "in six weeks". */
export type TypedWindow = { fromDate: string; toDate: string } | { inWeeks: number }

/**
 * The dates between which the first visit should lie. "In n weeks" is that day and a tenth of the time, at least three
 * days, on either side, but never before today. Throws `order_window_invalid` where it ends before it begins or is already over.
 */
export function orderWindow(typed: TypedWindow, today: PlainDate): { from: PlainDate; to: PlainDate } {
  const { from, to } = 'inWeeks' in typed ? around(typed.inWeeks, today) : { from: plainDate(typed.fromDate), to: plainDate(typed.toDate) }
  if (to.since(from).sign < 0 || to.since(today).sign < 0) throw new Refusal('order_window_invalid')
  return { from, to }
}

/** Gaps where only one bound, or none, was said: the same day, or a week of leeway after the least gap. */
export function gapOf({ minGapDays, maxGapDays }: { minGapDays?: number | undefined; maxGapDays?: number | undefined }): { minGapDays: number; maxGapDays: number } {
  const min = minGapDays ?? 0
  const max = maxGapDays ?? (min === 0 ? 0 : min + 7)
  if (max < min) throw new Refusal('order_window_invalid')
  return { minGapDays: min, maxGapDays: max }
}

export interface OrderNow {
  status: 'open' | 'booked' | 'cancelled'
  steps: readonly OrderStep[]
}

/** Whether it can still be booked or closed. Throws `order_already_booked` or `order_cancelled`. */
export function checkOpen({ status }: Pick<OrderNow, 'status'>): void {
  if (status === 'booked') throw new Refusal('order_already_booked')
  if (status === 'cancelled') throw new Refusal('order_cancelled')
}

/**
 * Whether these visits complete the order: one for each step that has none yet, one after the other with the gaps the doctor
 * asked for. The window itself is a wish: a patient who is abroad comes when they can. Throws what `checkOpen` throws,
 * `order_steps_missing`, `order_gap_broken` (with the `step` and its `min` and `max` days).
 */
export function checkBooking(order: OrderNow, visits: readonly { step: number; startsAt: Instant }[], zone: string): void {
  checkOpen(order)
  const wanted = order.steps.filter((step) => step.bookedAt === null)
  const fits = wanted.every(({ step }) => visits.filter((visit) => visit.step === step).length === 1)
  if (!fits || visits.length !== wanted.length) throw new Refusal('order_steps_missing')
  const startOf = (step: OrderStep) => step.bookedAt ?? visits.find((visit) => visit.step === step.step)?.startsAt
  order.steps.forEach((step, place) => {
    const before = order.steps[place - 1]
    // Two visits that stand already are the diary's business.
    if (!before || (before.bookedAt && step.bookedAt)) return
    const [earlier, start] = [startOf(before), startOf(step)]
    if (earlier && start) checkGap(step, { end: addMinutes(earlier, before.durationMinutes), start }, zone)
  })
}

function checkGap(step: OrderStep, { end, start }: { end: Instant; start: Instant }, zone: string): void {
  const days = dateIn(zone, end).until(dateIn(zone, start)).days
  if (isBefore(start, end) || days < step.minGapDays || days > step.maxGapDays) {
    throw new Refusal('order_gap_broken', { step: step.step, min: step.minGapDays, max: step.maxGapDays })
  }
}

function around(weeks: number, today: PlainDate): { from: PlainDate; to: PlainDate } {
  const middle = today.add({ weeks })
  const slack = Math.max(3, Math.round((weeks * 7) / 10))
  const from = middle.subtract({ days: slack })
  return { from: from.since(today).sign < 0 ? today : from, to: middle.add({ days: slack }) }
}
