/**
 * Three views of a clinic's income. `performed`: what was done, at the price it was recorded with, on the day of the visit. `billed`: what patients
 * were asked for, on the date of the document; credits below nothing. `cash`: the money, on the day it came or went.
 */
export const incomeViews = ['performed', 'billed', 'cash'] as const
export type IncomeView = (typeof incomeViews)[number]

export const incomeGroups = ['practitioner', 'branch', 'visit_type', 'health_fund', 'month', 'week', 'day'] as const
export type IncomeGroup = (typeof incomeGroups)[number]

/** Groups that are parts of the period: their rows stand in the order of the calendar, the empty ones too. */
export const timeGroups = ['month', 'week', 'day'] as const
export type TimeGroup = (typeof timeGroups)[number]

export const isTimeGroup = (group: IncomeGroup): group is TimeGroup => (timeGroups as readonly IncomeGroup[]).includes(group)

/** What a figure is made of. A `deduction` takes money of before off a bill, a `cheque` is one that is gone. */
export const incomeSources = ['visit', 'document', 'deduction', 'payment', 'refund', 'cheque'] as const
export type IncomeSource = (typeof incomeSources)[number]

/** A sum of some rows, in agorot: with VAT and without. */
export interface IncomeSum {
  count: number
  gross: number
  net: number
}

export interface IncomeRow extends IncomeSum {
  /** An id, a code of a fund, the first day of a part of time; empty where there is none. */
  key: string
  /** Of the comparable period; null where nothing is compared. */
  before: IncomeSum | null
}

export const noIncome: IncomeSum = { count: 0, gross: 0, net: 0 }

export const addIncome = (sums: readonly IncomeSum[]): IncomeSum =>
  sums.reduce((all, one) => ({ count: all.count + one.count, gross: all.gross + one.gross, net: all.net + one.net }), noIncome)

/** A key with its sum. */
export type KeyedSum = IncomeSum & { key: string }

/**
 * Rows with what stood in their place in the comparable period. Groups of people and places are the same thing in both, the largest first, and one
 * that has something only there has a row too; parts of time are compared by their place in the period.
 */
export function compareRows(group: IncomeGroup, now: { keys: readonly string[]; sums: readonly KeyedSum[] }, before: { keys: readonly string[]; sums: readonly KeyedSum[] } | null): IncomeRow[] {
  const of = (sums: readonly KeyedSum[], key: string | undefined): IncomeSum => {
    const found = sums.find((one) => one.key === key)
    return found ? { count: found.count, gross: found.gross, net: found.net } : noIncome
  }
  if (isTimeGroup(group)) return now.keys.map((key, place) => ({ key, ...of(now.sums, key), before: before && of(before.sums, before.keys[place]) }))
  const keys = new Set([...now.sums, ...(before?.sums ?? [])].map(({ key }) => key))
  const rows = [...keys].map((key) => ({ key, ...of(now.sums, key), before: before && of(before.sums, key) }))
  return rows.sort((a, b) => b.gross - a.gross || (b.before?.gross ?? 0) - (a.before?.gross ?? 0) || a.key.localeCompare(b.key))
}
