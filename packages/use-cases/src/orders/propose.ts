import { loadSituation } from '@yoman/db/availability/situation'
import type { Db } from '@yoman/db/database'
import { findOrder, stepsOf, zoneOf } from '@yoman/db/orders/queries'
import { allow } from '@yoman/domain/access'
import { hasExpired } from '@yoman/domain/appointments/arrange'
import type { Situation } from '@yoman/domain/appointments/situation'
import { localDay } from '@yoman/domain/availability/local-day'
import { type OpenSlot, openSlots } from '@yoman/domain/availability/open-slots'
import { type PartOfDay, partOf } from '@yoman/domain/availability/part-of-day'
import { overlaps } from '@yoman/domain/availability/spans'
import { wantedOn } from '@yoman/domain/availability/wanted'
import { type ChainVisit, chains, type StepSlots } from '@yoman/domain/orders/chains'
import { checkOpen } from '@yoman/domain/orders/order'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import { dateIn, dayPeriod, type Instant, instantFromMs, type PlainDate, plainDate } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

export interface ProposalWish {
  fromDate?: string | undefined
  toDate?: string | undefined
  partOfDay?: PartOfDay | undefined
  limit?: number | undefined
}

const mostDays = 62 // looked at for the first visit in one request; ask on with `fromDate`
const lateWindowDays = 28 // after a window that has passed
const gridMinutes = 15

type Step = Awaited<ReturnType<typeof stepsOf>>[number]

/**
 * Free chains of visits for an order, soonest first: inside its window, or inside the wish's dates; from today on where the
 * window has passed. Steps that have their visit already stand where they are. Throws `order_already_booked`, `order_cancelled`.
 */
export async function proposeChains(ctx: Context, id: string, wish: ProposalWish) {
  allow(ctx.actor, 'order.book')
  return read(ctx, async (db) => {
    const [order, steps] = await Promise.all([findOrder(db, id), stepsOf(db, id)])
    if (!order) throw new NotFound('order')
    checkOpen(order)
    const zone = (await zoneOf(db, order.branch_id))?.time_zone ?? ''
    const today = dateIn(zone, ctx.now)
    const first = steps[0]?.booked_at ? oneDay(dateIn(zone, steps[0].booked_at)) : span(order, wish, today)
    if (!first) return []
    const search = { db, ctx, zone, branchId: order.branch_id, first, part: wish.partOfDay ?? null }
    const slots = await Promise.all(steps.map((step, place) => slotsOf(search, step, reach(steps, place))))
    const partName = (day: number, start: number) => nameOfPart(zone, first.from.add({ days: day }), start)
    const found = chains(slots, { days: first.days, limit: wish.limit ?? 12, partOf: partName })
    const standing = new Set(steps.filter((step) => step.booked_at).map((step) => step.step))
    return found.map((chain) => ({ visits: chain.filter((visit) => !standing.has(visit.step)).map(visitView) }))
  })
}

interface Days {
  from: PlainDate
  days: number
}

const oneDay = (from: PlainDate): Days => ({ from, days: 1 })

/** The days on which the first visit may be; null where none is left. */
function span(order: { from_date: PlainDate; to_date: PlainDate }, wish: ProposalWish, today: PlainDate): Days | null {
  const wished = wish.fromDate ? plainDate(wish.fromDate) : order.from_date
  const from = wished.since(today).sign < 0 ? today : wished
  const late = order.to_date.since(from).sign < 0 && !wish.toDate
  const to = late ? from.add({ days: lateWindowDays }) : wish.toDate ? plainDate(wish.toDate) : order.to_date
  const days = from.until(to).days + 1
  return days < 1 ? null : { from, days: Math.min(days, mostDays) }
}

/** Days after the first visit's on which a step may be, at the earliest and at the latest. */
function reach(steps: readonly Step[], place: number): { min: number; max: number } {
  const gaps = steps.slice(1, place + 1)
  return { min: gaps.reduce((sum, step) => sum + step.min_gap_days, 0), max: gaps.reduce((sum, step) => sum + step.max_gap_days, 0) }
}

interface Search {
  db: Db
  ctx: Context
  zone: string
  branchId: string
  first: Days
  part: PartOfDay | null
}

async function slotsOf(search: Search, step: Step, { min, max }: { min: number; max: number }): Promise<StepSlots> {
  const { db, ctx, zone, branchId, first } = search
  const from = dayPeriod(zone, first.from.add({ days: min })).start
  const to = dayPeriod(zone, first.from.add({ days: first.days - 1 + max })).end
  const resourceIds = step.practitioner_id ? [step.practitioner_id] : []
  const loaded = await loadSituation(db, { clinicId: ctx.clinicId, branchId, visitTypeId: step.visit_type_id, resourceIds, anyPractitioner: step.practitioner_id === null, from, to })
  if (!loaded) throw new Refusal('reference_unknown')
  const { situation } = loaded
  const { bufferBefore, bufferAfter } = situation.visitType
  const days = new Map<number, readonly OpenSlot[]>()
  const on = (day: number): readonly OpenSlot[] => {
    const known = days.get(day) ?? (step.booked_at ? standing(step, step.booked_at, zone, first.from.add({ days: day })) : freeOn(search, situation, step, first.from.add({ days: day })))
    days.set(day, known)
    return known
  }
  return { step: step.step, minutes: step.duration_minutes, bufferBefore, bufferAfter, minGapDays: step.min_gap_days, maxGapDays: step.max_gap_days, on }
}

/** The visit that stands, on its own day. */
const standing = (step: Step, bookedAt: Instant, zone: string, date: PlainDate): OpenSlot[] =>
  dateIn(zone, bookedAt).equals(date) && step.booked_with ? [{ start: bookedAt.epochMilliseconds / 60_000, practitionerId: step.booked_with, placeId: null, alsoIds: [] }] : []

function freeOn({ ctx, zone, branchId, part }: Search, situation: Situation, step: Step, date: PlainDate): OpenSlot[] {
  const day = localDay(zone, date)
  // Buffers and visits that reach over midnight are busy on this day too.
  const around = { from: day.span.from - 1440, to: day.span.to + 1440 }
  const busy = situation.busy.filter((one) => overlaps(one, around) && !hasExpired(one, ctx.now))
  const { visitType } = situation
  const wanted = wantedOn(day, situation, { branchId, practitionerId: step.practitioner_id }, (id) => busy.filter((one) => one.resourceId === id))
  const length = { minutes: step.duration_minutes, bufferBefore: visitType.bufferBefore, bufferAfter: visitType.bufferAfter }
  const wished = partOf(day, part)
  const within = { from: Math.max(wished.from, Math.ceil(ctx.now.epochMilliseconds / 60_000)), to: wished.to }
  return within.from < within.to ? openSlots(day, wanted, length, gridMinutes, within) : []
}

function nameOfPart(zone: string, date: PlainDate, start: number): PartOfDay {
  const day = localDay(zone, date)
  const names = ['morning', 'afternoon'] as const
  return names.find((name) => start < partOf(day, name).to) ?? 'evening'
}

const visitView = ({ step, practitionerId, placeId, alsoIds, start, minutes }: ChainVisit) => ({
  step,
  practitionerId,
  placeId,
  alsoIds: [...alsoIds],
  startsAt: instantFromMs(start * 60_000).toString(),
  endsAt: instantFromMs((start + minutes) * 60_000).toString(),
})
