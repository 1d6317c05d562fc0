import { findDueReminders } from '@yoman/db/reminders/queries'
import { type Due, findQueuedMessages, findUnsettledMessages } from '@yoman/db/messages/queries'
import { composeOfferMessage } from '@yoman/messaging/offers/compose'
import { expireHolds } from '@yoman/use-cases/appointments/expire-holds'
import { markUnknown } from '@yoman/use-cases/messages/reconcile-message'
import { soundPatients } from '@yoman/use-cases/patients/sound'
import { queueReminder } from '@yoman/use-cases/reminders/queue-reminder'
import { expireEntries, expireOffers } from '@yoman/use-cases/waitlist/expire'
import { acrossClinics } from '@yoman/use-cases/transact'
import { dispatch } from './dispatch.ts'
import type { Queues } from './queues.ts'
import { type WorkerServices, contextOf } from './services.ts'

const batch = 500
const atOnce = 5
/** A message younger than this is on its way by its own event. */
const graceSeconds = 15

/** Due reminders become messages, in batches until none is due. */
export async function queueDueReminders(services: WorkerServices): Promise<number> {
  let queued = 0
  for (;;) {
    const due = await acrossClinics(services.pool, (tx) => findDueReminders(tx, services.clock.now(), batch))
    const outcomes = await eachOf(services, due, 'a reminder', ({ clinicId, id }) => queueReminder(contextOf(services, clinicId), id, services.compose))
    queued += outcomes.filter((outcome) => outcome === 'queued').length
    const moved = outcomes.filter((outcome) => outcome !== 'gone').length
    if (due.length < batch || moved === 0) return queued
  }
}

/** Messages that nobody sends, although it is time: their job was lost, or they waited for an hour. */
export async function resumeQueuedMessages(services: WorkerServices, queues: Pick<Queues, 'add'>): Promise<number> {
  const due = await acrossClinics(services.pool, (tx) => findQueuedMessages(tx, services.clock.now().subtract({ seconds: graceSeconds }), batch))
  await eachOf(services, due, 'a message', ({ clinicId, id }) => dispatch(services, queues, { name: 'send-message', clinicId, subjectId: id, eventId: null }))
  return due.length
}

/** Senders that died leave messages of unknown outcome; those are looked up when their pause is over. */
export async function settleUnsettled(services: WorkerServices, queues: Pick<Queues, 'add'>): Promise<number> {
  const machineNow = services.machineClock.now()
  const found = await acrossClinics(services.pool, (tx) => findUnsettledMessages(tx, machineNow, batch))
  const lookAt = machineNow.add({ seconds: services.settings.lookupSeconds })
  await eachOf(services, found, 'an unsettled message', async ({ clinicId, id, state }) => {
    if (state === 'sending') await markUnknown(contextOf(services, clinicId), id, machineNow, lookAt)
    else await dispatch(services, queues, { name: 'look-up-message', clinicId, subjectId: id, eventId: null })
  })
  return found.length
}

/** Places that were kept while a call lasted are free again when their time is up. */
export async function releaseExpiredHolds(services: WorkerServices): Promise<number> {
  const clinics = await acrossClinics(services.pool, (tx) => tx.selectFrom('clinic').select('id').execute())
  const ended = await eachOf(services, clinics.map(({ id }) => ({ clinicId: id, id })), "a clinic's holds", ({ clinicId }) => expireHolds(contextOf(services, clinicId)))
  return ended.reduce((sum, count) => sum + count, 0)
}

/** Offers that nobody took in time make room for the next; entries whose last day is over leave the list. */
export async function settleWaitlists(services: WorkerServices): Promise<number> {
  const clinics = await acrossClinics(services.pool, (tx) => tx.selectFrom('clinic').select('id').execute())
  const ended = await eachOf(services, clinics.map(({ id }) => ({ clinicId: id, id })), "a clinic's waitlist", async ({ clinicId }) => {
    const ctx = contextOf(services, clinicId)
    return (await expireOffers(ctx, composeOfferMessage)) + (await expireEntries(ctx))
  })
  return ended.reduce((sum, count) => sum + count, 0)
}

/** How names sound is computed for records that a version before this one wrote; where all have it, a look at an empty index. */
export async function soundNames(services: WorkerServices): Promise<number> {
  const clinics = await acrossClinics(services.pool, (tx) => tx.selectFrom('clinic').select('id').execute())
  const done = await eachOf(services, clinics.map(({ id }) => ({ clinicId: id, id })), "a clinic's names", ({ clinicId }) => soundPatients(contextOf(services, clinicId)))
  return done.reduce((sum, count) => sum + count, 0)
}

/** A few at a time; one that fails is told and hinders no other. */
async function eachOf<D extends Due, T>(services: WorkerServices, all: readonly D[], what: string, work: (one: D) => Promise<T>): Promise<T[]> {
  const done: T[] = []
  const waiting = all.values()
  const lane = async (): Promise<void> => {
    for (const one of waiting) {
      try {
        done.push(await work(one))
      } catch (error) {
        services.log.error({ err: error, clinic: one.clinicId, id: one.id }, `${what} could not be handled; the next sweep tries again`)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return done
}
