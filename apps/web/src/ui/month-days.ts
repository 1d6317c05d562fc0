import { plainDate } from '@yoman/domain/time'

export interface MonthDay {
  iso: string
  day: number
  inMonth: boolean
}

/** Six weeks of days around a month, from Sunday; `month` is any ISO date in it. */
export function monthDays(month: string): MonthDay[] {
  const first = plainDate(month).with({ day: 1 })
  const start = first.subtract({ days: first.dayOfWeek % 7 })
  return Array.from({ length: 42 }, (_, index) => {
    const date = start.add({ days: index })
    return { iso: date.toString(), day: date.day, inMonth: date.month === first.month }
  })
}

/** The date that a key of the calendar leads to; null for keys that are not its own. Left and right follow the reading direction. */
export function dayByKey(from: string, code: string, rtl: boolean): string | null {
  const date = plainDate(from)
  const ahead = rtl ? 'ArrowLeft' : 'ArrowRight'
  const back = rtl ? 'ArrowRight' : 'ArrowLeft'
  if (code === ahead) return date.add({ days: 1 }).toString()
  if (code === back) return date.subtract({ days: 1 }).toString()
  if (code === 'ArrowDown') return date.add({ days: 7 }).toString()
  if (code === 'ArrowUp') return date.subtract({ days: 7 }).toString()
  if (code === 'PageDown') return date.add({ months: 1 }).toString()
  if (code === 'PageUp') return date.subtract({ months: 1 }).toString()
  return null
}
