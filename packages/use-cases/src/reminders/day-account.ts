import { zoneOfBranch } from '@yoman/db/appointments/queries'
import type { Db } from '@yoman/db/database'
import { type AccountRow, accountRows } from '@yoman/db/reminders/account'
import { allowIn } from '@yoman/domain/access'
import { type Account, accountOf, isAccounted } from '@yoman/domain/reminders/account'
import { NotFound } from '@yoman/domain/refusal'
import { type Period, dayPeriod, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

/** What became of telling the patients of a branch's day, soonest visit first. @param date ISO, on the branch's wall. Throws `NotFound`. */
export async function accountOfDay(ctx: Context, { branchId, date }: { branchId: string; date: string }) {
  allowIn(ctx.actor, 'message.read', branchId)
  const rows = await read(ctx, async (db) => {
    const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
    if (!zone) throw new NotFound('branch')
    return accountRows(db, branchId, dayPeriod(zone, plainDate(date)))
  })
  const items = rows.map((row) => view(row, accountOf(row, ctx.now)))
  return { date, total: items.length, accounted: items.filter(({ state }) => isAccounted(state)).length, overdue: items.filter(({ overdue }) => overdue).length, items }
}

/** Visits of a period of which nobody reached the patient and nothing is on its way, soonest first. */
export async function silentVisits(db: Db, ctx: Context, branchId: string, period: Period) {
  const rows = await accountRows(db, branchId, period)
  return rows.map((row) => view(row, accountOf(row, ctx.now))).filter(({ state }) => state === 'not_reached')
}

const view = (row: AccountRow, { state, reason, excuse, arrivedBy, dueAt, overdue }: Account) => ({
  appointmentId: row.appointmentId,
  practitionerId: row.practitionerId,
  visitTypeId: row.visitTypeId,
  startsAt: row.startsAt,
  patient: row.patient,
  cancelled: row.status === 'cancelled',
  state,
  reason,
  excuse,
  arrivedBy,
  dueAt: dueAt?.toString() ?? null,
  overdue,
  calls: row.calls,
})
