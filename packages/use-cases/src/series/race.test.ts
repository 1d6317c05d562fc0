import { afterAll, expect, test } from 'vitest'
import { connect } from '@yoman/db/connect'
import { Refusal } from '@yoman/domain/refusal'
import { type Instant, addMinutes, instant } from '@yoman/domain/time'
import { castContext, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { v7 as uuid } from 'uuid'
import { bookAppointment } from '../appointments/book.ts'
import { changeAppointment } from '../appointments/change.ts'
import { bookSeries } from './book.ts'
import { cancelSeries } from './cancel.ts'
import { changeSeries } from './change.ts'
import { readSeries } from './read.ts'
import { undoSeries } from './undo.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const { hadar } = cast
// As many connections as racers: in a small pool they would queue politely and never meet.
const pool = connect({ url: database.url, role: 'yoman_api', max: 40, onError: (error) => console.error(error) })
afterAll(() => pool.end())
const ctx = castContext(cast, hadar, 'receptionist', pool)
const { doctor } = hadar.practitioners
const week = 7 * 24 * 60
const rule = { unit: 'week', every: 1 } as const

const book = (startsAt: Instant, patientId = hadar.patients.sara) =>
  bookAppointment(ctx, { id: uuid(), branchId: hadar.branches.center, practitionerId: doctor, visitTypeId: hadar.visitTypes.checkUp, patientId, startsAt })
const following = (first: Instant, count: number) => Array.from({ length: count }, (_, index) => ({ id: uuid(), startsAt: addMinutes(first, (index + 1) * week).toString(), practitionerId: doctor }))
const codeOf = (result: PromiseSettledResult<unknown>): string => (result.status === 'fulfilled' ? 'ok' : result.reason instanceof Refusal ? result.reason.code : String(result.reason))
const settle = async (work: readonly Promise<unknown>[]): Promise<string[]> => (await Promise.allSettled(work)).map(codeOf)
const bookedAt = async (from: string, to: string): Promise<number> =>
  (await database.ownerPool.query(`select count(*)::int as n from appointment where status = 'booked' and starts_at >= $1 and starts_at < $2`, [from, to])).rows[0].n

// Each test has weeks of its own; 08:00 on the wall of Jerusalem in winter is 06:00 UTC.
test('a series and a single booking that want one of its places: one of them has it, and a series is never half', async () => {
  for (let round = 0; round < 12; round += 1) {
    const at = addMinutes(instant('2026-12-06T06:00:00Z'), round * 30 + (round < 8 ? 0 : 60))
    const source = await book(at)
    const visits = following(at, 4)
    const rival = book(instant(visits[round % 4]?.startsAt ?? ''), hadar.patients.olga)
    const outcome = await settle([bookSeries(ctx, { id: uuid(), appointmentId: source.id, rule, visits }), rival])
    expect(outcome.toSorted()).toEqual(['ok', 'slot_taken'])
    const { rows } = await database.ownerPool.query('select count(*)::int as n from appointment where id = any($1)', [visits.map(({ id }) => id)])
    expect(rows[0].n).toBe(outcome[0] === 'ok' ? 4 : 0)
  }
})

test('two series from two desks over the same places: one is booked whole', async () => {
  const at = instant('2027-01-11T06:00:00Z')
  const source = await book(at)
  const outcome = await settle(Array.from({ length: 12 }, () => bookSeries(ctx, { id: uuid(), appointmentId: source.id, rule, visits: following(at, 5) })))
  expect(outcome.filter((code) => code === 'ok')).toHaveLength(1)
  expect(new Set(outcome)).toEqual(new Set(['ok', 'slot_taken']))
  expect(await bookedAt('2027-01-11T06:00:00Z', '2027-02-16T00:00:00Z')).toBe(6)
})

test('one request of a series sent many times at once is one series', async () => {
  const at = instant('2027-01-12T06:00:00Z')
  const source = await book(at)
  const wanted = { id: uuid(), appointmentId: source.id, rule, visits: following(at, 3) }
  const answers = await Promise.all(Array.from({ length: 12 }, () => bookSeries(ctx, wanted)))
  expect(new Set(answers.map(({ visits }) => visits.map(({ appointmentId }) => appointmentId).join())).size).toBe(1)
})

test('two desks move the same series at once: one does, the other hears that it has changed', async () => {
  const at = instant('2027-01-13T06:00:00Z')
  const source = await book(at)
  const made = await bookSeries(ctx, { id: uuid(), appointmentId: source.id, rule, visits: following(at, 4) })
  const to = (minutes: number) => made.visits.map(({ appointmentId, startsAt }) => ({ appointmentId, startsAt: addMinutes(instant(startsAt), minutes).toString(), practitionerId: doctor, durationMinutes: 30 }))
  const outcome = await settle([30, 60, 90, 120].map((minutes) => changeSeries(ctx, made.id, { id: uuid(), version: made.version, scope: 'all', visits: to(minutes) })))
  expect(outcome.toSorted()).toEqual(['ok', 'stale_version', 'stale_version', 'stale_version'])
})

test('a series that moves while one of its visits is moved by itself ends in no ring and with nothing taken twice', async () => {
  const at = instant('2027-01-14T06:00:00Z')
  const source = await book(at)
  let series = await bookSeries(ctx, { id: uuid(), appointmentId: source.id, rule, visits: following(at, 4) })
  const started = performance.now()
  for (let round = 0; round < 10; round += 1) {
    const single = series.visits[round % 5]
    const visits = series.visits.map(({ appointmentId, startsAt }) => ({ appointmentId, startsAt: addMinutes(instant(startsAt), round % 2 ? -30 : 30).toString(), practitionerId: doctor, durationMinutes: 30 }))
    const outcome = await settle([
      changeSeries(ctx, series.id, { id: uuid(), version: series.version, scope: 'all', visits }),
      changeAppointment(ctx, single?.appointmentId ?? '', single?.version ?? 0, { durationMinutes: 20 + (round % 2) * 10 }),
    ])
    expect(outcome.filter((code) => !['ok', 'stale_version'].includes(code))).toEqual([])
    series = await readSeries(ctx, series.id)
  }
  expect(performance.now() - started).toBeLessThan(15_000) // a ring costs a second each time
  const { rows } = await database.ownerPool.query(`
    select count(*)::int as n from allocation a join allocation b on a.clinic_id = b.clinic_id and a.resource_id = b.resource_id
      and a.appointment_id < b.appointment_id and a.occupies and b.occupies and a.starts_at < b.ends_at and b.starts_at < a.ends_at`)
  expect(rows[0].n).toBe(0)
})

test('taking back a cancelled series races somebody who wants one of its places: all or nothing', async () => {
  for (let round = 0; round < 8; round += 1) {
    const at = addMinutes(instant('2027-02-21T06:00:00Z'), round * 30)
    const source = await book(at)
    const made = await bookSeries(ctx, { id: uuid(), appointmentId: source.id, rule, visits: following(at, 3) })
    const changeId = uuid()
    await cancelSeries(ctx, made.id, { id: changeId, version: made.version, scope: 'all', appointmentId: source.id, reason: 'patient' })
    const outcome = await settle([undoSeries(ctx, made.id, { id: uuid(), changeId }), book(addMinutes(at, 2 * week), hadar.patients.olga)])
    expect(outcome.toSorted()).toEqual(['ok', 'slot_taken'])
    const { rows } = await database.ownerPool.query('select count(*)::int as n from appointment where id = any($1) and status = $2', [made.visits.map(({ appointmentId }) => appointmentId), 'booked'])
    expect(rows[0].n).toBe(outcome[0] === 'ok' ? 4 : 0)
  }
})
