import { givenUpAfter, type GivenUpWanted, sumGivenUp } from '@yoman/db/registers/write-offs'
import type { GivenUpDebt, GivenUpSum } from '@yoman/domain/registers/write-offs'
import { type DayRange, requireReportable } from '@yoman/domain/reports/period'
import { instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, instantKey, uuidKey } from '../cursor.ts'
import { allowedBranches } from '../reports/income.ts'
import { readByValues } from '../transact.ts'

const usualLimit = 50
/** Rows of the file that are read at once. */
const atOnce = 500

export type GivenUpRequest = DayRange & { branchId?: string }

/** Debts given up in a period of a year at most that stand so, the oldest first, and the sums of all of them. Throws `Forbidden`; refuses `report_period_invalid`. */
export function pageOfGivenUp(ctx: Context, { cursor, limit = usualLimit, ...request }: GivenUpRequest & { cursor?: string; limit?: number }): Promise<{ items: GivenUpDebt[]; next: string | null; totals: GivenUpSum }> {
  const wanted = wantedBy(ctx, request)
  const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, [instantKey, uuidKey])
  const after = at !== undefined && id !== undefined ? { at: instant(at), id } : null
  return readByValues(ctx, async (db) => {
    const rows = await givenUpAfter(db, wanted, after, limit + 1)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? encodeCursor([last.at.toString(), last.id]) : null, totals: await sumGivenUp(db, wanted) }
  })
}

/** All of them, some hundreds at a time, each batch a look of its own. What is refused is refused now, before anything of the file has left. */
export function allGivenUp(ctx: Context, request: GivenUpRequest): AsyncGenerator<GivenUpDebt[]> {
  return batchesOf(ctx, wantedBy(ctx, request))
}

async function* batchesOf(ctx: Context, wanted: GivenUpWanted): AsyncGenerator<GivenUpDebt[]> {
  for (let after: GivenUpDebt | null = null; ; ) {
    const rows: GivenUpDebt[] = await readByValues(ctx, (db) => givenUpAfter(db, wanted, after, atOnce))
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last
  }
}

function wantedBy(ctx: Context, { branchId, ...range }: GivenUpRequest): GivenUpWanted {
  const branchIds = allowedBranches(ctx, branchId)
  requireReportable(range, 'day')
  return { range, branchIds }
}
