// Two records of one person: what was planned for the one that goes on in the other follows whose the visit is now, and back.
import { v7 as uuid } from 'uuid'
import { approveMerge, undoMerge } from '@yoman/use-cases/merges/decide'
import { proposeMerge } from '@yoman/use-cases/merges/propose'
import { afterEach, expect, test } from 'vitest'
import { addRule, openDesk } from '../desk.fixture.ts'

const desk = await openDesk()
await addRule(desk)
const { db } = desk.database
const { sara, ahmad } = desk.clinic.patients
const numbers = { sara: '+972501234501', ahmad: '+972521234502' }
const before = '2026-11-22T07:00:00Z'
const due = '2026-11-24T08:01:00Z' // the day before at ten

await db.updateTable('patient').set({ email: 'sara@patients.example' }).where('id', '=', sara).execute()
await db.insertInto('reminder_wish').values({ clinic_id: desk.clinic.id, id: uuid(), patient_id: sara, reminders: 'email', extra_days_before: null, extra_at_time: null, written_by: desk.clinic.staff.receptionist.id, written_at: desk.as('owner').now }).execute()
afterEach(() => desk.setNow(before))

const planned = async (visit: string) => (await db.selectFrom('reminder').select(['channel', 'state', 'skip_reason']).where('appointment_id', '=', visit).orderBy('channel', 'desc').execute()).map(({ channel, state, skip_reason }) => `${channel} ${skip_reason ?? state}`)
const said = (visit: string) => db.selectFrom('message').select(['channel', 'language', 'to_address']).where('appointment_id', '=', visit).where('kind', '=', 'reminder').execute()

async function merged(): Promise<string> {
  const id = uuid()
  await proposeMerge(desk.as('receptionist'), { id, survivorId: sara, mergedId: ahmad, choices: { phones: 'survivor', birthDate: 'survivor', identifier: 'survivor' }, reason: '' })
  await approveMerge(desk.as('doctor'), id)
  await desk.work()
  return id
}

test('a visit that came over is reminded as the one who lives on wishes, and as before once the merge is undone', async () => {
  const visit = await desk.book('ahmad', '2026-11-25T08:00:00Z')
  await desk.work()
  expect(await planned(visit)).toEqual(['sms planned'])
  const merge = await merged()
  expect(await planned(visit)).toEqual(['sms rule_off', 'email planned'])
  await undoMerge(desk.as('doctor'), merge)
  await desk.work()
  expect(await planned(visit)).toEqual(['sms planned', 'email rule_off'])
  desk.setNow(due)
  await desk.work()
  expect(await said(visit)).toEqual([{ channel: 'sms', language: 'ar', to_address: numbers.ahmad }])
})

test('the reminder that leaves after a merge speaks the language, and goes to the address, of the one who lives on', async () => {
  const visit = await desk.book('ahmad', '2026-11-25T09:00:00Z')
  await desk.work()
  await merged()
  desk.setNow(due)
  await desk.work()
  expect(await said(visit)).toEqual([{ channel: 'email', language: 'he', to_address: 'sara@patients.example' }])
})
