// A patient who answers a reminder with a wish for another time is a task of the desk by itself.
import { v7 as uuid } from 'uuid'
import { patientContext } from '@yoman/use-cases/context'
import { receiveReply } from '@yoman/use-cases/messages/receive-reply'
import { expect, test } from 'vitest'
import { addRule, openDesk } from '../desk.fixture.ts'

const desk = await openDesk()
await addRule(desk)
const { db } = desk.database
const number = '+972521234502'

test('a reply that asks for another time makes one task for its visit, and the conversation still waits for somebody', async () => {
  const visit = await desk.book('ahmad', '2026-11-25T08:00:00Z')
  desk.setNow('2026-11-24T08:01:00Z')
  await desk.work()
  expect(desk.smsTo(number)).toHaveLength(1)
  const write = (body: string) => receiveReply(patientContext({ pool: desk.database.apiPool, vault: desk.cast.vault }, desk.clinic.id, desk.as('owner').now, null), { providerId: uuid(), from: number, body })
  for (const body of ['מועד אחר', 'موعد آخر', '3']) expect(await write(body)).toEqual({ meaning: 'move', done: false })
  expect(await db.selectFrom('task').select(['about', 'appointment_id', 'status', 'created_by', 'words']).execute()).toEqual([{ about: 'wants_to_move', appointment_id: visit, status: 'open', created_by: null, words: '' }])
  expect(await db.selectFrom('conversation').select(['number', 'status']).execute()).toEqual([{ number, status: 'open' }])
})

test('one who asks once more after the desk has closed it is heard again', async () => {
  await db.updateTable('task').set({ status: 'broken', closed_at: desk.as('owner').now, closed_by: desk.clinic.staff.receptionist.id, outcome: 'אין מענה' }).execute()
  await receiveReply(patientContext({ pool: desk.database.apiPool, vault: desk.cast.vault }, desk.clinic.id, desk.as('owner').now, null), { providerId: uuid(), from: number, body: '3' })
  expect(await db.selectFrom('task').select(['status', 'closed_by', 'outcome', 'version']).execute()).toEqual([{ status: 'open', closed_by: null, outcome: '', version: 2 }])
})

test('a wish that nothing asked for is read by the desk, and makes no task', async () => {
  await receiveReply(patientContext({ pool: desk.database.apiPool, vault: desk.cast.vault }, desk.clinic.id, desk.as('owner').now, null), { providerId: uuid(), from: '+972541119999', body: '3' })
  expect(await db.selectFrom('task').select('id').execute()).toHaveLength(1)
})
