import { addRule, eventually, openDesk } from '../desk.fixture.ts'
import { startProcess } from '../process.fixture.ts'
import type { Failpoint } from '../failpoint.ts'
import { acrossClinics } from '@yoman/use-cases/transact'
import { instant } from '@yoman/domain/time'
import { systemClock } from '@yoman/use-cases/clock'
import { testRedis } from '@yoman/testing/redis'
import { afterAll, expect, it } from 'vitest'

const redis = await testRedis()
afterAll(() => redis.drop())
const desk = await openDesk()
await addRule(desk)
const ahmad = '+972521234502'

const cases: [Failpoint, 'Postgres' | 'Redis', string][] = [
  ['before_claim', 'Postgres', '2026-12-01'],
  ['after_claim', 'Redis', '2026-12-02'],
  ['before_call', 'Postgres', '2026-12-03'],
  ['after_call', 'Redis', '2026-12-07'],
  ['after_settle', 'Postgres', '2026-12-08'],
  ['after_call', 'Postgres', '2026-12-09'],
]

/** Moves the demo's clock, which the worker's processes follow. */
async function moveClock(to: string): Promise<void> {
  const offset = instant(to).epochMilliseconds - systemClock.now().epochMilliseconds
  await desk.database.ownerPool.query('update demo_clock set offset_ms = $1', [offset])
  await desk.database.ownerPool.query('notify demo_clock')
}

it.each(cases)('killed %s with the queue on %s, a reminder still leaves exactly once', async (step, queue, day) => {
  const config = { ...desk.config, redisUrl: queue === 'Redis' ? redis.url : null }
  const before = desk.smsTo(ahmad).length
  const eve = instant(`${day}T08:00:00Z`).subtract({ hours: 24 }).toString()
  desk.setNow(instant(eve).subtract({ hours: 24 }))
  const appointment = await desk.book('ahmad', `${day}T07:00:00Z`)
  await moveClock(eve)

  const dying = startProcess(config, { FAILPOINT: step })
  expect(await dying.ended, dying.output()).toEqual({ code: null, signal: 'SIGKILL' })

  const heir = startProcess(config)
  try {
    await eventually(async () => {
      const row = await desk.database.db.selectFrom('message').select(['state', 'provider_id']).where('appointment_id', '=', appointment).executeTakeFirst()
      expect(row).toMatchObject({ state: 'sent' })
      expect(row?.provider_id).toBeTruthy()
      expect(await acrossClinics(desk.services.pool, (tx) => tx.selectFrom('outbox').select('event_id').execute())).toEqual([])
    }, 40)
  } finally {
    await heir.stop()
  }
  expect(desk.smsTo(ahmad).slice(before), heir.output()).toHaveLength(1)
  expect((await heir.ended).code).toBe(0)
})
