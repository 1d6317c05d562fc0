import { loadSituation } from '@yoman/db/availability/situation'
import { zoneOfBranch } from '@yoman/db/appointments/queries'
import type { Db } from '@yoman/db/database'
import { allow } from '@yoman/domain/access'
import { hasExpired } from '@yoman/domain/appointments/arrange'
import type { Busy, Situation } from '@yoman/domain/appointments/situation'
import { localDays } from '@yoman/domain/availability/local-day'
import { type Calendar, type OpenSlot, openSlots } from '@yoman/domain/availability/open-slots'
import { type PartOfDay, partOf } from '@yoman/domain/availability/part-of-day'
import { wantedOn } from '@yoman/domain/availability/wanted'
import { Refusal } from '@yoman/domain/refusal'
import { type PlainDate, instantFromMs } from '@yoman/domain/time'
import type { Context } from '../context.ts'
import { read } from '../transact.ts'

export interface SlotsWanted {
  branchId: string
  visitTypeId: string
  /** Null: whoever does this kind of visit. */
  practitionerId: string | null
  fromDate: PlainDate
  /** 1 to 62. */
  days: number
  partOfDay: PartOfDay | null
  /** Null: as long as visits of its kind are. */
  durationMinutes: number | null
  /** 5, 10, 15 or 30. */
  stepMinutes: number
  /** Stops after the day that reaches this many. */
  limit: number
  /** Of each day no more than these, the earliest. */
  perDay: number
  /** Its own place counts as free. */
  movingId: string | null
  /** The same of several: they are about to be moved together. */
  insteadIds?: readonly string[]
}

export interface FoundSlots {
  zone: string
  durationMinutes: number
  bufferBefore: number
  bufferAfter: number
  days: { date: string; slots: OpenSlot[] }[]
}

/** Free starts by day, none in the past. Throws `reference_unknown`. */
export function findSlots(ctx: Context, wanted: SlotsWanted): Promise<FoundSlots> {
  allow(ctx.actor, 'diary.read')
  return read(ctx, (db) => findSlotsIn(db, ctx, wanted))
}

/** The same inside a transaction that somebody else opened. */
export async function findSlotsIn(db: Db, ctx: Context, wanted: SlotsWanted): Promise<FoundSlots> {
  const { branchId, visitTypeId, practitionerId } = wanted
  const zone = await zoneOfBranch(db, ctx.clinicId, branchId)
  if (!zone) throw new Refusal('reference_unknown')
  const days = localDays(zone, wanted.fromDate, wanted.days)
  const loaded = await loadSituation(db, {
    clinicId: ctx.clinicId,
    branchId,
    visitTypeId,
    resourceIds: practitionerId === null ? [] : [practitionerId],
    anyPractitioner: practitionerId === null,
    from: instantFromMs((days[0]?.span.from ?? 0) * 60_000),
    to: instantFromMs((days.at(-1)?.span.to ?? 0) * 60_000),
  })
  if (!loaded?.situation.visitType.active) throw new Refusal('reference_unknown')
  const { situation } = loaded
  const { durationMinutes, bufferBefore, bufferAfter } = situation.visitType
  const length = { minutes: wanted.durationMinutes ?? durationMinutes, bufferBefore, bufferAfter }
  const soonest = { from: Math.ceil(ctx.now.epochMilliseconds / 60_000), to: Infinity }
  const busyOf = busyByResource(situation, wanted, ctx)
  const found: FoundSlots['days'] = []
  let count = 0
  for (const day of days) {
    if (count >= wanted.limit) break
    const part = partOf(day, wanted.partOfDay)
    const within = { from: Math.max(part.from, soonest.from), to: part.to }
    const slots = within.from < within.to ? openSlots(day, wantedOn(day, situation, wanted, busyOf), length, wanted.stepMinutes, within) : []
    const first = slots.slice(0, wanted.perDay)
    found.push({ date: day.date, slots: first })
    count += first.length
  }
  return { zone, durationMinutes: length.minutes, bufferBefore, bufferAfter, days: found }
}

function busyByResource({ busy }: Situation, { movingId, insteadIds = [] }: SlotsWanted, ctx: Context): (resourceId: string) => Calendar['busy'] {
  const byResource = new Map<string, Busy[]>()
  for (const one of busy) {
    if (one.appointmentId === movingId || insteadIds.includes(one.appointmentId) || hasExpired(one, ctx.now)) continue
    const own = byResource.get(one.resourceId)
    if (own) own.push(one)
    else byResource.set(one.resourceId, [one])
  }
  return (resourceId) => byResource.get(resourceId) ?? []
}
