import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../refusal.ts'
import type { IncomeSum, IncomeView } from '../reports/income.ts'
import type { InvoiceKind } from '../invoices/invoice.ts'
import type { DayRange } from '../reports/period.ts'
import type { PlainDate } from '../time.ts'

/** What of a month still waits for somebody. None of it forbids to close, but whoever does says why. Sums in agorot. */
export interface OpenPoints {
  /** Visits that are over and have no document. */
  unbilledVisits: { count: number; agorot: number }
  /** Patients who came, and whose visit nobody ended. */
  unfinishedVisits: number
  /** Payments that wait for their document. */
  waitingMoney: { count: number; agorot: number }
  /** Money that came by payment links until the month's last day, and that nobody has decided about. The sum is of shekels alone. */
  undecidedMoney: { count: number; agorot: number }
  /** Days of a desk with money that no closing holds. */
  openDeskDays: number
  /** Cheques due in the month that were not brought to the bank. */
  dueCheques: { count: number; agorot: number }
  /** Documents whose mail has not left, or failed. */
  waitingMails: number
  /** Kinds of documents whose numbers have a gap: of the whole series, not of the month. */
  brokenSeries: number
}

/** A month as it was reported: it is kept with the closing, and compared with what the rows say now. */
export interface MonthTotals {
  views: Record<IncomeView, IncomeSum>
  documents: readonly { kind: InvoiceKind; count: number; total: number }[]
}

export const isAnythingOpen = (open: OpenPoints): boolean =>
  [open.unbilledVisits.count, open.unfinishedVisits, open.waitingMoney.count, open.undecidedMoney.count, open.openDeskDays, open.dueCheques.count, open.waitingMails, open.brokenSeries].some((count) => count > 0)

/** The first and the last day of the month that begins on `month`. */
export const daysOfMonth = (month: PlainDate): DayRange => ({ from: month.with({ day: 1 }), to: month.with({ day: month.daysInMonth }) })

/** The month after the newest closed one, which is the only one that may be closed; null where none is: then it is any that is over. */
export const nextToClose = (newestClosed: PlainDate | null): PlainDate | null => newestClosed && newestClosed.add({ months: 1 })

export interface ClosingRequest {
  /** Its first day. */
  month: PlainDate
  newestClosed: PlainDate | null
  /** The calendar day at the branch where it is earliest. */
  today: PlainDate
  open: OpenPoints
  reason: string
}

/**
 * Refuses `month_closed`, `month_not_next` (months are closed in their order), `month_not_over` (this one and those to come have writes still to
 * come), `month_open_points` (something is open, and nobody said why it is closed all the same).
 */
export function requireMonthClosable({ month, newestClosed, today, open, reason }: ClosingRequest): void {
  const next = nextToClose(newestClosed)
  if (newestClosed && Temporal.PlainDate.compare(month, newestClosed) <= 0) throw new Refusal('month_closed', { month: nameOf(month) })
  if (next && !next.equals(month)) throw new Refusal('month_not_next', { month: nameOf(next) })
  if (Temporal.PlainDate.compare(daysOfMonth(month).to, today) >= 0) throw new Refusal('month_not_over', { month: nameOf(month) })
  if (isAnythingOpen(open) && reason.trim() === '') throw new Refusal('month_open_points')
}

/** As people write a month: `10/2026`. */
export const nameOf = (month: PlainDate): string => `${String(month.month).padStart(2, '0')}/${month.year}`

/** Whether the rows still say what they said when the month was closed. */
export const isUnmoved = (before: MonthTotals, now: MonthTotals): boolean =>
  (['performed', 'billed', 'cash'] as const).every((view) => isSame(before.views[view], now.views[view])) && JSON.stringify(byKind(before)) === JSON.stringify(byKind(now))

const isSame = (a: IncomeSum, b: IncomeSum): boolean => a.count === b.count && a.gross === b.gross && a.net === b.net

const byKind = ({ documents }: MonthTotals) => documents.map(({ kind, count, total }) => [kind, count, total]).sort()
