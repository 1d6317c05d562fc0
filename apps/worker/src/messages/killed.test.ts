import { addRule, eventually, openDesk } from '../desk.fixture.ts'
import { startProcess } from '../process.fixture.ts'
import type { Failpoint } from '../failpoint.ts'
import { acrossClinics } from '@yoman/use-cases/transact'
import { instant } from '@yoman/domain/time'
import { systemClock } from '@yoman/use-cases/clock'
import { expect, it } from 'vitest'

const desk = await openDesk()
await addRule(desk)
const ahmad = '+972521234502'

const steps: Failpoint[] = ['before_claim', 'after_claim', 'before_call', 'after_call', 'after_settle']
const days = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-07', '2026-12-08']

/** Moves the demo's clock, which the worker's processes follow. */
async function moveClock(to: string): Promise<void> {
  const offset = instant(to).epochMilliseconds - systemClock.now().epochMilliseconds
  await desk.database.ownerPool.query('update demo_clock set offset_ms = $1', [offset])
  await desk.database.ownerPool.query('notify demo_clock')
}

it.each(steps.map((step, index) => [step, days[index] ?? ''] as const))('killed %s, a reminder still leaves exactly once', async (step, day) => {
  const before = desk.smsTo(ahmad).length
  const eve = instant(`${day}T08:00:00Z`).subtract({ hours: 24 }).toString()
  desk.setNow(instant(eve).subtract({ hours: 24 }))
  const appointment = await desk.book('ahmad', `${day}T07:00:00Z`)
  await moveClock(eve)

  const dying = startProcess(desk.config, { FAILPOINT: step })
  expect(await dying.ended, dying.output()).toEqual({ code: null, signal: 'SIGKILL' })

  const heir = startProcess(desk.config)
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
