import { findAppointment, zoneOfBranch } from '@yoman/db/appointments/queries'
import { findSeries } from '@yoman/db/series/queries'
import type { SeriesScope } from '@yoman/db/series/table'
import { allow, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { NotFound } from '@yoman/domain/refusal'
import { shiftBetween, shifted } from '@yoman/domain/series/recurrence'
import { instant } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'
import { type Wish, lengthOf, lookAt } from './look.ts'
import { reached } from './reach.ts'
import { occurrencesView } from './view.ts'

export interface ChangeWish {
  appointmentId: string
  scope: SeriesScope
  /** Where this one would begin; the others go as many days further, and to the same hour where that changes. */
  startsAt?: string | undefined
  practitionerId?: string | undefined
  durationMinutes?: number | undefined
}

const around = { before: 3, after: 3 }

/** How the visits that a change reaches would lie after it. Throws `NotFound`, `not_in_series`, `series_empty`, and what `examine` throws. */
export function previewChange(ctx: Context, id: string, wish: ChangeWish) {
  allow(ctx.actor, 'appointment.move')
  return read(ctx, async (db) => {
    const series = await findSeries(db, id)
    if (!series) throw new NotFound('series')
    allowIn(ctx.actor, 'appointment.move', series.branch_id)
    const zone = await zoneOfBranch(db, ctx.clinicId, series.branch_id)
    const pivot = await findAppointment(db, ctx.clinicId, wish.appointmentId)
    const rows = await reached(db, ctx, id, wish.scope, wish.appointmentId)
    if (!zone || !pivot) throw new NotFound('appointment')
    const shift = wish.startsAt === undefined ? { days: 0, time: null } : shiftBetween(zone, pivot.startsAt, instant(wish.startsAt))
    const wishes: Wish[] = []
    for (const row of rows) {
      const like = await findAppointment(db, ctx.clinicId, row.appointment_id)
      if (like) wishes.push({ like, position: row.position, startsAt: shifted(zone, row.starts_at, shift), ...othersOf(like, wish) })
    }
    const looked = await lookAt(db, ctx, zone, wishes.sort((a, b) => a.startsAt.epochMilliseconds - b.startsAt.epochMilliseconds), around, rows.map((row) => row.appointment_id))
    return { timeZone: zone, occurrences: await occurrencesView(db, looked, true) }
  })
}

const othersOf = (like: Appointment, { practitionerId = like.practitionerId, durationMinutes = lengthOf(like) }: ChangeWish) => ({ practitionerId, minutes: durationMinutes })
