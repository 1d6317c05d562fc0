import { lockAppointment } from '@yoman/db/appointments/queries'
import type { Db, Tx } from '@yoman/db/database'
import { type SeriesRow, type SeriesVisitRow, findChange, lockSeries, visitsOfSeries } from '@yoman/db/series/queries'
import type { SeriesScope } from '@yoman/db/series/table'
import { type Permission, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Context } from '../context.ts'
import { stillAhead } from './read.ts'

/**
 * The visits that a change reaches: one, it and those that come after it, or all; never what is over or has begun. Throws
 * `not_in_series`, and `series_empty` where none of them is still ahead.
 */
export async function reached(db: Db, ctx: Context, seriesId: string, scope: SeriesScope, appointmentId: string): Promise<SeriesVisitRow[]> {
  const visits = await visitsOfSeries(db, seriesId)
  const index = visits.findIndex((visit) => visit.appointment_id === appointmentId)
  if (index < 0) throw new Refusal('not_in_series')
  const inScope = scope === 'all' ? visits : scope === 'following' ? visits.slice(index) : visits.slice(index, index + 1)
  const ahead = inScope.filter((visit) => stillAhead(visit, ctx))
  if (ahead.length === 0) throw new Refusal('series_empty')
  return ahead
}

/**
 * The series, locked for a change; null where this very change was made already. Throws `NotFound`, `stale_version`, and
 * `id_taken` where the id belongs to another change.
 */
export async function lockForChange(tx: Tx, ctx: Context, permission: Permission, id: string, change: { id: string; version: number }): Promise<SeriesRow | null> {
  const series = await lockSeries(tx, id)
  if (!series) throw new NotFound('series')
  allowIn(ctx.actor, permission, series.branch_id)
  const known = await findChange(tx, change.id)
  if (known && known.series_id !== id) throw new Refusal('id_taken')
  if (known) return null
  if (series.version !== change.version) throw new Refusal('stale_version', { current: series.version })
  return series
}

/** Appointments locked in the order of their ids, as everybody does who takes several. Throws `not_in_series` for one that is not there. */
export async function lockAll(tx: Tx, ctx: Context, ids: readonly string[]): Promise<Appointment[]> {
  const locked: Appointment[] = []
  for (const id of [...new Set(ids)].sort()) {
    const appointment = await lockAppointment(tx, ctx.clinicId, id)
    if (!appointment) throw new Refusal('not_in_series')
    locked.push(appointment)
  }
  return locked.sort((a, b) => a.startsAt.epochMilliseconds - b.startsAt.epochMilliseconds)
}
