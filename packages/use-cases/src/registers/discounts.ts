import { discountsGiven } from '@yoman/db/registers/discounts'
import { byGiver, type Giver, type GivenLine } from '@yoman/domain/registers/discounts'
import { type DayRange, requireReportable } from '@yoman/domain/reports/period'
import type { Context } from '../context.ts'
import { allowedBranches } from '../reports/income.ts'
import { readByValues } from '../transact.ts'

/** Discounts that stand, given in a period of a year at most, and who gave how much. Throws `Forbidden`; refuses `report_period_invalid`. */
export function discountRegister(ctx: Context, { branchId, ...range }: DayRange & { branchId?: string }): Promise<{ lines: GivenLine[]; givers: Giver[] }> {
  const branchIds = allowedBranches(ctx, branchId)
  requireReportable(range, 'day')
  return readByValues(ctx, async (db) => {
    const lines = await discountsGiven(db, range, branchIds)
    return { lines, givers: byGiver(lines) }
  })
}
