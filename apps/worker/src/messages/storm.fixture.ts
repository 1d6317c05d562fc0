// What the fault tests share: the API's real door for receipts, an evening full of visits, and the invariant that holds after anything.
import fastify from 'fastify'
import type { ApiServices } from '@yoman/api/services'
import { twilioHooks } from '@yoman/api/webhooks/twilio'
import { instant } from '@yoman/domain/time'
import type { Call } from '@yoman/runtime/post-office/calls'
import type { Sms } from '@yoman/runtime/post-office/ledger'
import { castId } from '@yoman/testing/cast'
import type { TestDatabase } from '@yoman/testing/database'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { acrossClinics } from '@yoman/use-cases/transact'
import { afterAll, expect } from 'vitest'
import { type Desk, accountSid, authToken, noQueue, openDesk } from '../desk.fixture.ts'
import { relayOutbox } from '../relay.ts'
import type { WorkerServices } from '../services.ts'
import { queueDueReminders, resumeQueuedMessages, settleUnsettled } from '../sweeps.ts'

export interface StormDesk extends Desk {
  /** Where receipts go, for posting one by hand. */
  origin: string
}

/** A desk whose receipts arrive: the post office posts them, signed, to the API's own webhook. */
export async function openStormDesk(own?: TestDatabase): Promise<StormDesk> {
  const app = fastify({ logger: false })
  const services: Partial<ApiServices> = { twilio: { accountSid, authToken }, clock: { now: () => desk.services.clock.now() } }
  twilioHooks(app, services as ApiServices) // the door needs no more of them than stands here
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  afterAll(() => app.close())
  const desk = await openDesk({ publicUrl: origin }, own)
  Object.assign(services, { publicUrl: origin, pool: desk.database.apiPool, vault: desk.cast.vault })
  return { ...desk, origin }
}

/** Visits of five minutes one after the other with a doctor, from a moment on. @returns their ids. */
export async function bookMany(desk: Desk, count: number, from: string, practitioner: 'doctor' | 'otherDoctor' = 'doctor'): Promise<string[]> {
  const { clinic } = desk
  const patients = [clinic.patients.ahmad, clinic.patients.sara]
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const id = castId('storm', practitioner, from, String(index))
    await bookAppointment(desk.as('owner'), {
      id, branchId: practitioner === 'doctor' ? clinic.branches.center : clinic.branches.north, practitionerId: clinic.practitioners[practitioner], visitTypeId: clinic.visitTypes.talk,
      patientId: patients[index % patients.length] ?? '', startsAt: instant(from).add({ minutes: 5 * index }), durationMinutes: 5,
    })
    ids.push(id)
  }
  return ids
}

/** One worker's round over everything it has to do, without a queue. @returns how much it found. */
export const round = async (services: WorkerServices): Promise<number> =>
  (await queueDueReminders(services)) + (await relayOutbox(services, noQueue)) + (await resumeQueuedMessages(services, noQueue)) + (await settleUnsettled(services, noQueue))

/** What the provider accepted for a message of ours, by the id in the address of its receipts. */
export const acceptedFor = (desk: Desk, messageId: string): Sms[] => desk.office.ledger.sent().filter((sms) => sms.statusCallback?.endsWith(messageId))

/** The calls that the provider accepted for a message of ours. */
export const callsFor = (desk: Desk, messageId: string): Call[] => desk.office.ledger.calls.all().filter(({ statusCallback }) => statusCallback?.includes(messageId))

/** At most one accepted message for each row, every row final or waiting for its hour, and nothing left to hand on: by the provider's own ledger. */
export async function expectInvariant(desk: Desk): Promise<void> {
  const rows = await desk.database.db.selectFrom('message').select(['id', 'state', 'kind', 'appointment_id', 'error_code', 'not_before']).where('channel', '<>', 'email').execute()
  const counts = new Map<string, number>()
  for (const { statusCallback = '' } of [...desk.office.ledger.sent(), ...desk.office.ledger.calls.all()]) counts.set(statusCallback, (counts.get(statusCallback) ?? 0) + 1)
  expect([...counts].filter(([, count]) => count > 1), 'accepted more than once').toEqual([])
  const accepted = new Set([...counts.keys()].map((address) => address.replace(/\/status$/, '').replace(/^.*\//, '')))
  const now = desk.services.clock.now().epochMilliseconds
  expect(rows.filter(({ state, not_before }) => ['sending', 'unknown'].includes(state) || (state === 'queued' && not_before.epochMilliseconds <= now)), 'not final').toEqual([])
  expect(rows.filter(({ id, state }) => ['sent', 'delivered'].includes(state) && !accepted.has(id)), 'said to be sent, and unknown to the provider').toEqual([])
  expect(rows.filter(({ id, state }) => ['queued', 'skipped'].includes(state) && accepted.has(id)), 'sent, and said not to be').toEqual([])
  expect(await desk.database.db.selectFrom('reminder').select('id').where('state', '=', 'planned').where('due_at', '<=', desk.services.clock.now()).execute(), 'due and forgotten').toEqual([])
  expect(await acrossClinics(desk.services.pool, (tx) => tx.selectFrom('outbox').select('event_id').execute()), 'not handed on').toEqual([])
}
