import type { PlainDate } from '@yoman/domain/time'
import { language } from '../i18n.ts'
import { showMonth } from '../ui/show-times.ts'

export interface VatPeriodChoice {
  /** `2026-11/1`: the first month and how many. */
  key: string
  month: string
  months: 1 | 2
  /** Names of the first month and of the last. */
  first: string
  last: string
}

/** How many months back somebody reports late, or looks again. */
const monthsBack = 24

/** The months and pairs of months that have begun, the newest first; the running one is reported when it is over. */
export function vatPeriods(today: PlainDate): VatPeriodChoice[] {
  const begun = Array.from({ length: monthsBack }, (_, back) => today.with({ day: 1 }).subtract({ months: back }))
  return begun.flatMap((start) => [1, 2].filter((months) => months === 1 || start.month % 2 === 1).map((count): VatPeriodChoice => {
    const months = count === 2 ? 2 : 1
    const month = start.toString().slice(0, 7)
    return { key: `${month}/${months}`, month, months, first: showMonth(start.toString(), language.value), last: showMonth(start.add({ months: months - 1 }).toString(), language.value) }
  }))
}
