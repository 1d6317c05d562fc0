import { dateIn, instant, type Instant, minutesBetween, timeIn } from '@yoman/domain/time'

export type DueGroup = 'overdue' | 'today' | 'later'

/** Where a task stands at `now` on the wall of `zone`. */
export function dueGroup(dueAt: string, now: Instant, zone: string): DueGroup {
  const due = instant(dueAt)
  if (minutesBetween(due, now) >= 0) return 'overdue'
  return dateIn(zone, due).equals(dateIn(zone, now)) ? 'today' : 'later'
}

/** Date and time that a new promise is offered: the next full hour but one, the same day where there is still time. */
export function usualDue(now: Instant, zone: string): { date: string; time: string } {
  const due = now.add({ minutes: 120 - timeIn(zone, now).minute })
  return { date: dateIn(zone, due).toString(), time: timeIn(zone, due).toString().slice(0, 5) }
}
