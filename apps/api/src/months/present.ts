import type { MonthClosing, MonthView, Totals } from '@yoman/contract/months'
import type { MonthClosing as ClosingRow } from '@yoman/db/months/closings'
import type { MonthTotals } from '@yoman/domain/months/close'
import type { IncomeSum } from '@yoman/domain/reports/income'
import type { PlainDate } from '@yoman/domain/time'
import type { MonthList, MonthView as View } from '@yoman/use-cases/months/close'

/** A month by its number: `2026-10`. */
const monthText = (month: PlainDate): string => month.toString().slice(0, 7)

export const presentMonths = ({ closings, next, newestOver }: MonthList) => ({ items: closings.map(presentClosing), next: next && monthText(next), newestOver: monthText(newestOver) })

export const presentMonth = (month: string, { closing, open, totals, isUnmoved }: View): MonthView => ({
  month, closing: closing && presentClosing(closing), open, totals: presentTotals(totals), unmoved: isUnmoved,
})

const presentClosing = (row: ClosingRow): MonthClosing => ({
  id: row.id,
  month: monthText(row.month),
  closedAt: row.closed_at.toString(),
  closedBy: { id: row.closed_by, name: row.closed_by_name },
  reason: row.reason,
  totals: presentTotals(row.totals),
  reopened: row.reopened_at && row.reopened_by !== null ? { at: row.reopened_at.toString(), by: { id: row.reopened_by, name: row.reopened_by_name ?? '' }, reason: row.reopen_reason ?? '' } : null,
})

const presentTotals = ({ views: { performed, billed, cash }, documents }: MonthTotals): Totals => ({
  performed: presentSum(performed), billed: presentSum(billed), cash: presentSum(cash), documents: documents.map(({ kind, count, total }) => ({ kind, count, totalAgorot: total })),
})

const presentSum = ({ count, gross, net }: IncomeSum) => ({ count, grossAgorot: gross, netAgorot: net })
