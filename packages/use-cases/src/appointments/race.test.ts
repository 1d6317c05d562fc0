import { afterAll, expect, test } from 'vitest'
import { connect } from '@yoman/db/connect'
import { Refusal } from '@yoman/domain/refusal'
import { addMinutes, instant } from '@yoman/domain/time'
import { castContext, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { v7 as uuid } from 'uuid'
import type { Context } from '../context.ts'
import { bookAppointment, type NewAppointment } from './book.ts'
import { changeAppointment } from './change.ts'
import { holdPlace } from './hold.ts'
import { cancelAppointment } from './step.ts'
import { undoStep } from './undo.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const { hadar } = cast
// As many connections as racers: in a small pool they would queue politely and never meet.
const pool = connect({ url: database.url, role: 'yoman_api', max: 64, onError: (error) => console.error(error) })
afterAll(() => pool.end())
const ctx: Context = castContext(cast, hadar, 'receptionist', pool)
const patients = Object.values(hadar.patients)

// Each test has a day of its own: a Sunday to Thursday, 08:00 on the wall of Jerusalem in winter.
const morning = (date: string) => instant(`${date}T06:00:00Z`)
/** The half hours of a working day: eight before the break, six after it; then the same weekday of the next week. */
const halfHour = (date: string, index: number) => {
  const place = index % 14
  return addMinutes(morning(date), place * 30 + (place < 8 ? 0 : 60) + Math.floor(index / 14) * 7 * 24 * 60)
}
const wanted = (startsAt: ReturnType<typeof instant>, more: Partial<NewAppointment> = {}): NewAppointment => ({
  id: uuid(),
  branchId: hadar.branches.center,
  practitionerId: hadar.practitioners.doctor,
  visitTypeId: hadar.visitTypes.checkUp,
  patientId: patients[Math.floor(Math.random() * patients.length)] ?? '',
  startsAt,
  ...more,
})

const settle = async (work: readonly Promise<unknown>[]) => {
  const results = await Promise.allSettled(work)
  const codes = results.map((result) => (result.status === 'fulfilled' ? 'ok' : result.reason instanceof Refusal ? result.reason.code : String(result.reason)))
  return Object.fromEntries([...new Set(codes)].sort().map((code) => [code, codes.filter((one) => one === code).length]))
}

const overlapsInDatabase = async (): Promise<number> => {
  const { rows } = await database.ownerPool.query(`
    select count(*) from allocation a join allocation b on a.clinic_id = b.clinic_id and a.resource_id = b.resource_id
      and a.appointment_id < b.appointment_id and a.occupies and b.occupies and not a.overbooked and not b.overbooked and a.starts_at < b.ends_at and b.starts_at < a.ends_at`)
  return rows[0].count
}

test('100 bookings of one slot at once have one winner', async () => {
  const at = morning('2026-11-23')
  expect(await settle(Array.from({ length: 100 }, () => bookAppointment(ctx, wanted(at))))).toEqual({ ok: 1, slot_taken: 99 })
})

test('a repeated request that races itself books once and always answers the same', async () => {
  const one = wanted(morning('2026-11-24'))
  const answers = await Promise.all(Array.from({ length: 20 }, () => bookAppointment(ctx, one)))
  expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
  const { rows } = await database.ownerPool.query('select count(*) from event where subject_id = $1', [one.id])
  expect(rows[0].count).toBe(1)
})

test('of overlapping slots only those get in that do not meet', async () => {
  const at = morning('2026-11-25')
  const outcome = await settle(Array.from({ length: 60 }, (_, index) => bookAppointment(ctx, wanted(addMinutes(at, (index % 12) * 5)))))
  expect(Object.keys(outcome).sort()).toEqual(['ok', 'slot_taken'])
  expect(outcome['ok']).toBeGreaterThanOrEqual(2) // 85 minutes hold two or three visits of 30
  expect(outcome['ok']).toBeLessThanOrEqual(3)
  expect(await overlapsInDatabase()).toBe(0)
})

test('one room wanted by two practitioners is given to one of them', async () => {
  for (let round = 0; round < 20; round += 1) {
    const day = halfHour('2027-01-07', round * 2)
    const both = ['doctor', 'hygienist'] as const
    const outcome = await settle(both.map((who) => bookAppointment(ctx, wanted(day, { practitionerId: hadar.practitioners[who], visitTypeId: hadar.visitTypes[who === 'doctor' ? 'checkUp' : 'cleaning'], placeId: hadar.places.chair1 }))))
    expect(outcome).toEqual({ ok: 1, slot_taken: 1 })
  }
})

test('two practitioners who both need any chair get one each', async () => {
  const at = morning('2026-11-29')
  const outcome = await settle([
    bookAppointment(ctx, wanted(at)),
    bookAppointment(ctx, wanted(at, { practitionerId: hadar.practitioners.hygienist, visitTypeId: hadar.visitTypes.cleaning })),
  ])
  expect(outcome).toEqual({ ok: 2 })
  const { rows } = await database.ownerPool.query('select count(distinct resource_id) from allocation where starts_at = $1 and resource_id = any($2)', [at.toString(), [hadar.places.chair1, hadar.places.chair2]])
  expect(rows[0].count).toBe(2)
})

test('as many practitioners as places, all booking for one moment: nobody is sent away', async () => {
  const day = morning('2027-01-04')
  const crowd = await database.ownerPool.query(
    `with place as (insert into resource (clinic_id, id, kind, name, branch_id)
         select $1, gen_random_uuid(), 'chair', 'crowd ' || n, $2 from generate_series(1, 8) n),
       person as (insert into resource (clinic_id, id, kind, name) select $1, gen_random_uuid(), 'practitioner', 'crowd ' || n from generate_series(1, 10) n returning id)
     select id from person`,
    [hadar.id, hadar.branches.center],
  )
  const ids: string[] = crowd.rows.map((row) => row.id)
  await database.ownerPool.query(`insert into practitioner (clinic_id, id, profession) select $1, unnest($2::uuid[]), 'doctor'`, [hadar.id, ids])
  await database.ownerPool.query(
    `insert into working_hours (clinic_id, id, resource_id, branch_id, weekday, starts, ends)
     select $1, gen_random_uuid(), id, $2, weekday, '08:00', '18:00' from unnest($3::uuid[]) id, generate_series(1, 7) weekday`,
    [hadar.id, hadar.branches.center, ids],
  )
  const { rows } = await database.ownerPool.query(`select count(*)::int as chairs from resource where clinic_id = $1 and kind = 'chair' and branch_id = $2 and active`, [hadar.id, hadar.branches.center])
  const among = ids.slice(0, rows[0].chairs)
  expect(await settle(among.map((practitionerId) => bookAppointment(ctx, wanted(day, { practitionerId }))))).toEqual({ ok: among.length })
})

test('a place kept by a hold is booked by its holder alone', async () => {
  const other = castContext(cast, hadar, 'owner', pool)
  for (let round = 0; round < 10; round += 1) {
    const at = halfHour('2026-11-30', round)
    const hold = await holdPlace(ctx, wanted(at))
    const rivals = Array.from({ length: 15 }, () => bookAppointment(other, wanted(at)))
    expect(await settle([...rivals, bookAppointment(ctx, wanted(at, { holdId: hold.id })), bookAppointment(ctx, wanted(at, { holdId: hold.id }))]))
      .toMatchObject({ ok: 1 })
    const { rows } = await database.ownerPool.query(`select created_by from appointment where starts_at = $1 and status = 'booked'`, [at.toString()])
    expect(rows).toEqual([{ created_by: hadar.staff.receptionist.id }])
  }
})

test('holds and bookings racing for one slot: one of all of them', async () => {
  const at = morning('2026-12-01')
  const outcome = await settle(Array.from({ length: 40 }, (_, index) => (index % 2 ? holdPlace(ctx, wanted(at)) : bookAppointment(ctx, wanted(at)))))
  expect(outcome['ok']).toBe(1)
  expect(Object.keys(outcome).filter((code) => !['ok', 'slot_taken', 'slot_held'].includes(code))).toEqual([])
})

test('an expired hold gives way to one of those who want its place', async () => {
  const at = morning('2026-12-02')
  const hold = await holdPlace(ctx, wanted(at))
  const later = { ...ctx, now: addMinutes(ctx.now, 6) }
  expect(await settle(Array.from({ length: 30 }, () => bookAppointment(later, wanted(at))))).toEqual({ ok: 1, slot_taken: 29 })
  const { rows } = await database.ownerPool.query('select status from appointment where id = $1', [hold.id])
  expect(rows).toEqual([{ status: 'cancelled' }])
})

test('many visits moved to one slot at once: one gets there, the others stay where they were', async () => {
  const at = morning('2026-12-03')
  const visits = []
  for (let index = 0; index < 7; index += 1) visits.push(await bookAppointment(ctx, wanted(addMinutes(at, index * 30))))
  const target = addMinutes(at, 300) // 13:00, after the break
  const outcome = await settle(visits.map((visit) => changeAppointment(ctx, visit.id, 1, { startsAt: target })))
  expect(outcome).toEqual({ ok: 1, slot_taken: 6 })
  expect(await overlapsInDatabase()).toBe(0)
})

test('moves that swap places never wait for each other in a ring', async () => {
  const at = morning('2026-12-06')
  let [a, b] = [await bookAppointment(ctx, wanted(at)), await bookAppointment(ctx, wanted(addMinutes(at, 30), { practitionerId: hadar.practitioners.hygienist, visitTypeId: hadar.visitTypes.cleaning }))]
  const started = performance.now()
  for (let round = 1; round <= 30; round += 1) {
    const to = addMinutes(at, (round % 2) * 60)
    const [first, second] = await Promise.all([changeAppointment(ctx, a.id, a.version, { startsAt: to }), changeAppointment(ctx, b.id, b.version, { startsAt: addMinutes(to, 30) })])
    ;[a, b] = [first, second]
  }
  expect(performance.now() - started).toBeLessThan(10_000) // a ring costs a second each time
})

test('two people who change the same visit: the second is told which version is current', async () => {
  const visit = await bookAppointment(ctx, wanted(morning('2026-12-07')))
  const outcome = await settle([15, 20, 25].map((durationMinutes) => changeAppointment(ctx, visit.id, 1, { durationMinutes })))
  expect(outcome).toEqual({ ok: 1, stale_version: 2 })
})

test('taking back a cancellation races a booking of the freed place: one of them has it', async () => {
  for (let round = 0; round < 20; round += 1) {
    const at = halfHour('2026-12-08', round)
    const visit = await bookAppointment(ctx, wanted(at))
    const cancelled = await cancelAppointment(ctx, visit.id, 'patient')
    expect(await settle([undoStep(ctx, visit.id, cancelled.version), bookAppointment(ctx, wanted(at))])).toEqual({ ok: 1, slot_taken: 1 })
  }
  expect(await overlapsInDatabase()).toBe(0)
})

test('however many overbook one doctor at once, the limit of the day holds', async () => {
  const doctor = castContext(cast, hadar, 'doctor', pool)
  const at = morning('2027-01-12')
  await bookAppointment(ctx, wanted(at, { visitTypeId: hadar.visitTypes.talk, durationMinutes: 20 }))
  const over = () => bookAppointment(doctor, wanted(at, { visitTypeId: hadar.visitTypes.talk, durationMinutes: 20, overbook: { reason: 'pain' } }))
  expect(await settle(Array.from({ length: 30 }, over))).toEqual({ ok: 2, overbooking_limit_reached: 28 })
  const { rows } = await database.ownerPool.query('select count(*)::int as over from allocation where starts_at = $1 and overbooked and occupies', [at.toString()])
  expect(rows).toEqual([{ over: 2 }])
})

test('visits that need the same assistant and chairs never wait for each other in a ring', async () => {
  const day = morning('2027-01-13')
  const { rows } = await database.ownerPool.query(
    `with person as (insert into resource (clinic_id, id, kind, name) select $1, gen_random_uuid(), 'practitioner', 'helper ' || n from generate_series(1, 2) n returning id),
       skilled as (insert into practitioner (clinic_id, id, profession) select $1, id, 'assistant' from person),
       kind as (insert into visit_type (clinic_id, id, name, profession, duration_minutes, place_kind) values ($1, gen_random_uuid(), 'together', 'doctor', 30, 'chair') returning id),
       need as (insert into visit_type_need (clinic_id, visit_type_id, seq, kind, profession) select $1, id, 1, 'practitioner', 'assistant' from kind),
       hours as (insert into working_hours (clinic_id, id, resource_id, branch_id, weekday, starts, ends) select $1, gen_random_uuid(), id, $2, 3, '08:00', '18:00' from person)
     select (select id from kind) as kind, (select array_agg(id) from person) as people`,
    [hadar.id, hadar.branches.center],
  )
  const { kind, people } = rows[0]
  const started = performance.now()
  const outcome = await settle(
    Array.from({ length: 40 }, (_, index) => {
      const at = addMinutes(day, (index % 4) * 30)
      // Half of them come the other way round: the assistant by name, for a visit that needs nobody else.
      return index % 2 ? bookAppointment(ctx, wanted(at, { visitTypeId: kind })) : bookAppointment(ctx, wanted(at, { practitionerId: hadar.practitioners.hygienist, visitTypeId: hadar.visitTypes.cleaning, durationMinutes: 20, alsoIds: [people[index % 3 === 0 ? 0 : 1]] }))
    }),
  )
  expect(performance.now() - started).toBeLessThan(10_000) // a ring costs a second each time
  expect(Object.keys(outcome).sort()).toEqual(['ok', 'slot_taken'])
})
