import { findAppointment, zoneOfBranch } from '@yoman/db/appointments/queries'
import type { Db } from '@yoman/db/database'
import { findVisitType } from '@yoman/db/settings/queries'
import { seriesOfVisit } from '@yoman/db/series/queries'
import { allow, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { type Distance, type Ending, type Rule, dayAgain, seriesDates } from '@yoman/domain/series/recurrence'
import { type Instant, type PlainDate, addMinutes, atWallTime, dateIn, instant, instantFromMs, plainDate, timeIn } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'
import { type Wish, lengthOf, lookAt } from './look.ts'
import { occurrencesView, slotView } from './view.ts'

export interface TypedRule {
  unit: 'week' | 'month'
  every: number
  monthBy?: 'date' | 'weekday' | undefined
}

/** A rule as it was typed: months go by the date where nothing was said. */
export const ruleOf = ({ unit, every, monthBy }: TypedRule): Rule => ({ unit, every, monthBy: unit === 'month' ? (monthBy ?? 'date') : null })

const aroundSeries = { before: 3, after: 3 } // further away it would be nearer to the next visit of a weekly series
const aroundAgain = { before: 7, after: 21 }

/**
 * The same visit again, so many weeks or months after one that stands, on the same weekday and hour: how it stands with that, and
 * the nearest free time with the same person. Throws `reference_unknown`, and what `examine` throws.
 */
export function proposeAgain(ctx: Context, appointmentId: string, distance: Distance) {
  allow(ctx.actor, 'appointment.book')
  return read(ctx, async (db) => {
    const { source, zone } = await sourceOf(db, ctx, appointmentId)
    const wish = wishAt(source, zone, dayAgain(dateIn(zone, source.startsAt), distance), 2)
    const [looked] = await lookAt(db, ctx, zone, [wish], aroundAgain)
    const [wished] = looked ? await occurrencesView(db, [looked], false) : []
    if (!looked || !wished) throw new Error('one wish was looked at')
    const { startsAt, endsAt, practitionerId, placeId } = wished
    const itself = { kind: 'same_day' as const, startsAt, endsAt, practitionerId, placeId }
    const best = looked.best && { kind: sameDay(zone, wish.startsAt, looked.best.start) ? ('same_day' as const) : ('other_day' as const), ...slotView(looked.best, wish.minutes) }
    return { timeZone: zone, alsoIds: [...looked.alsoIds], wished, best: wished.state === 'free' ? itself : best }
  })
}

/**
 * Every visit that a series would add after one that stands, or after a first one that is still to be booked. Throws `reference_unknown`, `series_empty` where the rule gives no
 * second visit, and what `examine` throws.
 */
export function previewSeries(ctx: Context, { appointmentId, first, rule, ending }: { appointmentId?: string | undefined; first?: FirstVisit | undefined; rule: TypedRule; ending: { count: number } | { until: string } }) {
  allow(ctx.actor, 'appointment.book')
  if ((appointmentId === undefined) === (first === undefined)) throw new Refusal('reference_unknown')
  return read(ctx, async (db) => {
    const { source, zone } = first ? await asIfBooked(db, ctx, first) : await sourceOf(db, ctx, appointmentId ?? '')
    const end: Ending = 'count' in ending ? ending : { until: plainDate(ending.until) }
    const dates = seriesDates(dateIn(zone, source.startsAt), ruleOf(rule), end).slice(1)
    if (dates.length === 0) throw new Refusal('series_empty')
    const looked = await lookAt(db, ctx, zone, dates.map((date, index) => wishAt(source, zone, date, index + 2)), aroundSeries)
    return { timeZone: zone, occurrences: await occurrencesView(db, looked, false) }
  })
}

/** A visit that can be repeated, and the zone of its branch. Throws `reference_unknown`. */
async function sourceOf(db: Db, ctx: Context, appointmentId: string): Promise<{ source: Appointment; zone: string }> {
  const source = await findAppointment(db, ctx.clinicId, appointmentId)
  if (!source || source.patientId === null) throw new Refusal('reference_unknown')
  allowIn(ctx.actor, 'appointment.book', source.branchId)
  const zone = await zoneOfBranch(db, ctx.clinicId, source.branchId)
  if (!zone) throw new NotFound('branch')
  return { source, zone }
}

/** A first visit that is not booked yet; whom it is for may not be in the record yet either. */
export interface FirstVisit {
  branchId: string
  practitionerId: string
  visitTypeId: string
  startsAt: string
  durationMinutes?: number | undefined
  placeId?: string | null | undefined
  alsoIds?: readonly string[] | undefined
  patientId?: string | undefined
}

/** What the others of its series would be like, and the zone of its branch. Throws `reference_unknown`, `NotFound`. */
async function asIfBooked(db: Db, ctx: Context, { branchId, practitionerId, visitTypeId, startsAt, durationMinutes, placeId, alsoIds = [], patientId }: FirstVisit): Promise<{ source: Appointment; zone: string }> {
  allowIn(ctx.actor, 'appointment.book', branchId)
  const [zone, usual] = await Promise.all([zoneOfBranch(db, ctx.clinicId, branchId), findVisitType(db, visitTypeId)])
  if (!zone) throw new NotFound('branch')
  if (!usual) throw new Refusal('reference_unknown')
  const start = instant(startsAt)
  const source: Appointment = {
    id: practitionerId, // not looked at: it is nobody's visit yet
    branchId, practitionerId, visitTypeId, patientId: patientId ?? null, startsAt: start, endsAt: addMinutes(start, durationMinutes ?? usual.durationMinutes),
    status: 'held', holdExpiresAt: null, deskNote: '', cancelReason: null, orderId: null, orderStep: null, version: 0, createdBy: ctx.actor.staffId,
    resourceIds: [...new Set([practitionerId, ...(placeId ? [placeId] : []), ...alsoIds])], overbooked: null,
  }
  return { source, zone }
}

const wishAt = (like: Appointment, zone: string, date: PlainDate, position: number): Wish => ({
  like,
  position,
  startsAt: atWallTime(zone, date, timeIn(zone, like.startsAt)),
  practitionerId: like.practitionerId,
  minutes: lengthOf(like),
})

const sameDay = (zone: string, at: Instant, minute: number): boolean => dateIn(zone, at).equals(dateIn(zone, instantFromMs(minute * 60_000)))

/** Whether a series begins with the visit that it was made from: it does unless that one will not be, or belongs to another. */
export async function joins(db: Db, source: Appointment): Promise<boolean> {
  const gone = source.status === 'cancelled' || source.status === 'no_show'
  return !gone && (await seriesOfVisit(db, source.id)) === undefined
}
