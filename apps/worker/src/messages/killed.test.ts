import { addRule, eventually, openDesk } from '../desk.fixture.ts'
import { moveClock, startProcess } from '../process.fixture.ts'
import type { Failpoint } from '../failpoint.ts'
import { acrossClinics } from '@yoman/use-cases/transact'
import { instant } from '@yoman/domain/time'
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

it.each(cases)('killed %s with the queue on %s, a reminder still leaves exactly once', async (step, queue, day) => {
  const config = { ...desk.config, redisUrl: queue === 'Redis' ? redis.url : null }
  const before = desk.smsTo(ahmad).length
  const eve = instant(`${day}T08:00:00Z`).subtract({ hours: 24 }).toString()
  desk.setNow(instant(eve).subtract({ hours: 24 }))
  const appointment = await desk.book('ahmad', `${day}T07:00:00Z`)
  await moveClock(desk.database, eve)

  const dying = startProcess(config, { FAILPOINT: step })
  expect(await dying.ended, dying.output()).toEqual({ code: null, signal: 'SIGKILL' })

  const heir = startProcess(config)
  try {
    await eventually(async () => {
      const row = await desk.database.db.selectFrom('message').select(['state', 'provider_id']).where('appointment_id', '=', appointment).executeTakeFirst()
      expect(row).toMatchObject({ state: 'sent' })
      expect(row?.provider_id).toBeTruthy()
      expect(await acrossClinics(desk.services.pool, (tx) => tx.selectFrom('outbox').select('event_id').execute())).toEqual([])
      expect(heir.output()).toContain('at work') // also where nothing was left to it; before that it knows no graceful end
    }, 40)
  } finally {
    await heir.stop()
  }
  expect(desk.smsTo(ahmad).slice(before), heir.output()).toHaveLength(1)
  expect((await heir.ended).code).toBe(0)
}, 120_000)

it('killed after the call, a reminder by WhatsApp still leaves exactly once', async () => {
  const [clinic_id, by] = [desk.clinic.id, `whatsapp:${ahmad}`]
  await desk.database.db.insertInto('whatsapp_setting').values({ clinic_id, sender: '+972559570177' }).execute()
  const body = 'تذكير بموعدك {date} الساعة {time} في عيادتنا' // of a template whose words the provider was told otherwise
  await desk.database.db.insertInto('whatsapp_template').values({ clinic_id, language: 'ar', content_sid: `HX${'b'.repeat(32)}`, body }).execute()
  await desk.database.db.updateTable('patient').set({ language: 'ar' }).where('id', '=', desk.clinic.patients.ahmad).execute()
  await desk.database.db.updateTable('reminder_rule').set({ channel: 'whatsapp', fallback_channels: ['sms'] }).execute()
  desk.setNow('2026-12-14T08:00:00Z')
  const appointment = await desk.book('ahmad', '2026-12-16T07:00:00Z')
  await moveClock(desk.database, '2026-12-15T08:00:00Z')
  const smsBefore = desk.smsTo(ahmad).length

  const dying = startProcess(desk.config, { FAILPOINT: 'after_call' })
  expect(await dying.ended, dying.output()).toEqual({ code: null, signal: 'SIGKILL' })
  expect(desk.smsTo(by)).toHaveLength(1)
  const heir = startProcess(desk.config)
  try {
    await eventually(async () => {
      const row = await desk.database.db.selectFrom('message').select(['channel', 'state']).where('appointment_id', '=', appointment).executeTakeFirst()
      expect(row).toEqual({ channel: 'whatsapp', state: 'sent' })
    }, 40)
  } finally {
    await heir.stop()
  }
  expect(desk.smsTo(by), heir.output()).toHaveLength(1)
  expect(desk.smsTo(ahmad)).toHaveLength(smsBefore)
}, 120_000)
