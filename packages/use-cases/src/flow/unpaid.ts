import { zoneOfBranch } from '@yoman/db/appointments/queries'
import { unpaidVisits } from '@yoman/db/flow/queries'
import { allowIn } from '@yoman/domain/access'
import { NotFound } from '@yoman/domain/refusal'
import { dayPeriod, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { namesView } from '../patients/view.ts'
import { readByValues } from '../transact.ts'

/** Who left without paying on a day (ISO) of a branch. Throws `NotFound`. */
export async function leftWithoutPaying(ctx: Context, { branchId, date }: { branchId: string; date: string }) {
  allowIn(ctx.actor, 'invoice.read', branchId)
  return readByValues(ctx, async (db) => {
    const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
    if (!zone) throw new NotFound('branch')
    const rows = await unpaidVisits(db, branchId, dayPeriod(zone, plainDate(date)))
    return rows.map((row) => ({
      appointmentId: row.appointmentId,
      practitionerId: row.practitionerId,
      startsAt: row.startsAt.toString(),
      patient: { id: row.patientId, ...namesView(row) },
      totalAgorot: Number(row.totalAgorot),
    }))
  })
}
