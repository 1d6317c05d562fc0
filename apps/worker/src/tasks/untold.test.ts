// News of a visit that did not arrive is a task of the desk by itself; it is over when the patient hears it after all, or the visit changes again.
import { v7 as uuid } from 'uuid'
import { type Instant, instant } from '@yoman/domain/time'
import { changeAppointment } from '@yoman/use-cases/appointments/change'
import { cancelAppointment } from '@yoman/use-cases/appointments/step'
import { resendMessage } from '@yoman/use-cases/messages/resend-message'
import { read } from '@yoman/use-cases/transact'
import { beforeEach, expect, it } from 'vitest'
import { addRule } from '../desk.fixture.ts'
import { openStormDesk } from '../messages/storm.fixture.ts'
import { contextOf } from '../services.ts'

const desk = await openStormDesk()
await addRule(desk)
const { db } = desk.database
const { ahmad } = desk.clinic.patients
const [works, isOff, unsubscribed] = ['+972521234502', '+15005550103', '+15005550004']
let day = instant('2026-11-24T07:00:00Z')

const numberIs = (number: string) => db.updateTable('patient_phone').set({ number }).where('patient_id', '=', ahmad).execute()
const tasks = () => db.selectFrom('task').select(['about', 'status', 'appointment_id', 'appointment_starts_at', 'due_at', 'closed_by']).where('about', '=', 'untold').orderBy('created_at').orderBy('id').execute()
const messages = (id: string) => db.selectFrom('message').select(['id', 'kind', 'state', 'error_code']).where('appointment_id', '=', id).orderBy('created_at').orderBy('id').execute()
const pass = (minutes: number): Instant => {
  desk.setNow(desk.services.clock.now().add({ minutes }))
  return desk.services.clock.now()
}

beforeEach(async () => {
  await db.deleteFrom('task').execute()
  await numberIs(works)
})

/** A visit of a week from now that its patient was told of by a reminder two days ahead. */
async function aKnownVisit(): Promise<string> {
  do day = day.add({ hours: 24 })
  while (day.toZonedDateTimeISO('Asia/Jerusalem').dayOfWeek > 3) // Monday to Wednesday: neither they nor their eves are days of rest
  desk.setNow(day.subtract({ hours: 48 }))
  const id = await desk.book('ahmad', day.toString())
  desk.setNow(day.subtract({ hours: 23 }))
  await desk.work()
  expect(await messages(id)).toMatchObject([{ kind: 'reminder', state: 'delivered' }])
  return id
}

/** The desk moves it by so many hours, and the grace of a change passes. @returns where it stands now. */
async function move(id: string, hours: number): Promise<Instant> {
  const { version, starts_at } = await db.selectFrom('appointment').select(['version', 'starts_at']).where('id', '=', id).executeTakeFirstOrThrow()
  const to = starts_at.add({ hours })
  await changeAppointment(desk.as('receptionist'), id, version, { startsAt: to })
  await desk.work()
  pass(4)
  await desk.work()
  return to
}

it('a phone that is off is tried thrice before somebody is asked to call; a newer change takes the task with it', async () => {
  const id = await aKnownVisit()
  await numberIs(isOff)
  await move(id, 24 * 7)
  expect(await tasks()).toEqual([])
  pass(121)
  await desk.work()
  expect(await tasks()).toEqual([])
  pass(241)
  await desk.work()
  expect((await messages(id)).filter(({ kind, state }) => kind === 'moved' && state === 'failed')).toHaveLength(3)
  expect(await tasks()).toMatchObject([{ status: 'open' }])

  await numberIs(works)
  await move(id, 1)
  expect(await tasks()).toMatchObject([{ status: 'kept', closed_by: desk.clinic.staff.receptionist.id }])
  expect((await messages(id)).at(-1)).toMatchObject({ kind: 'moved', state: 'delivered' })
})

it('is over when the message is sent again and arrives', async () => {
  const id = await aKnownVisit()
  await numberIs('+15005550107')
  await cancelAppointment(desk.as('receptionist'), id, 'clinic')
  await desk.work()
  pass(4)
  await desk.work()
  const failed = (await messages(id)).at(-1)
  expect(failed).toMatchObject({ kind: 'cancelled', state: 'failed', error_code: '30007' })
  expect(await tasks()).toMatchObject([{ status: 'open', appointment_id: id }])

  await numberIs(works)
  pass(5)
  await resendMessage(desk.as('receptionist'), failed?.id ?? '', uuid())
  await desk.work()
  expect((await messages(id)).at(-1)).toMatchObject({ kind: 'cancelled', state: 'delivered' })
  expect(await tasks()).toMatchObject([{ status: 'kept', closed_by: null }])
})

it('a reminder that fails makes none: the list of whom nobody reached has its visit', async () => {
  do day = day.add({ hours: 24 })
  while (day.toZonedDateTimeISO('Asia/Jerusalem').dayOfWeek > 3)
  desk.setNow(day.subtract({ hours: 48 }))
  await numberIs('+15005550107')
  const id = await desk.book('ahmad', day.toString())
  desk.setNow(day.subtract({ hours: 23 }))
  await desk.work()
  expect(await messages(id)).toMatchObject([{ kind: 'reminder', state: 'failed' }])
  expect(await tasks()).toEqual([])
})

it('the worker, who writes them, still sees no other task', async () => {
  const row = { clinic_id: desk.clinic.id, branch_id: desk.clinic.branches.center, due_at: day, created_at: day, assignee_role: 'receptionist' as const }
  await db.insertInto('task').values({ ...row, id: uuid(), patient_id: ahmad, words: 'לחזור עם תשובה', created_by: desk.clinic.staff.receptionist.id }).execute()
  const seen = await read(contextOf(desk.services, desk.clinic.id), (tx) => tx.selectFrom('task').select('id').execute())
  expect(seen).toEqual([])
})

it('a number that the network unsubscribed: the move is told by a call, and the refusal is kept', async () => {
  const id = await aKnownVisit()
  await numberIs(unsubscribed)
  const to = await move(id, 24 * 21)
  expect((await messages(id)).at(-1)).toMatchObject({ kind: 'moved', state: 'failed', error_code: '21610' })
  expect(await tasks()).toMatchObject([{ status: 'open', appointment_id: id, appointment_starts_at: to, due_at: desk.services.clock.now().add({ minutes: 60 }) }])
  expect(await db.selectFrom('consent').select(['state', 'source']).where('patient_id', '=', ahmad).where('source', '=', 'system').execute()).toContainEqual({ state: 'refused', source: 'system' })
  const event = await db.selectFrom('event').select('details').where('name', '=', 'task.made').orderBy('seq', 'desc').executeTakeFirst()
  expect(event?.details).toMatchObject({ about: 'untold', appointment: id })
})
