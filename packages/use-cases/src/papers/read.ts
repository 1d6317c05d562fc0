import { zoneOfBranch } from '@yoman/db/appointments/queries'
import { missingPapers } from '@yoman/db/papers/queries'
import { allowIn } from '@yoman/domain/access'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, dayPeriod, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { namesView } from '../patients/view.ts'
import { read } from '../transact.ts'

const longestDays = 31

/** Visits from now to the end of `until` (ISO) whose paper is missing, soonest first. Throws `too_long`, `NotFound`. */
export async function whatPapersMiss(ctx: Context, { branchId, until }: { branchId: string; until: string }) {
  allowIn(ctx.actor, 'diary.read', branchId)
  return read(ctx, async (db) => {
    const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
    if (!zone) throw new NotFound('branch')
    const last = plainDate(until)
    if (dateIn(zone, ctx.now).until(last).total('days') > longestDays) throw new Refusal('too_long')
    const rows = await missingPapers(db, branchId, { start: ctx.now, end: dayPeriod(zone, last).end })
    return rows.map((row) => ({
      appointmentId: row.appointmentId,
      practitionerId: row.practitionerId,
      visitTypeId: row.visitTypeId,
      startsAt: row.startsAt.toString(),
      kind: row.kind,
      patient: { id: row.patientId, ...namesView(row), phone: row.phone },
    }))
  })
}
