import { zoneOfBranch } from '@yoman/db/appointments/queries'
import type { Db } from '@yoman/db/database'
import { type SeriesVisitRow, changesOfSeries, findSeries, visitsOfSeries } from '@yoman/db/series/queries'
import { allow } from '@yoman/domain/access'
import { isAhead } from '@yoman/domain/appointments/appointment'
import { NotFound } from '@yoman/domain/refusal'
import { isAfter } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

/** A series with its visits and what was done to it. Throws `NotFound`. */
export function readSeries(ctx: Context, id: string) {
  allow(ctx.actor, 'diary.read')
  return read(ctx, (db) => loadSeries(db, ctx, id))
}

export type SeriesView = Awaited<ReturnType<typeof loadSeries>>

/** The same, inside a transaction that somebody else opened. */
export async function loadSeries(db: Db, ctx: Context, id: string) {
  const [row, visits, changes] = await Promise.all([findSeries(db, id), visitsOfSeries(db, id), changesOfSeries(db, id)])
  if (!row) throw new NotFound('series')
  const [last] = changes
  return {
    id,
    patientId: row.patient_id,
    branchId: row.branch_id,
    timeZone: (await zoneOfBranch(db, ctx.clinicId, row.branch_id)) ?? '',
    rule: { unit: row.unit, every: row.every, monthBy: row.month_by },
    version: row.version,
    visits: visits.map((visit) => visitView(visit, ctx)),
    changes: changes.map((change) => ({ id: change.id, kind: change.kind, scope: change.scope, visits: change.visits.length, at: change.at.toString(), byName: change.by_name })),
    undo: last && last.kind !== 'undone' ? { changeId: last.id, kind: last.kind, visits: last.visits.length } : null,
  }
}

/** Whether a change of its series still reaches a visit: not what has begun, is over, or should have begun. */
export const stillAhead = (visit: Pick<SeriesVisitRow, 'status' | 'starts_at'>, { now }: Context): boolean => isAhead(visit.status) && isAfter(visit.starts_at, now)

const visitView = (visit: SeriesVisitRow, ctx: Context) => ({
  appointmentId: visit.appointment_id,
  position: visit.position,
  startsAt: visit.starts_at.toString(),
  endsAt: visit.ends_at.toString(),
  practitionerId: visit.practitioner_id,
  visitTypeId: visit.visit_type_id,
  status: visit.status,
  version: visit.version,
  ahead: stillAhead(visit, ctx),
})
