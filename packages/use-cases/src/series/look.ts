import { loadSituation } from '@yoman/db/availability/situation'
import type { Db } from '@yoman/db/database'
import { branchWeek, inTheWayOf, patientTimes } from '@yoman/db/series/queries'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import type { Placement } from '@yoman/domain/appointments/arrange'
import { changedPlacement } from '@yoman/domain/appointments/move'
import type { BookableResource, Situation } from '@yoman/domain/appointments/situation'
import type { WeeklyHours } from '@yoman/domain/availability/openings'
import { overlaps } from '@yoman/domain/availability/spans'
import { Refusal } from '@yoman/domain/refusal'
import { type Alternative, type DaySlots, alternatives, nearest } from '@yoman/domain/series/alternatives'
import { type Verdict, examine, holidayIn } from '@yoman/domain/series/examine'
import { type Instant, dateIn, dayPeriod, minutesBetween, plainDate } from '@yoman/domain/time'
import { findSlotsIn } from '../availability/find-slots.ts'
import type { Context } from '../context.ts'

/** One visit as it should be: like a visit that stands, at another time. */
export interface Wish {
  /** What it is like: its kind, branch, patient and who else must be there. */
  like: Appointment
  position: number
  startsAt: Instant
  practitionerId: string
  minutes: number
}

/** Days around a wish in which something else is looked for where it cannot be. */
export interface Window {
  before: number
  after: number
}

export interface Looked {
  wish: Wish
  /** Who or what was asked for by name besides the practitioner, and comes again. */
  alsoIds: readonly string[]
  verdict: Verdict
  alternatives: Alternative[]
  /** The nearest free time with the same person; only where it cannot be as wished. */
  best: Omit<Alternative, 'kind'> | null
}

interface Ground {
  db: Db
  ctx: Context
  zone: string
  window: Window
  /** Appointments that give up their places for these wishes. */
  instead: readonly string[]
  branchHours: readonly WeeklyHours[]
  patientBusy: readonly { appointmentId: string; from: number; to: number }[]
}

/** How it stands with each wish, and what is free instead of those that cannot be. All are of one patient and one branch. Throws what `examine` throws. */
export async function lookAt(db: Db, ctx: Context, zone: string, wishes: readonly Wish[], window: Window, instead: readonly string[] = []): Promise<Looked[]> {
  const [first, last] = [wishes[0], wishes.at(-1)]
  if (!first || !last) return []
  const [branchHours, patientBusy] = await Promise.all([
    branchWeek(db, first.like.branchId),
    first.like.patientId === null ? [] : patientTimes(db, first.like.patientId, first.startsAt.subtract({ hours: 24 * (window.before + 1) }), last.startsAt.add({ hours: 24 * (window.after + 1) })),
  ])
  const ground = { db, ctx, zone, window, instead, branchHours, patientBusy }
  // One after the other: they share one connection, and a year of everybody's visits at once would be megabytes.
  const looked: Looked[] = []
  for (const wish of wishes) looked.push(await look(ground, wish))
  return looked
}

async function look(ground: Ground, wish: Wish): Promise<Looked> {
  const { db, ctx, zone } = ground
  const { branchId, visitTypeId, resourceIds } = wish.like
  const { start, end } = dayPeriod(zone, dateIn(zone, wish.startsAt))
  const loaded = await loadSituation(db, { clinicId: ctx.clinicId, branchId, visitTypeId, resourceIds: [...new Set([wish.practitionerId, ...resourceIds])], anyPractitioner: false, from: start, to: end })
  if (!loaded) throw new Refusal('reference_unknown')
  const placement = placementOf(wish, loaded.situation, ground.instead)
  const { alsoIds } = placement
  const verdict = examine(placement, { ...ground, situation: loaded.situation }, ctx.now)
  if (verdict.state === 'free') return { wish, alsoIds, verdict, alternatives: [], best: null }
  const days = await freeAround(ground, wish)
  const wished = { start: wish.startsAt.epochMilliseconds / 60_000, practitionerId: wish.practitionerId }
  return { wish, alsoIds, verdict, alternatives: alternatives(wished, days, zone), best: nearest(wished, days, zone) }
}

/** Where the wish would lie: with all who came to the visit that it is like. */
export function placementOf({ like, startsAt, practitionerId, minutes }: Wish, { visitType, resources, busy }: Situation, instead: readonly string[]): Placement {
  const gone = { kind: 'practitioner', active: false, branchId: null, profession: null, hours: [], exceptions: [] } as const
  const find = (id: string): BookableResource => resources.find((resource) => resource.id === id) ?? { id, ...gone }
  const { placeId, alsoIds, preferIds = [] } = changedPlacement(like, {}, { visitType, busy }, find)
  return {
    branchId: like.branchId,
    practitionerId,
    startsAt,
    durationMinutes: minutes,
    // Any chair will do; a room that was asked for though the kind of visit needs none is wanted again.
    placeId: visitType.placeKind === null ? placeId : null,
    alsoIds: alsoIds.filter((id) => id !== practitionerId),
    preferIds,
    outsideHours: false,
    instead,
    beginsAnew: true,
  }
}

async function freeAround({ db, ctx, zone, window, instead, patientBusy }: Ground, { like, startsAt, minutes }: Wish): Promise<DaySlots[]> {
  const wished = dateIn(zone, startsAt)
  const today = dateIn(zone, ctx.now)
  const earliest = wished.subtract({ days: window.before })
  const fromDate = earliest.since(today).sign < 0 ? today : earliest
  const days = fromDate.until(wished.add({ days: window.after })).days + 1
  if (days < 1 || today.until(wished).days > furthestDays) return []
  const { branchId, visitTypeId } = like
  const found = await findSlotsIn(db, ctx, { branchId, visitTypeId, practitionerId: null, fromDate, days, partOfDay: null, durationMinutes: minutes, stepMinutes: 5, limit: Infinity, perDay: Infinity, movingId: null, insteadIds: instead })
  const others = patientBusy.filter(({ appointmentId }) => !instead.includes(appointmentId))
  return found.days
    .filter(({ date }) => holidayIn(zone, plainDate(date)) === null)
    .map(({ date, slots }) => ({ date, slots: slots.filter(({ start }) => !others.some((busy) => overlaps(busy, { from: start, to: start + minutes }))) }))
}

const furthestDays = 724 // a week before nothing can be booked any more

/** What is in the way of the visits that clash, by its id. */
export async function clashesOf(db: Db, looked: readonly Looked[]) {
  const ids = looked.flatMap(({ verdict }) => verdict.clash?.appointmentIds ?? [])
  const rows = ids.length === 0 ? [] : await inTheWayOf(db, ids)
  return new Map(rows.map((row) => [row.id, row]))
}

export const lengthOf = ({ startsAt, endsAt }: Pick<Appointment, 'startsAt' | 'endsAt'>): number => minutesBetween(startsAt, endsAt)
