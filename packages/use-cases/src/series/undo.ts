import { lockResources } from '@yoman/db/appointments/lock'
import type { Tx } from '@yoman/db/database'
import { type SeriesChangeRow, changesOfSeries, insertChange, lockSeries } from '@yoman/db/series/queries'
import type { ChangedVisit } from '@yoman/db/series/table'
import { allow, allowIn, may } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { checkVersion } from '@yoman/domain/appointments/move'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { instant } from '@yoman/domain/time'
import { again } from '../appointments/ground.ts'
import { cancelIn } from '../appointments/step.ts'
import { undoIn } from '../appointments/undo.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { waitAfterAll } from '../waitlist/booked.ts'
import { moveAll } from './change.ts'
import { lockAll } from './reach.ts'
import { type SeriesView, loadSeries } from './read.ts'

/**
 * Takes back the last change of a series as a whole: what was booked is cancelled, what was cancelled or moved returns. Throws
 * `nothing_to_undo` where `changeId` is not the last, `stale_version` where somebody has changed one of its visits since, and
 * what a move throws where a place is taken by now.
 */
export async function undoSeries(ctx: Context, id: string, { id: undoId, changeId }: { id: string; changeId: string }): Promise<SeriesView> {
  allow(ctx.actor, 'appointment.move')
  allow(ctx.actor, 'appointment.flow')
  return again(() =>
    transact(ctx, async (tx) => {
      const series = await lockSeries(tx, id)
      if (!series) throw new NotFound('series')
      allowIn(ctx.actor, 'appointment.move', series.branch_id)
      const [last] = await changesOfSeries(tx, id)
      if (last?.undoes === changeId) return loadSeries(tx, ctx, id) // said twice
      if (!last || last.kind === 'undone' || last.id !== changeId) throw new Refusal('nothing_to_undo')
      const visits = await takeBack(tx, ctx, last)
      const by = ctx.actor.staffId ?? series.created_by
      await insertChange(tx, { clinic_id: ctx.clinicId, id: undoId, series_id: id, kind: 'undone', scope: last.scope, visits: JSON.stringify(visits), undoes: changeId, by_staff_id: by, at: ctx.now })
      const details = { change: changeId, kind: last.kind, visits: visits.map((visit) => visit.id) }
      await recordEvents(tx, ctx, [{ name: 'series.undone', subject: { type: 'series', id }, patientId: series.patient_id, branchId: series.branch_id, details }])
      return loadSeries(tx, ctx, id)
    }),
  )
}

async function takeBack(tx: Tx, ctx: Context, change: SeriesChangeRow): Promise<ChangedVisit[]> {
  const appointments = await lockAll(tx, ctx, change.visits.map((visit) => visit.id))
  const of = (appointment: Appointment): ChangedVisit => {
    const visit = change.visits.find((one) => one.id === appointment.id)
    if (!visit) throw new Error('only what was changed was locked')
    return visit
  }
  for (const appointment of appointments) checkVersion(appointment, of(appointment).version)
  if (change.kind === 'moved') return moveBack(tx, ctx, appointments, of)
  if (change.kind === 'cancelled') await lockResources(tx, { clinicId: ctx.clinicId, resourceIds: [...new Set(appointments.flatMap(({ resourceIds }) => resourceIds))] })
  const visits: ChangedVisit[] = []
  for (const appointment of appointments) {
    const { version } = change.kind === 'cancelled' ? await undoIn(tx, ctx, appointment) : await unbook(tx, ctx, appointment)
    visits.push({ id: appointment.id, version })
  }
  return visits
}

/** What the series booked should not have been booked: whoever waited for it on the waitlist waits again, too. */
async function unbook(tx: Tx, ctx: Context, appointment: Appointment): Promise<Appointment> {
  const cancelled = await cancelIn(tx, ctx, appointment, 'other')
  await waitAfterAll(tx, ctx, appointment.id)
  return cancelled
}

function moveBack(tx: Tx, ctx: Context, appointments: readonly Appointment[], of: (appointment: Appointment) => ChangedVisit): Promise<ChangedVisit[]> {
  // Where they were may lie outside hours that were changed since; whoever may book there may put them back.
  const outsideHours = may(ctx.actor, 'appointment.outside_hours')
  const targets = appointments.flatMap((appointment) => {
    const { before } = of(appointment)
    return before ? [{ appointment, startsAt: instant(before.startsAt), practitionerId: before.practitionerId, durationMinutes: before.minutes, outsideHours }] : []
  })
  return moveAll(tx, ctx, targets)
}
