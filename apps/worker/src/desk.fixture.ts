// What the worker's tests share: a clinic of the cast, the post office, and a worker whose clocks the test moves.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Context } from '@yoman/use-cases/context'
import { type Instant, instant, plainTime } from '@yoman/domain/time'
import { openFileStore } from '@yoman/file-store/config'
import { composeVisitMessage } from '@yoman/messaging/visits/compose'
import { type PostOffice, startPostOffice } from '@yoman/runtime/post-office/start'
import { type Cast, castContext, castId, castNow, type CastClinic, insertCast, testVault } from '@yoman/testing/cast'
import { type TestDatabase, testDatabase } from '@yoman/testing/database'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { systemClock } from '@yoman/use-cases/clock'
import { afterAll, expect } from 'vitest'
import type { WorkerConfig } from './config.ts'
import { openGateways } from './messages/gateways.ts'
import { migrateQueues } from './migrate-queues.ts'
import { relayOutbox } from './relay.ts'
import type { WorkerServices } from './services.ts'
import { queueDueReminders, resumeQueuedMessages, settleUnsettled } from './sweeps.ts'

export const accountSid = `AC${'0'.repeat(31)}1`
export const authToken = 'token-of-the-test'

/** A queue that is away: the worker then does its work in place, in the order in which it finds it. */
export const noQueue = { add: () => Promise.reject(new Error('there is no queue in this test')) }

export interface Desk {
  database: TestDatabase
  cast: Cast
  clinic: CastClinic
  office: PostOffice
  services: WorkerServices
  config: WorkerConfig
  /** The business clock; leases follow the machine's. */
  setNow(now: Instant | string): void
  /** Lets so many seconds of the machine's time pass for the worker. */
  passSeconds(seconds: number): void
  /** The machine's time is real again. */
  backToRealTime(): void
  /** As one of the staff, now. */
  as(who: 'receptionist' | 'doctor' | 'owner'): Context
  /** Books a talk with the doctor, which needs no place. @returns the appointment's id. */
  book(patient: keyof CastClinic['patients'], startsAt: string): Promise<string>
  /** Everything the worker does, in place, until it has nothing to do. */
  work(): Promise<void>
  /** The bodies that left for a number, from the post office's own ledger. */
  smsTo(number: string): string[]
}

/** @param own a database of the test's own server, where the server itself is what suffers. */
export async function openDesk(settings: Partial<WorkerConfig> = {}, own?: TestDatabase): Promise<Desk> {
  const database = own ?? (await testDatabase())
  await migrateQueues(database.ownerPool)
  const cast = await insertCast(database.apiPool)
  const clinic = cast.hadar
  const folder = await mkdtemp(join(tmpdir(), 'yoman-desk-'))
  const office = await startPostOffice({ dataDir: folder, accountSid, authToken, paceMs: 5, log: () => {} })
  const config: WorkerConfig = {
    databaseUrl: database.url, poolSize: 5, redisUrl: null, dataKey: Buffer.alloc(32, 7), blindIndexKey: Buffer.alloc(32, 9), publicUrl: 'http://127.0.0.1:9', demo: true, logLevel: 'silent',
    twilio: { accountSid, authToken, from: '+972559570100', messagingServiceSid: null, apiBaseUrl: office.httpUrl },
    taxAuthority: null, accountingOrigins: [], payPlusUrl: 'http://127.0.0.1:9', smtpUrl: office.smtpUrl, mailFrom: 'reminders@yoman.example', dkim: null, leaseSeconds: 60, lookupSeconds: 120, failpoint: null, files: { folder: join(folder, 'files'), s3: null }, ...settings,
  }
  let now = castNow
  let passed = 0
  const gateways = openGateways(config)
  const services: WorkerServices = {
    pool: database.workerPool, vault: testVault(), clock: { now: () => now }, machineClock: { now: () => systemClock.now().add({ seconds: passed }) },
    compose: composeVisitMessage, gateways, files: openFileStore(config.files), log: pino({ level: config.logLevel }), settings: config,
  }
  afterAll(async () => {
    gateways.mail.close()
    await office.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const as = (who: 'receptionist' | 'doctor' | 'owner'): Context => castContext(cast, clinic, who, database.apiPool, now)
  let booked = 0
  return {
    database, cast, clinic, office, services, config, as,
    setNow: (at) => void (now = typeof at === 'string' ? instant(at) : at),
    passSeconds: (seconds) => void (passed += seconds),
    backToRealTime: () => void (passed = 0),
    book: async (patient, startsAt) => {
      const id = castId('desk', String((booked += 1)))
      await bookAppointment(as('receptionist'), {
        id, branchId: clinic.branches.center, practitionerId: clinic.practitioners.doctor, visitTypeId: clinic.visitTypes.talk, patientId: clinic.patients[patient], startsAt: instant(startsAt),
      })
      return id
    },
    work: async () => {
      for (let done = 1; done > 0; ) done = (await queueDueReminders(services)) + (await relayOutbox(services, noQueue)) + (await resumeQueuedMessages(services, noQueue)) + (await settleUnsettled(services, noQueue))
      await office.idle()
    },
    smsTo: (number) => office.ledger.sent().filter((sms) => sms.to === number).map((sms) => sms.body),
  }
}

/** A rule of the clinic: the day before at ten, by SMS, unless told otherwise. */
export async function addRule(desk: Desk, rule: { daysBefore?: number; atTime?: string; channel?: 'sms' | 'email' } = {}): Promise<void> {
  const { daysBefore = 1, atTime = '10:00', channel = 'sms' } = rule
  await desk.database.db.insertInto('reminder_rule').values({ clinic_id: desk.clinic.id, id: castId('rule', channel, String(daysBefore), atTime), branch_id: null, days_before: daysBefore, at_time: plainTime(atTime), channel }).execute()
}

/** Waits until it holds; for what other processes do. */
export const eventually = (check: () => void | Promise<void>, seconds = 20): Promise<void> => expect.poll(async () => {
  try {
    await check()
    return 'so'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}, { timeout: seconds * 1_000, interval: 100 }).toBe('so')
