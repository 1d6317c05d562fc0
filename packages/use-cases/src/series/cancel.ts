import { insertChange } from '@yoman/db/series/queries'
import type { ChangedVisit, SeriesScope } from '@yoman/db/series/table'
import { allow } from '@yoman/domain/access'
import type { CancelReason } from '@yoman/domain/appointments/appointment'
import { cancelIn } from '../appointments/step.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { lockAll, lockForChange, reached } from './reach.ts'
import { type SeriesView, loadSeries } from './read.ts'

export interface SeriesCancellation {
  id: string
  version: number
  scope: SeriesScope
  appointmentId: string
  reason: CancelReason
}

/** Cancels the visits that are still ahead, each as if it were cancelled by itself, all or none. Throws `stale_version`, `not_in_series`, `series_empty`. */
export async function cancelSeries(ctx: Context, id: string, wanted: SeriesCancellation): Promise<SeriesView> {
  allow(ctx.actor, 'appointment.flow')
  return transact(ctx, async (tx) => {
    const series = await lockForChange(tx, ctx, 'appointment.flow', id, wanted)
    if (!series) return loadSeries(tx, ctx, id)
    const rows = await reached(tx, ctx, id, wanted.scope, wanted.appointmentId)
    const visits: ChangedVisit[] = []
    for (const appointment of await lockAll(tx, ctx, rows.map((row) => row.appointment_id))) {
      const { version } = await cancelIn(tx, ctx, appointment, wanted.reason)
      visits.push({ id: appointment.id, version })
    }
    const by = ctx.actor.staffId ?? series.created_by
    await insertChange(tx, { clinic_id: ctx.clinicId, id: wanted.id, series_id: id, kind: 'cancelled', scope: wanted.scope, visits: JSON.stringify(visits), by_staff_id: by, at: ctx.now })
    const details = { change: wanted.id, scope: wanted.scope, reason: wanted.reason, visits: visits.map((visit) => visit.id) }
    await recordEvents(tx, ctx, [{ name: 'series.cancelled', subject: { type: 'series', id }, patientId: series.patient_id, branchId: series.branch_id, details }])
    return loadSeries(tx, ctx, id)
  })
}
