import { connect } from '@yoman/db/connect'
import { Refusal } from '@yoman/domain/refusal'
import { addMinutes, instant } from '@yoman/domain/time'
import { castContext, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { v7 as uuid } from 'uuid'
import { afterAll, expect, test } from 'vitest'
import { bookAppointment } from '../appointments/book.ts'
import { changeAppointment } from '../appointments/change.ts'
import { cancelAppointment } from '../appointments/step.ts'
import { undoStep } from '../appointments/undo.ts'
import type { Context } from '../context.ts'
import { leaveAsIs, listRebookings } from '../rebooking/settle.ts'
import { closeOnHolidays } from './holidays.ts'
import { type NewBlock, placeBlock, removeBlock } from './place.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const { hadar } = cast
// As many connections as racers: in a small pool they would queue politely and never meet.
const pool = connect({ url: database.url, role: 'yoman_api', max: 32, onError: (error) => console.error(error) })
afterAll(() => pool.end())
const ctx: Context = castContext(cast, hadar, 'receptionist', pool)

const mondays = Array.from({ length: 24 }, (_, week) => instant('2026-11-23T00:00:00Z').add({ hours: week * 168 }).toString().slice(0, 10))
let next = 0
const newMonday = (): string => mondays[next++] ?? ''
const book = (date: string, index: number) =>
  bookAppointment(ctx, { id: uuid(), branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.sara, startsAt: addMinutes(instant(`${date}T06:00:00Z`), index * 20) })
const block = (date: string, given: Partial<NewBlock> = {}): NewBlock => ({
  id: uuid(), kind: 'leave', branchId: null, resourceIds: [hadar.practitioners.doctor], fromDate: date, toDate: date, weekdays: [], starts: null, ends: null, title: '', privateNote: '', ...given,
})
const waitingIds = async (): Promise<Set<string>> => new Set((await listRebookings(ctx, {})).items.map(({ appointmentId }) => appointmentId))
const codeOf = (result: PromiseSettledResult<unknown>): string => (result.status === 'fulfilled' ? 'ok' : result.reason instanceof Refusal ? result.reason.code : String(result.reason))

test.each([
  ["a doctor's leave", {}],
  ['a closed branch', { kind: 'closed' as const, branchId: hadar.branches.center, resourceIds: [] }],
])('booking and %s at the same moment: the visit is refused, or it is on the list', async (_, given) => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 6; round += 1) {
    const date = newMonday()
    // Four desks, each with one caller after the other, so that some come before the block and some after it.
    const desks = Array.from({ length: 4 }, async (_desk, desk) => {
      const answers: PromiseSettledResult<{ id: string }>[] = []
      for (let caller = 0; caller < 3; caller += 1) answers.push(...(await Promise.allSettled([book(date, desk * 3 + caller)])))
      return answers
    })
    const placed = placeBlock(ctx, block(date, given))
    const results = (await Promise.all(desks)).flat()
    const { hits } = await placed
    const waiting = await waitingIds()
    const booked = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []))
    for (const result of results) outcomes.add(codeOf(result))
    expect(booked.filter((id) => !waiting.has(id))).toEqual([])
    expect(booked).toHaveLength(hits)
  }
  expect([...outcomes].sort()).toEqual(['ok', 'time_blocked'])
})

test('visits that are moved into a leave while it is placed are refused or on the list', async () => {
  for (let round = 0; round < 4; round += 1) {
    const [from, to] = [newMonday(), newMonday()]
    const visits = await Promise.all(Array.from({ length: 8 }, (_, index) => book(from, index)))
    const moves = visits.map((visit, index) => changeAppointment(ctx, visit.id, 1, { startsAt: addMinutes(instant(`${to}T06:00:00Z`), index * 20) }))
    await placeBlock(ctx, block(to))
    const results = await Promise.allSettled(moves)
    const waiting = await waitingIds()
    expect(results.map((result, index) => (result.status === 'fulfilled' ? waiting.has(visits[index]?.id ?? '') : codeOf(result) === 'time_blocked'))).toEqual(visits.map(() => true))
  }
})

test('cancellations that are taken back while a leave is placed end on the list', async () => {
  const date = newMonday()
  const visits = await Promise.all(Array.from({ length: 8 }, (_, index) => book(date, index)))
  await Promise.all(visits.map(({ id }) => cancelAppointment(ctx, id, 'patient')))
  await Promise.all([placeBlock(ctx, block(date)), ...visits.map(({ id }) => undoStep(ctx, id, 2))])
  const waiting = await waitingIds()
  expect(visits.filter(({ id }) => !waiting.has(id))).toEqual([])
})

test('two blocks over the same visits, and one of them removed at once: each visit waits once', async () => {
  const date = newMonday()
  const visits = await Promise.all(Array.from({ length: 6 }, (_, index) => book(date, index)))
  const [leave, meeting] = [block(date), block(date, { kind: 'meeting', starts: '08:00', ends: '12:00' })]
  const [{ block: first }] = await Promise.all([placeBlock(ctx, leave), placeBlock(ctx, meeting)])
  const own = (): Promise<string[]> => listRebookings(ctx, {}).then(({ items }) => items.flatMap(({ appointmentId }) => visits.filter(({ id }) => id === appointmentId).map(({ id }) => id)).sort())
  const all = visits.map(({ id }) => id).sort()
  expect(await own()).toEqual(all)
  await Promise.all([removeBlock(ctx, first.id, 1), leaveAsIs(ctx, (await listRebookings(ctx, {})).items.find(({ appointmentId }) => appointmentId === all[0])?.id ?? '', 'כאב')])
  expect((await own()).filter((id) => id !== all[0])).toEqual(all.slice(1))
})

test('two people close the same holiday: one does, the other hears of it', async () => {
  const results = await Promise.allSettled([0, 1, 2, 3].map(() => closeOnHolidays(ctx, { branchId: hadar.branches.center, days: [{ id: uuid(), date: '2027-04-28', holiday: 'pesach_seventh', from: null }] })))
  expect(results.map(codeOf).sort()).toEqual(['holiday_decided', 'holiday_decided', 'holiday_decided', 'ok'])
})

test('in all this nobody waited in a ring', async () => {
  const { rows } = await database.ownerPool.query('select deadlocks from pg_stat_database where datname = current_database()')
  expect(rows).toEqual([{ deadlocks: 0 }])
})
