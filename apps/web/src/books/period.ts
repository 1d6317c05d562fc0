import { plainDate } from '@yoman/domain/time'

export const periods = ['lastMonth', 'thisMonth', 'lastTwoMonths', 'thisYear', 'lastYear', 'other'] as const
export type Period = (typeof periods)[number]

/** First and last day of a period as seen from a day, all ISO dates. VAT is reported by pairs of months that begin in January. Null where the dates are typed. */
export function datesOf(period: Period, today: string): { from: string; to: string } | null {
  if (period === 'other') return null
  const month = plainDate(today).with({ day: 1 })
  const [start, months] = {
    lastMonth: [month.subtract({ months: 1 }), 1], thisMonth: [month, 1],
    lastTwoMonths: [month.subtract({ months: ((month.month - 1) % 2) + 2 }), 2],
    thisYear: [month.with({ month: 1 }), 12], lastYear: [month.with({ month: 1 }).subtract({ years: 1 }), 12],
  }[period] as [typeof month, number] // as written above
  return { from: start.toString(), to: start.add({ months }).subtract({ days: 1 }).toString() }
}
