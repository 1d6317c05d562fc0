import { explainIncome } from '@yoman/db/reports/explanation'
import { type IncomeItem, type KeyName, listIncome, namesOfKeys, sumIncome } from '@yoman/db/reports/income'
import type { Db } from '@yoman/db/database'
import { allow, allowIn } from '@yoman/domain/access'
import { type Explanation, explains } from '@yoman/domain/reports/explanation'
import { addIncome, compareRows, type IncomeGroup, type IncomeRow, type IncomeSum, type IncomeView, type KeyedSum } from '@yoman/domain/reports/income'
import { comparable, type Comparison, type DayRange, partsOf, requireReportable } from '@yoman/domain/reports/period'
import { allowWhole } from '../acting.ts'
import type { Context } from '../context.ts'
import { dateKey, decodeCursor, encodeCursor, textKey, uuidKey } from '../cursor.ts'
import { readByValues, readStill } from '../transact.ts'

const usualLimit = 50
/** Rows of the file that are read at once. */
const fileRows = 1000

export interface IncomeQuery extends DayRange {
  view: IncomeView
  group: IncomeGroup
  branchId?: string
}

export interface IncomeReport {
  rows: IncomeRow[]
  names: KeyName[]
  total: IncomeSum
  /** The period that it is compared with, and its sum. */
  before: (DayRange & IncomeSum) | null
}

/** One view of the income of a period by a group, beside a comparable period. Refuses `report_period_invalid`. */
export function incomeReport(ctx: Context, { view, group, branchId, from, to }: IncomeQuery, comparison: Comparison): Promise<IncomeReport> {
  const branchIds = allowedBranches(ctx, branchId)
  requireReportable({ from, to }, group)
  const range = { from, to }
  const other = comparison === 'none' ? null : comparable(range, comparison)
  return readByValues(ctx, async (db) => {
    const sums = await sumIncome(db, view, group, { range, branchIds })
    const before = other && (await sumIncome(db, view, group, { range: other, branchIds }))
    const rows = compareRows(group, keyed(range, group, sums), other && before ? keyed(other, group, before) : null)
    return { rows, names: await namesOfKeys(db, group, rows.map(({ key }) => key)), total: addIncome(sums), before: other && before ? { ...other, ...addIncome(before) } : null }
  })
}

const keyed = (range: DayRange, group: IncomeGroup, sums: readonly KeyedSum[]) => ({ keys: partsOf(range, group).map(String), sums })

export interface ItemsQuery extends IncomeQuery {
  /** Which row of the report; null for all of them. */
  key: string | null
}

/** The visits, documents or payments behind one figure, by day. Refuses `report_period_invalid`. */
export function pageOfItems(ctx: Context, query: ItemsQuery, { cursor, limit = usualLimit }: { cursor?: string; limit?: number }): Promise<{ items: IncomeItem[]; next: string | null }> {
  const scope = scopeOf(ctx, query)
  const [day, source, id] = cursor === undefined ? [] : decodeCursor(cursor, [dateKey, textKey, uuidKey])
  return readByValues(ctx, async (db) => {
    const after = day !== undefined && source !== undefined && id !== undefined ? { day, source, id } : null
    const rows = await listIncome(db, query.view, query, scope, after, limit + 1)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? encodeCursor([last.day.toString(), last.source, last.id]) : null }
  })
}

/** All of them, some hundreds at a time, each batch a look of its own. What is refused is refused now, before anything of the file has left. */
export function allItems(ctx: Context, query: ItemsQuery): AsyncGenerator<IncomeItem[]> {
  return batchesOf(ctx, query, scopeOf(ctx, query))
}

async function* batchesOf(ctx: Context, query: ItemsQuery, scope: ReturnType<typeof scopeOf>): AsyncGenerator<IncomeItem[]> {
  for (let after: { day: string; source: string; id: string } | null = null; ; ) {
    const rows: IncomeItem[] = await readByValues(ctx, (db) => listIncome(db, query.view, query, scope, after, fileRows))
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = { day: last.day.toString(), source: last.source, id: last.id }
  }
}

function scopeOf(ctx: Context, { group, branchId, from, to }: ItemsQuery) {
  const branchIds = allowedBranches(ctx, branchId)
  requireReportable({ from, to }, group)
  return { range: { from, to }, branchIds }
}

/** Why the three views of a period differ, of the whole clinic. Refuses `report_period_invalid`; throws where the parts do not make up the difference. */
export function explanationOf(ctx: Context, range: DayRange): Promise<Explanation> {
  allowWhole(ctx, 'report.read')
  requireReportable(range, null)
  return readStill(ctx, async (db) => {
    const explanation = { ...(await totalsOf(db, range)), parts: await explainIncome(db, range) }
    if (!explains(explanation)) throw new Error(`the parts do not make up the difference of the views: ${JSON.stringify(explanation)}`)
    return explanation
  })
}

async function totalsOf(db: Db, range: DayRange): Promise<Record<IncomeView, number>> {
  const total = async (view: IncomeView) => addIncome(await sumIncome(db, view, 'branch', { range, branchIds: null })).gross
  return { performed: await total('performed'), billed: await total('billed'), cash: await total('cash') }
}

/** The branches that somebody's figures are of: the one that is asked for, else those that one works in; null where all of the clinic is theirs. Throws `Forbidden`. */
export function allowedBranches({ actor }: Context, branchId: string | undefined): readonly string[] | null {
  if (branchId === undefined) allow(actor, 'report.read')
  else allowIn(actor, 'report.read', branchId)
  if (branchId !== undefined) return [branchId]
  return actor.branchIds.length > 0 ? actor.branchIds : null
}
