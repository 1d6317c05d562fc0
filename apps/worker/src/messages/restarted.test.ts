import { acrossClinics } from '@yoman/use-cases/transact'
import { makeDatabase } from '@yoman/testing/database'
import { ownPostgres } from '@yoman/testing/own-postgres'
import { afterAll, expect, it } from 'vitest'
import { addRule, eventually } from '../desk.fixture.ts'
import { moveClock, startProcess } from '../process.fixture.ts'
import { acceptedFor, bookMany, expectInvariant, openStormDesk } from './storm.fixture.ts'

// A server of its own, whose lines are cut: the other tests' databases live on the shared one.
const postgres = await ownPostgres()
const database = await makeDatabase({ clusterUrl: postgres.url, onLost: () => {} })
afterAll(() => database.drop())
const desk = await openStormDesk(database)
await addRule(desk)

const [evening, ten] = ['2026-12-14T06:30:00Z', '2026-12-14T08:00:30Z'] // a Monday; at ten the reminders of Tuesday leave
const accepted = (): number => desk.office.ledger.sent().length

it('a Postgres that is stopped in the middle of sending, once fast and once as by a power cut, and started again: each reminder leaves once, and every row is final', async () => {
  desk.setNow(evening)
  const ids = [...(await bookMany(desk, 48, '2026-12-15T06:00:00Z')), ...(await bookMany(desk, 36, '2026-12-15T06:00:00Z', 'otherDoctor'))]
  await desk.office.faults.set({ sms: { delayMs: 400 } }) // so that calls are under way whenever it stops, and some are still to come
  const workers = [startProcess(desk.config), startProcess(desk.config)]
  const output = (): string => workers.map((worker) => worker.output()).join('\n')
  const ended: unknown[] = []
  for (const worker of workers) void worker.ended.then((how) => ended.push(how))
  try {
    await eventually(() => expect(workers.filter((worker) => worker.output().includes('at work'))).toHaveLength(2), 30)
    desk.setNow(ten)
    await moveClock(database, ten)
    for (const [how, reached] of [['fast', 6], ['immediate', 30]] as const) {
      await expect.poll(accepted, { interval: 5, timeout: 30_000 }).toBeGreaterThan(reached)
      await postgres.stop(how)
      expect(accepted(), 'stopped before all of it had left').toBeLessThan(ids.length)
      await expect(database.ownerPool.query('select 1')).rejects.toThrow()
      await postgres.start()
      await moveClock(database, ten) // wakes the sweeps, which would look by themselves within half a minute
    }
    await eventually(async () => {
      await database.ownerPool.query('notify demo_clock')
      expect(await statesOf(ids)).toEqual({ settled: ids.length, waiting: 0, outbox: 0 })
    }, 40)
    expect(ended, output()).toEqual([])
    for (const worker of workers) {
      await eventually(() => expect(worker.output().lastIndexOf('the queue is back')).toBeGreaterThan(worker.output().lastIndexOf('the queue cannot be reached')))
      const told = worker.output().split('\n').filter((line) => /the queue (cannot be reached|stumbled)|leases of jobs/.test(line))
      expect(told.length, `a line for each outage, and not for each attempt:\n${told.join('\n')}`).toBeLessThan(20)
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
  expect(ended, output()).toEqual([{ code: 0, signal: null }, { code: 0, signal: null }])

  await desk.office.idle()
  await expectInvariant(desk)
  const messages = await database.db.selectFrom('message').select(['id', 'appointment_id']).where('appointment_id', 'in', ids).execute()
  expect(messages).toHaveLength(ids.length)
  for (const { id } of messages) expect(acceptedFor(desk, id), id).toHaveLength(1)
}, 120_000)

/** How many messages about these visits are final, and what is still to be done. */
async function statesOf(ids: string[]): Promise<{ settled: number; waiting: number; outbox: number }> {
  const rows = await database.db.selectFrom('message').select('state').where('appointment_id', 'in', ids).execute()
  const settled = rows.filter(({ state }) => state === 'sent' || state === 'delivered').length
  const outbox = await acrossClinics(desk.services.pool, (tx) => tx.selectFrom('outbox').select('event_id').execute())
  return { settled, waiting: rows.length - settled, outbox: outbox.length }
}
