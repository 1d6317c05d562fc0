import { v7 as uuid } from 'uuid'
import { instant, plainTime } from '@yoman/domain/time'
import { castContext, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { expect, test } from 'vitest'
import { bookAppointment } from '../appointments/book.ts'
import { queueReminder } from './queue-reminder.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const { hadar } = cast
const desk = castContext(cast, hadar, 'receptionist', database.apiPool)

const waitsForLock = async (): Promise<boolean> =>
  (await database.ownerPool.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rows.length > 0

test('a reminder that falls due while the desk cancels its visit waits for the desk, and neither stands in the way of the other', async () => {
  await database.db.insertInto('reminder_rule').values({ clinic_id: hadar.id, id: uuid(), branch_id: null, days_before: 1, at_time: plainTime('10:00'), channel: 'sms' }).execute()
  const id = uuid()
  await bookAppointment(desk, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.sara, startsAt: instant('2026-11-25T08:00:00Z'),
  })
  const { id: reminderId } = await database.db.selectFrom('reminder').select('id').where('appointment_id', '=', id).executeTakeFirstOrThrow()

  // The desk's own two steps, held open in between.
  const client = await database.ownerPool.connect()
  await client.query('begin')
  await client.query('select from appointment where id = $1 for update', [id])
  const queued = queueReminder({ ...desk, pool: database.workerPool }, reminderId, () => ({ subject: '', body: 'words' }))
  await expect.poll(waitsForLock).toBe(true)
  await client.query(`update appointment set status = 'cancelled' where id = $1`, [id])
  await client.query(`update reminder set state = 'skipped', skip_reason = 'cancelled' where appointment_id = $1`, [id])
  await client.query('commit')
  client.release()

  expect(await queued).toBe('gone')
  const { rows } = await database.ownerPool.query(`select deadlocks::int from pg_stat_database where datname = current_database()`)
  expect(rows).toEqual([{ deadlocks: 0 }])
})
