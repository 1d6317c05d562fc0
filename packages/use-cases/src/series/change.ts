import { lockResources } from '@yoman/db/appointments/lock'
import { setOccupies } from '@yoman/db/appointments/save'
import type { Tx } from '@yoman/db/database'
import { placesForTypes } from '@yoman/db/orders/queries'
import { insertChange, visitsOfSeries } from '@yoman/db/series/queries'
import type { ChangedVisit, SeriesScope } from '@yoman/db/series/table'
import { allow } from '@yoman/domain/access'
import { type Appointment, isAhead } from '@yoman/domain/appointments/appointment'
import { Refusal } from '@yoman/domain/refusal'
import { type Instant, instant, isAfter } from '@yoman/domain/time'
import { moveIn } from '../appointments/change.ts'
import { again } from '../appointments/ground.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { type Chosen, naming } from './book.ts'
import { lengthOf } from './look.ts'
import { lockAll, lockForChange } from './reach.ts'
import { type SeriesView, loadSeries } from './read.ts'

export interface SeriesChange {
  id: string
  version: number
  scope: SeriesScope
  visits: readonly (Chosen & { appointmentId: string; durationMinutes: number })[]
}

/**
 * Moves visits of a series that are still ahead, all or none; what is named with the place it has already stays untouched. Throws
 * what the move of a visit throws with its `startsAt`, `appointment_is_final` for one that is over or has begun, `stale_version`,
 * `not_in_series`.
 */
export async function changeSeries(ctx: Context, id: string, change: SeriesChange): Promise<SeriesView> {
  allow(ctx.actor, 'appointment.move')
  if (change.visits.some(({ outsideHours }) => outsideHours)) allow(ctx.actor, 'appointment.outside_hours')
  return again(() =>
    transact(ctx, async (tx) => {
      const series = await lockForChange(tx, ctx, 'appointment.move', id, change)
      if (!series) return loadSeries(tx, ctx, id)
      const members = new Set((await visitsOfSeries(tx, id)).map((visit) => visit.appointment_id))
      if (!change.visits.every(({ appointmentId }) => members.has(appointmentId))) throw new Refusal('not_in_series')
      const appointments = await lockAll(tx, ctx, change.visits.map(({ appointmentId }) => appointmentId))
      const targets = appointments.flatMap((appointment) => targetOf(appointment, change, ctx))
      if (targets.length === 0) return loadSeries(tx, ctx, id)
      const visits = await moveAll(tx, ctx, targets)
      const by = ctx.actor.staffId ?? series.created_by
      await insertChange(tx, { clinic_id: ctx.clinicId, id: change.id, series_id: id, kind: 'moved', scope: change.scope, visits: JSON.stringify(visits), by_staff_id: by, at: ctx.now })
      const details = { change: change.id, scope: change.scope, visits: visits.map((visit) => visit.id) }
      await recordEvents(tx, ctx, [{ name: 'series.moved', subject: { type: 'series', id }, patientId: series.patient_id, branchId: series.branch_id, details }])
      return loadSeries(tx, ctx, id)
    }),
  )
}

/** Where one appointment should go. */
export interface Target {
  appointment: Appointment
  startsAt: Instant
  practitionerId: string
  durationMinutes: number
  placeId?: string | null | undefined
  outsideHours: boolean
}

/** Moves several at once: each gives up its place before the first takes a new one, so that they may follow into each other's. */
export async function moveAll(tx: Tx, ctx: Context, targets: readonly Target[]): Promise<ChangedVisit[]> {
  const types = [...new Set(targets.map(({ appointment }) => appointment.visitTypeId))]
  const places = await placesForTypes(tx, targets[0]?.appointment.branchId ?? '', types)
  const people = targets.flatMap(({ appointment, practitionerId, placeId }) => [...appointment.resourceIds, practitionerId, ...(placeId ? [placeId] : [])])
  await lockResources(tx, { clinicId: ctx.clinicId, resourceIds: [...new Set([...places, ...people])] })
  for (const { appointment } of targets) await setOccupies(tx, ctx.clinicId, appointment.id, false)
  const moved: ChangedVisit[] = []
  for (const { appointment, startsAt, practitionerId, durationMinutes, placeId, outsideHours } of targets) {
    const change = { startsAt, practitionerId, durationMinutes, outsideHours, ...(placeId ? { placeId } : {}) }
    const after = await naming(startsAt, moveIn(tx, ctx, appointment, change))
    moved.push({ id: after.id, version: after.version, before: { startsAt: appointment.startsAt.toString(), minutes: lengthOf(appointment), practitionerId: appointment.practitionerId } })
  }
  return moved
}

function targetOf(appointment: Appointment, { visits }: SeriesChange, ctx: Context): Target[] {
  const wanted = visits.find(({ appointmentId }) => appointmentId === appointment.id)
  if (!wanted) throw new Error('only what was named was locked')
  if (!isAhead(appointment.status) || !isAfter(appointment.startsAt, ctx.now)) throw new Refusal('appointment_is_final', { status: appointment.status })
  const target = { ...wanted, appointment, startsAt: instant(wanted.startsAt), outsideHours: wanted.outsideHours ?? false }
  const stays = target.startsAt.equals(appointment.startsAt) && target.practitionerId === appointment.practitionerId && target.durationMinutes === lengthOf(appointment) && !target.placeId
  return stays ? [] : [target]
}
