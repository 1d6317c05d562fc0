import { type PlainDate, weekday } from '@yoman/domain/time'

/** The first day after `today` on which the branch opens by its weekly hours; tomorrow where it has none. */
export function nextOpenDay(today: PlainDate, hours: readonly { weekday: number }[]): PlainDate {
  const days = [1, 2, 3, 4, 5, 6, 7].map((n) => today.add({ days: n }))
  return days.find((day) => hours.some((one) => one.weekday === weekday(day))) ?? today.add({ days: 1 })
}
