import { pino } from 'pino'
import { testRedis } from '@yoman/testing/redis'
import { instant } from '@yoman/domain/time'
import { systemClock } from '@yoman/use-cases/clock'
import { demoClock } from '@yoman/use-cases/demo-clock'
import { afterAll, describe, expect, it } from 'vitest'
import { addRule, eventually, openDesk, type Desk } from './desk.fixture.ts'
import { relayOutbox } from './relay.ts'
import { runJob } from './run-job.ts'
import type { Job } from './jobs.ts'
import { openQueues } from './queues.ts'
import { queueDueReminders } from './sweeps.ts'
import { type RunningWorker, startWorker } from './worker.ts'

const ahmad = '+972521234502'
const log = pino({ level: 'silent' })

/** Books a visit and moves the demo's clock, for all processes, to the hour of its reminder. */
async function makeDue(desk: Desk, startsAt: string): Promise<string> {
  desk.setNow(instant(startsAt).subtract({ hours: 47 }))
  const id = await desk.book('ahmad', startsAt)
  await demoClock(desk.database.workerPool).moveTo(instant(startsAt).subtract({ hours: 23 }))
  return id
}

const settled = (desk: Desk, ids: readonly string[]) => async () => {
  const rows = await desk.database.db.selectFrom('message').select(['appointment_id', 'state']).where('appointment_id', 'in', ids).execute()
  expect(rows.map(({ state }) => state)).toEqual(ids.map(() => 'sent'))
  expect(await desk.database.db.selectFrom('outbox').selectAll().execute()).toEqual([])
}

async function carriesOn(desk: Desk, workers: number): Promise<void> {
  await addRule(desk)
  const running: RunningWorker[] = []
  try {
    for (let index = 0; index < workers; index += 1) running.push(await startWorker({ ...desk.config, leaseSeconds: 4 }, log))
    const ids: string[] = []
    for (const minute of ['00', '20', '40']) ids.push(await makeDue(desk, `2026-12-02T08:${minute}:00Z`))
    await eventually(settled(desk, ids), 30)
    expect(desk.smsTo(ahmad)).toHaveLength(3)
  } finally {
    await Promise.all(running.map((worker) => worker.stop()))
  }
}

describe('on Postgres alone', async () => {
  const desk = await openDesk()
  it('every due reminder leaves once, with two workers side by side', () => carriesOn(desk, 2))
})

describe('on Redis', async () => {
  const redis = await testRedis()
  afterAll(() => redis.drop())
  const desk = await openDesk({ redisUrl: redis.url })

  it('every due reminder leaves once, with two workers side by side', () => carriesOn(desk, 2))

  it('that is stopped, flushed, killed and started again, every due reminder still leaves once', async () => {
    const before = desk.smsTo(ahmad).length
    const worker = await startWorker({ ...desk.config, leaseSeconds: 2 }, log)
    const ids: string[] = []
    try {
      await redis.stop()
      ids.push(await makeDue(desk, '2026-12-08T07:00:00Z')) // while it is away: the work is done without it
      await eventually(() => expect(desk.smsTo(ahmad)).toHaveLength(before + 1), 30)
      await redis.start()
      ids.push(await makeDue(desk, '2026-12-08T08:00:00Z'))
      await redis.flush()
      ids.push(await makeDue(desk, '2026-12-08T09:00:00Z'))
      await redis.kill()
      ids.push(await makeDue(desk, '2026-12-08T11:00:00Z'))
      await redis.start()
      await redis.flush()
      await eventually(settled(desk, ids), 60)
    } finally {
      await worker.stop()
    }
    expect(desk.smsTo(ahmad)).toHaveLength(before + 4)
  }, 150_000)

  it('that forgets what it was given loses nothing', async () => {
    const before = desk.smsTo(ahmad).length
    const id = await makeDue(desk, '2026-12-07T07:00:00Z')
    const forgetful = await openQueues({ ...desk.config, leaseSeconds: 2, log })
    const quick = { ...desk.services, clock: { now: () => instant('2026-12-06T08:00:00Z') }, settings: { ...desk.config, leaseSeconds: 2 } }
    expect(await queueDueReminders(quick)).toBe(1)
    expect(await relayOutbox(quick, forgetful)).toBeGreaterThan(0)
    await redis.flush()
    await forgetful.close()
    const worker = await startWorker({ ...desk.config, leaseSeconds: 2 }, log)
    try {
      await eventually(settled(desk, [id]), 30)
      expect(desk.smsTo(ahmad)).toHaveLength(before + 1)
    } finally {
      await worker.stop()
    }
  })

  it('that is away at the start is waited for, and the work goes on meanwhile', async () => {
    await redis.stop()
    const before = desk.smsTo(ahmad).length
    const worker = await startWorker({ ...desk.config, leaseSeconds: 4 }, log)
    try {
      const id = await makeDue(desk, '2026-12-09T07:00:00Z')
      await eventually(settled(desk, [id]), 30)
      expect(desk.smsTo(ahmad)).toHaveLength(before + 1)
      await redis.start()
    } finally {
      await worker.stop()
    }
  })
})

describe('the relay', async () => {
  const desk = await openDesk()

  it('gives each of two hundred events to one of three relays, in order of their age', async () => {
    const { db } = desk.database
    const now = systemClock.now()
    const rows = Array.from({ length: 200 }, (_, index) => ({ id: `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`, at: now.subtract({ seconds: 1_000 - index }) }))
    await db.insertInto('event').values(rows.map(({ id, at }) => ({ clinic_id: desk.clinic.id, id, at, name: 'appointment.moved', actor_kind: 'system' as const, actor_id: null, session_id: null, request_id: null, ip: null, subject_type: 'appointment', subject_id: id, patient_id: null, branch_id: null }))).execute()
    await db.insertInto('outbox').values(rows.map(({ id, at }) => ({ clinic_id: desk.clinic.id, event_id: id, name: 'appointment.moved', subject_id: id, created_at: at }))).execute()
    const taken: Job[] = []
    const queue = { add: async (...all: Job[]) => void taken.push(...all) }
    const counts = await Promise.all([1, 2, 3].map(() => relayOutbox(desk.services, queue)))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(200)
    expect(new Set(taken.map(({ eventId }) => eventId)).size).toBe(200)
    // Handed out is not done: until its job has run, an event comes back when its lease ends.
    expect(await relayOutbox(desk.services, queue)).toBe(0)
    desk.passSeconds(61)
    expect(await relayOutbox(desk.services, queue)).toBe(200)
    for (const job of taken.slice(0, 200)) await runJob(desk.services, job)
    desk.passSeconds(61)
    expect(await relayOutbox(desk.services, queue)).toBe(0)
  })
})
