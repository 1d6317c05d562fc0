import { findAppointment, lockAppointment, zoneOfBranch } from '@yoman/db/appointments/queries'
import type { Db, Tx } from '@yoman/db/database'
import { rulesFor } from '@yoman/db/visit-links/queries'
import { allow } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, type Instant, instantFromMs, minutesBetween, type PlainDate } from '@yoman/domain/time'
import { checkAnswerable, checkSelf, linkState, soonestHours, spread } from '@yoman/domain/visit-links/answer'
import { moveIn } from '../appointments/change.ts'
import { again } from '../appointments/ground.ts'
import { cancelIn, confirmIn } from '../appointments/step.ts'
import { findSlotsIn } from '../availability/find-slots.ts'
import type { Context } from '../context.ts'
import { askForAnotherTime } from '../tasks/move-wish.ts'
import { read, transact } from '../transact.ts'
import type { OpenedLink } from './open-link.ts'

/** The patient comes. Saying it twice is saying it once. Throws `visit_link_closed`. */
export function confirmByLink(link: OpenedLink): Promise<Appointment> {
  allow(link.ctx.actor, 'appointment.flow')
  return transact(link.ctx, async (tx) => {
    const visit = await locked(tx, link)
    checkAnswerable(link.startsAt, visit, link.ctx.now)
    return visit.status === 'confirmed' ? visit : confirmIn(tx, link.ctx, visit)
  })
}

/** The patient cannot come: the place is free at once. Saying it twice is saying it once. Throws `visit_link_closed`, `answer_needs_call`. */
export function cancelByLink(link: OpenedLink): Promise<Appointment> {
  allow(link.ctx.actor, 'appointment.flow')
  return transact(link.ctx, async (tx) => {
    const visit = await locked(tx, link)
    if (visit.status === 'cancelled' && visit.startsAt.equals(link.startsAt)) return visit
    checkAnswerable(link.startsAt, visit, link.ctx.now)
    checkSelf('cancel', await rulesFor(tx, visit.visitTypeId), visit, link.ctx.now)
    return cancelIn(tx, link.ctx, visit, 'patient')
  })
}

/** None of the times suits, or the patient may not move it alone: the desk is to find another. Saying it twice is saying it once. Throws `visit_link_closed`. */
export function askByLink(link: OpenedLink): Promise<void> {
  allow(link.ctx.actor, 'appointment.flow')
  return transact(link.ctx, async (tx) => {
    const visit = await locked(tx, link)
    checkAnswerable(link.startsAt, visit, link.ctx.now)
    await askForAnotherTime(tx, link.ctx, visit)
  })
}

/**
 * The visit moves to one of the times that its link offers, in one transaction. The same again is fine. Throws `visit_link_closed`,
 * `answer_needs_call`, and `slot_taken` where somebody was faster or the time is none of those that are offered.
 */
export function moveByLink(link: OpenedLink, to: Instant): Promise<Appointment> {
  const { ctx } = link
  allow(ctx.actor, 'appointment.move')
  return again(() =>
    transact(ctx, async (tx) => {
      const visit = await locked(tx, link)
      if (linkState(link.startsAt, visit, ctx.now) === 'moved' && visit.startsAt.equals(to)) return visit
      checkAnswerable(link.startsAt, visit, ctx.now)
      checkSelf('move', await rulesFor(tx, visit.visitTypeId), visit, ctx.now)
      if (!(await isOffered(tx, ctx, visit, to))) throw new Refusal('slot_taken')
      return moveIn(tx, ctx, visit, { startsAt: to })
    }),
  )
}

/** Days with free times of the same kind of visit, length and practitioner. */
export interface FreeTimes {
  days: { date: string; starts: Instant[] }[]
  /** Where the list goes on. */
  next: PlainDate
}

const daysAtOnce = 14
const mostDays = 5
const mostPerDay = 8
const stepMinutes = 15
/** Whoever wants to come later than this calls. */
const farthestDays = 90

/** Times to move to, from a day on; today where none is asked for. Throws `visit_link_closed`, `answer_needs_call`. */
export const freeTimes = (link: OpenedLink, from: PlainDate | null): Promise<FreeTimes> =>
  read(link.ctx, async (db) => {
    const visit = await findAppointment(db, link.ctx.clinicId, link.appointmentId)
    if (!visit) throw new NotFound('visit link')
    checkAnswerable(link.startsAt, visit, link.ctx.now)
    checkSelf('move', await rulesFor(db, visit.visitTypeId), visit, link.ctx.now)
    return timesFrom(db, link.ctx, visit, from)
  })

async function timesFrom(db: Db, ctx: Context, visit: Appointment, from: PlainDate | null): Promise<FreeTimes> {
  const today = dateIn((await zoneOfBranch(db, ctx.clinicId, visit.branchId)) ?? 'UTC', ctx.now)
  const first = from === null || from.since(today).sign < 0 ? today : from
  const left = first.until(today.add({ days: farthestDays + 1 })).days
  const found = left <= 0 ? [] : await slotsOf(db, ctx, visit, first, Math.min(daysAtOnce, left))
  const days = found.map(({ date, starts }) => ({ date, starts: spread(starts, mostPerDay) })).filter(({ starts }) => starts.length > 0)
  const shown = days.slice(0, mostDays)
  const last = days.length > mostDays ? shown.at(-1)?.date : undefined
  return { days: shown, next: last === undefined ? first.add({ days: daysAtOnce }) : first.add({ days: found.findIndex(({ date }) => date === last) + 1 }) }
}

async function isOffered(tx: Tx, ctx: Context, visit: Appointment, to: Instant): Promise<boolean> {
  const zone = (await zoneOfBranch(tx, ctx.clinicId, visit.branchId)) ?? 'UTC'
  if (dateIn(zone, to).since(dateIn(zone, ctx.now)).days > farthestDays) return false
  const days = await slotsOf(tx, ctx, visit, dateIn(zone, to), 1)
  return days.some(({ starts }) => starts.some((start) => start.equals(to)))
}

async function slotsOf(db: Db, ctx: Context, visit: Appointment, fromDate: PlainDate, days: number): Promise<{ date: string; starts: Instant[] }[]> {
  const found = await findSlotsIn(db, { ...ctx, now: ctx.now.add({ hours: soonestHours }) }, {
    branchId: visit.branchId, visitTypeId: visit.visitTypeId, practitionerId: visit.practitionerId, fromDate, days, partOfDay: null,
    durationMinutes: minutesBetween(visit.startsAt, visit.endsAt), stepMinutes, limit: Infinity, perDay: Infinity, movingId: visit.id,
  })
  return found.days.map(({ date, slots }) => ({ date, starts: slots.map(({ start }) => instantFromMs(start * 60_000)).filter((start) => !start.equals(visit.startsAt)) }))
}

async function locked(tx: Tx, { ctx, appointmentId }: OpenedLink): Promise<Appointment> {
  const visit = await lockAppointment(tx, ctx.clinicId, appointmentId)
  if (!visit || visit.patientId === null) throw new NotFound('visit link')
  return visit
}
