// A number or mail address that the networks refuse for good is a task of the desk by itself, written by the worker with its own few rights.
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { approveMerge, undoMerge } from '@yoman/use-cases/merges/decide'
import { proposeMerge } from '@yoman/use-cases/merges/propose'
import { markDead, reviveAddress } from '@yoman/use-cases/messages/dead-addresses'
import { changePatient } from '@yoman/use-cases/patients/change'
import { askForAnotherAddress } from '@yoman/use-cases/tasks/dead-address'
import { closeTask } from '@yoman/use-cases/tasks/write'
import { transact } from '@yoman/use-cases/transact'
import { castContext } from '@yoman/testing/cast'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { addRule, openDesk } from '../desk.fixture.ts'
import { contextOf } from '../services.ts'

const desk = await openDesk()
await addRule(desk)
const { db } = desk.database
const { ahmad, sara, noam } = desk.clinic.patients
const refused = '+15005550009' // the stand-in takes no SMS for it
let day = instant('2026-11-24T07:00:00Z')

const numberIs = (number: string, ...patients: string[]) => db.updateTable('patient_phone').set({ number }).where('patient_id', 'in', patients).execute()
const tasks = () => db.selectFrom('task').select(['patient_id', 'status', 'closed_because', 'address']).where('about', '=', 'dead_address').orderBy('created_at').orderBy('id').execute()
const events = async () => (await db.selectFrom('event').select(['name', 'details']).where('name', 'like', 'task.%').orderBy('seq').execute()).map(({ name, details }) => ({ name, details }))

beforeEach(async () => {
  await db.deleteFrom('task').execute()
  await db.deleteFrom('dead_address').execute()
  await numberIs('+972521234502', ahmad)
  await numberIs('+972501234501', sara, noam)
})

/** A visit whose reminder is due now, not yet worked at. */
async function aDueReminder(patient: 'ahmad' | 'noam' = 'ahmad'): Promise<string> {
  do day = day.add({ hours: 24 })
  while (day.toZonedDateTimeISO('Asia/Jerusalem').dayOfWeek > 3) // Monday to Wednesday: neither they nor their eves are days of rest
  desk.setNow(day.subtract({ hours: 48 }))
  const id = await desk.book(patient, day.toString())
  desk.setNow(day.subtract({ hours: 22 }))
  return id
}

/** The desk writes another number into a record. */
async function change(patient: string, number: string): Promise<void> {
  const { version } = await db.selectFrom('patient').select('version').where('id', '=', patient).executeTakeFirstOrThrow()
  await changePatient(desk.as('receptionist'), patient, version, { phones: [{ number }] })
}

describe('a number that the provider refuses for good', () => {
  it('is one task of the desk with its patient, due when they come, however many messages went there', async () => {
    await numberIs(refused, ahmad)
    const [first, second] = [await aDueReminder(), await desk.book('ahmad', day.add({ minutes: 30 }).toString())]
    await desk.work()
    expect(await db.selectFrom('message').select('error_code').where('appointment_id', 'in', [first, second]).where('state', '=', 'failed').execute()).not.toEqual([])
    const [task, ...more] = await db.selectFrom('task').selectAll().execute()
    expect(more).toEqual([])
    expect(task).toMatchObject({
      about: 'dead_address', channel: 'sms', address: refused, patient_id: ahmad, branch_id: desk.clinic.branches.center, words: '', status: 'open',
      assignee_role: 'receptionist', created_by: null, appointment_id: null, due_at: day, created_at: desk.services.clock.now(),
    })
    expect((await events()).at(-1)).toEqual({ name: 'task.made', details: { dueAt: day.toString(), about: 'dead_address', channel: 'sms' } }) // no number
  })

  it('is done when the record gets another, open again when that is taken back, and says so', async () => {
    await numberIs(refused, ahmad)
    await aDueReminder()
    await desk.work()
    await change(ahmad, '052-7654321')
    expect(await tasks()).toEqual([{ patient_id: ahmad, status: 'kept', closed_because: 'changed', address: refused }])
    expect(await db.selectFrom('task').select('closed_by').execute()).toEqual([{ closed_by: desk.clinic.staff.receptionist.id }])
    expect((await events()).at(-1)).toEqual({ name: 'task.closed', details: { from: 'open', to: 'kept', because: 'changed' } })
    await db.updateTable('dead_address').set({ address: '+972521234502' }).execute() // a number that may be typed
    await db.updateTable('task').set({ address: '+972521234502' }).execute()
    await change(ahmad, '052-1234502')
    expect(await tasks()).toEqual([{ patient_id: ahmad, status: 'open', closed_because: null, address: '+972521234502' }])
  })

  it('is done when somebody says that it works, and the same task is open again when it proves dead once more', async () => {
    await numberIs(refused, ahmad)
    await aDueReminder()
    await desk.work()
    const [before] = await db.selectFrom('task').select(['id', 'version']).execute()
    await reviveAddress(desk.as('receptionist'), ahmad, 'sms', refused)
    expect(await tasks()).toEqual([{ patient_id: ahmad, status: 'kept', closed_because: 'works', address: refused }])
    await aDueReminder()
    await desk.work()
    expect(await tasks()).toEqual([{ patient_id: ahmad, status: 'open', closed_because: null, address: refused }])
    expect(await db.selectFrom('task').select(['id', 'version']).execute()).toEqual([{ id: before?.id, version: (before?.version ?? 0) + 2 }])
  })

  it('that somebody has given up on stays closed, whatever else changes in the record', async () => {
    await numberIs(refused, ahmad)
    await aDueReminder()
    await desk.work()
    const [task] = await db.selectFrom('task').select(['id', 'version']).execute()
    await closeTask(desk.as('receptionist'), task?.id ?? '', { version: task?.version ?? 0, status: 'broken' })
    const { version } = await db.selectFrom('patient').select('version').where('id', '=', ahmad).executeTakeFirstOrThrow()
    await changePatient(desk.as('receptionist'), ahmad, version, { email: 'ahmad@patients.example' })
    await aDueReminder()
    await desk.work()
    expect(await tasks()).toEqual([{ patient_id: ahmad, status: 'broken', closed_because: null, address: refused }])
  })

  it('of a whole family is asked for one after the other: whose record still has it is next', async () => {
    await numberIs(refused, sara, noam)
    await aDueReminder('noam')
    await desk.work()
    expect(await tasks()).toEqual([{ patient_id: noam, status: 'open', closed_because: null, address: refused }])
    await change(noam, '052-7654321')
    const [first, next] = [{ patient_id: noam, status: 'kept', closed_because: 'changed', address: refused }, { patient_id: sara, status: 'open', closed_because: null, address: refused }]
    expect(await tasks()).toEqual(expect.arrayContaining([first, next]))
    expect((await tasks()).length).toBe(2)
    await change(sara, '052-7654321')
    expect((await tasks()).map(({ status }) => status)).toEqual(['kept', 'kept'])
  })

  it('of a parent, told of their child, is asked of the parent', async () => {
    await numberIs(refused, sara)
    const [own] = await db.deleteFrom('patient_phone').where('patient_id', '=', noam).returningAll().execute()
    await aDueReminder('noam')
    await desk.work()
    expect((await tasks()).map(({ patient_id }) => patient_id)).toEqual([sara])
    if (own) await db.insertInto('patient_phone').values(own).execute()
  })
})

describe('two records that become one', () => {
  it('have nothing to ask for where another number was chosen, which the next who has it is asked; and their own again after the undo', async () => {
    await numberIs(refused, sara, noam)
    await aDueReminder('noam')
    await desk.work()
    const id = uuid()
    await proposeMerge(desk.as('receptionist'), { id, survivorId: ahmad, mergedId: noam, choices: { phones: 'survivor' }, reason: '' })
    const doctor = { ...castContext(desk.cast, desk.clinic, 'doctor', desk.database.apiPool), now: desk.services.clock.now() }
    await approveMerge(doctor, id)
    expect((await tasks()).filter(({ patient_id }) => patient_id === ahmad)).toEqual([{ patient_id: ahmad, status: 'kept', closed_because: 'changed', address: refused }])
    expect((await tasks()).filter(({ patient_id }) => patient_id === sara)).toMatchObject([{ status: 'open' }]) // who has it still
    await undoMerge(doctor, id)
    expect((await tasks()).filter(({ patient_id }) => patient_id === noam)).toMatchObject([{ status: 'open', closed_because: null }])
  })
})

test('a mail address, as it was typed, is asked for like a number; a number without WhatsApp is not', async () => {
  await db.updateTable('patient').set({ email: 'Sara@Patients.example' }).where('id', '=', sara).execute()
  const visit = await aDueReminder('noam')
  await desk.work()
  const sent = await db.selectFrom('message').selectAll().where('appointment_id', '=', visit).executeTakeFirstOrThrow()
  const ctx = desk.as('receptionist')
  const die = (channel: 'email' | 'whatsapp', to_address: string) => transact(ctx, (tx) => markDead(tx, ctx, { ...sent, channel, to_address }, '5.1.1'))
  await die('whatsapp', '+972501234501')
  expect(await tasks()).toEqual([])
  await die('email', 'sara@patients.example')
  expect(await tasks()).toEqual([{ patient_id: sara, status: 'open', closed_because: null, address: 'sara@patients.example' }])
  await die('email', 'nobody@patients.example') // changed while the mail was on its way
  expect(await tasks()).toHaveLength(1)
})

test('several that find it dead at once make one task', async () => {
  const message = { channel: 'sms' as const, to_address: '+972521234502', patient_id: ahmad, appointment_id: null, appointment_starts_at: null }
  const [ctx, worker] = [desk.as('receptionist'), contextOf(desk.services, desk.clinic.id)]
  await Promise.all([ctx, worker, ctx, worker].map((by) => transact(by, (tx) => askForAnotherAddress(tx, by, message))))
  expect(await tasks()).toEqual([{ patient_id: ahmad, status: 'open', closed_because: null, address: '+972521234502' }])
})

test('a number that is changed in the moment in which it proves dead leaves nothing to ask for', async () => {
  const client = await desk.database.ownerPool.connect()
  await client.query('begin')
  await client.query('select from patient where id = $1 for update', [ahmad])
  await client.query('update patient_phone set number = $1 where patient_id = $2', ['+972527654321', ahmad])
  const worker = contextOf(desk.services, desk.clinic.id)
  const asked = transact(worker, (tx) => askForAnotherAddress(tx, worker, { channel: 'sms', to_address: '+972521234502', patient_id: ahmad, appointment_id: null, appointment_starts_at: null }))
  await expect.poll(async () => (await desk.database.ownerPool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount, { timeout: 10_000 }).toBe(1)
  await client.query('commit')
  client.release()
  await asked
  expect(await tasks()).toEqual([{ patient_id: ahmad, status: 'kept', closed_because: 'changed', address: '+972521234502' }])
  expect((await events()).slice(-2).map(({ name }) => name)).toEqual(['task.made', 'task.closed'])
})

test('the worker sees and writes no other task, and deletes none', async () => {
  const [promise, own] = [uuid(), uuid()]
  const row = { clinic_id: desk.clinic.id, branch_id: desk.clinic.branches.center, patient_id: ahmad, due_at: day, assignee_role: 'receptionist' as const, created_at: day }
  await db.insertInto('task').values([{ ...row, id: promise, words: 'להתקשר', created_by: desk.clinic.staff.owner.id }, { ...row, id: own, words: '', about: 'dead_address', channel: 'sms', address: refused }]).execute()
  const asWorker = (statement: string): Promise<string[]> => transact({ pool: desk.database.workerPool, clinicId: desk.clinic.id }, async (tx) => {
    const { rows } = await sql.raw<{ id: string }>(statement).execute(tx)
    return rows.map(({ id }) => id)
  })
  expect(await asWorker('select id from task')).toEqual([own])
  expect(await asWorker("update task set status = 'broken', closed_at = due_at, outcome = '' returning id").catch((error: Error) => error.message)).toContain('row-level security') // it breaks none
  expect(await asWorker(`update task set outcome = 'x' where status = 'open' returning id`)).toEqual([own])
  for (const statement of ['delete from task', 'select words from task', "update task set words = 'x'", 'update task set patient_id = patient_id'])
    expect(await asWorker(statement).catch((error: Error) => error.message), statement).toContain('permission denied')
  for (const closed of ["closed_because = null", "closed_because = 'works'"]) expect(await asWorker(`update task set status = 'kept', closed_at = '2026-11-22', ${closed}`).catch((error: Error) => error.message), closed).toContain('row-level security')
  const other = `insert into task (clinic_id, id, branch_id, patient_id, words, due_at, assignee_role, created_at) values ('${desk.clinic.id}', '${uuid()}', '${row.branch_id}', '${ahmad}', 'x', '2026-11-22', 'receptionist', '2026-11-22')`
  expect(await asWorker(other).catch((error: Error) => error.message)).toContain('row-level security')
})
