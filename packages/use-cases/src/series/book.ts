import { v7 as uuid } from 'uuid'
import { lockResources } from '@yoman/db/appointments/lock'
import { knownIds, lockAppointment } from '@yoman/db/appointments/queries'
import { loadSituation } from '@yoman/db/availability/situation'
import type { Tx } from '@yoman/db/database'
import { placesForTypes } from '@yoman/db/orders/queries'
import { type SeriesRow, findSeries, insertChange, insertSeries } from '@yoman/db/series/queries'
import { allow, allowIn } from '@yoman/domain/access'
import type { Appointment } from '@yoman/domain/appointments/appointment'
import { Refusal } from '@yoman/domain/refusal'
import { type Instant, instant } from '@yoman/domain/time'
import { type NewAppointment, bookIn } from '../appointments/book.ts'
import { again } from '../appointments/ground.ts'
import type { Context } from '../context.ts'
import { recordEvents } from '../record-events.ts'
import { transact } from '../transact.ts'
import { lengthOf, placementOf } from './look.ts'
import { type TypedRule, joins, ruleOf } from './preview.ts'
import { type SeriesView, loadSeries } from './read.ts'

/** One visit where it was decided to be. */
export interface Chosen {
  startsAt: string
  practitionerId: string
  placeId?: string | null | undefined
  outsideHours?: boolean | undefined
}

export interface NewSeries {
  id: string
  /** The visit that all others are like, and that the series begins with unless it belongs to one already. */
  appointmentId: string
  /** That visit, where it is booked with the others. */
  first?: (Omit<NewAppointment, 'startsAt' | 'order'> & { startsAt: string }) | undefined
  rule: TypedRule
  visits: readonly (Chosen & { id: string })[]
}

/**
 * Books all visits of a series or none; the same id again answers the same series. Throws what the booking of a visit throws, with
 * the `startsAt` of the one that could not be, and `id_taken`, `reference_unknown`.
 */
export async function bookSeries(ctx: Context, wanted: NewSeries): Promise<SeriesView> {
  allow(ctx.actor, 'appointment.book')
  const by = ctx.actor.staffId
  if (by === null) throw new Error('a series has a person behind it')
  return again(() =>
    transact(ctx, async (tx) => {
      if (wanted.first) await bookFirst(tx, ctx, wanted.first, wanted)
      const source = await lockAppointment(tx, ctx.clinicId, wanted.appointmentId)
      const known = await findSeries(tx, wanted.id) // only now: the same request may have held the lock
      if (!source || source.patientId === null) throw new Refusal('reference_unknown')
      if (known) return sameSeries(tx, ctx, known, source)
      allowIn(ctx.actor, 'appointment.book', source.branchId)
      const booked = await bookAll(tx, ctx, source, wanted.visits)
      const visits = (await joins(tx, source)) ? [source, ...booked] : booked
      const { unit, every, monthBy } = ruleOf(wanted.rule)
      await insertSeries(
        tx,
        { clinic_id: ctx.clinicId, id: wanted.id, patient_id: source.patientId, branch_id: source.branchId, unit, every, month_by: monthBy, created_by: by, created_at: ctx.now },
        visits.map(({ id }, index) => ({ appointmentId: id, position: index + 1 })),
      )
      const change = { clinic_id: ctx.clinicId, id: uuid(), series_id: wanted.id, kind: 'booked' as const, scope: 'all' as const, by_staff_id: by, at: ctx.now }
      await insertChange(tx, { ...change, visits: JSON.stringify((wanted.first ? [source, ...booked] : booked).map(({ id, version }) => ({ id, version }))) })
      const details = { visits: visits.map(({ id }) => id), unit, every }
      await recordEvents(tx, ctx, [{ name: 'series.booked', subject: { type: 'series', id: wanted.id }, patientId: source.patientId, branchId: source.branchId, details }])
      return loadSeries(tx, ctx, wanted.id)
    }),
  )
}

/** Under the locks of the whole series, for everyone takes them in one order. A repeated request finds its visit. */
async function bookFirst(tx: Tx, ctx: Context, first: NonNullable<NewSeries['first']>, { appointmentId, visits }: NewSeries): Promise<void> {
  if (first.id !== appointmentId) throw new Refusal('reference_unknown')
  allowIn(ctx.actor, 'appointment.book', first.branchId)
  const places = await placesForTypes(tx, first.branchId, [first.visitTypeId])
  const named = [first.practitionerId, ...(first.placeId ? [first.placeId] : []), ...(first.alsoIds ?? []), ...visits.map(({ practitionerId }) => practitionerId)]
  await lockResources(tx, { clinicId: ctx.clinicId, resourceIds: [...new Set([...places, ...named])] })
  const startsAt = instant(first.startsAt)
  await naming(startsAt, bookIn(tx, ctx, { ...first, startsAt }))
}

async function bookAll(tx: Tx, ctx: Context, source: Appointment, chosen: NewSeries['visits']): Promise<Appointment[]> {
  const visits = chosen.map((visit) => ({ ...visit, startsAt: instant(visit.startsAt) })).sort((a, b) => a.startsAt.epochMilliseconds - b.startsAt.epochMilliseconds)
  // What is booked already was booked for something else: a repeated request would have found its series.
  if ((await knownIds(tx, ctx.clinicId, visits.map(({ id }) => id))).length > 0) throw new Refusal('id_taken')
  const likeOf = await likeness(tx, ctx, source, visits[0]?.startsAt ?? ctx.now)
  // All people and all places that may be chosen, at once: everyone takes locks in one order, so nobody waits in a ring.
  const places = await placesForTypes(tx, source.branchId, [source.visitTypeId])
  await lockResources(tx, { clinicId: ctx.clinicId, resourceIds: [...new Set([...places, ...source.resourceIds, ...visits.map(({ practitionerId }) => practitionerId)])] })
  const booked: Appointment[] = []
  for (const visit of visits) {
    booked.push(await naming(visit.startsAt, bookIn(tx, ctx, { ...likeOf(visit.practitionerId), ...visit, placeId: visit.placeId ?? likeOf(visit.practitionerId).placeId })))
  }
  return booked
}

/** What a new visit takes over from the one that it repeats: all but its time, its note and its order. */
async function likeness(tx: Tx, ctx: Context, source: Appointment, at: Instant): Promise<(practitionerId: string) => Omit<NewAppointment, 'id' | 'startsAt'>> {
  const { branchId, visitTypeId, resourceIds } = source
  const loaded = await loadSituation(tx, { clinicId: ctx.clinicId, branchId, visitTypeId, resourceIds, anyPractitioner: false, from: at, to: at })
  if (!loaded) throw new Refusal('reference_unknown')
  return (practitionerId) => {
    const { placeId, alsoIds } = placementOf({ like: source, position: 1, startsAt: at, practitionerId, minutes: lengthOf(source) }, loaded.situation, [])
    return { branchId, visitTypeId, patientId: source.patientId ?? '', practitionerId, durationMinutes: lengthOf(source), placeId, alsoIds }
  }
}

/** Lets a refusal say which of several visits it is about. */
export async function naming<T>(startsAt: Instant, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.code, { ...error.params, startsAt: startsAt.toString() })
  }
}

function sameSeries(tx: Tx, ctx: Context, known: SeriesRow, source: Appointment): Promise<SeriesView> {
  if (known.created_by !== ctx.actor.staffId || known.patient_id !== source.patientId || known.branch_id !== source.branchId) throw new Refusal('id_taken')
  return loadSeries(tx, ctx, known.id)
}
