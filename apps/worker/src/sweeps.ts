import { type DueReminder, findDueReminders } from '@yoman/db/reminders/queries'
import { measureSending } from '@yoman/db/messages/gauges'
import { type Due, findQueuedMessages, findUnsettledMessages, findWithoutReceipt } from '@yoman/db/messages/queries'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { lateAfterMinutes } from '@yoman/domain/reminders/account'
import { composeDebtMessage } from '@yoman/messaging/debts/compose'
import { composeOfferMessage } from '@yoman/messaging/offers/compose'
import { expireHolds } from '@yoman/use-cases/appointments/expire-holds'
import { markUnknown } from '@yoman/use-cases/messages/reconcile-message'
import { noteAsked, takeReceipt } from '@yoman/use-cases/messages/take-receipt'
import { receiptWaitingMoney, visitsWithWaitingMoney } from '@yoman/use-cases/invoices/receipt-waiting'
import { type MaturedCheque, maturedCheques, taxMaturedCheque } from '@yoman/use-cases/invoices/tax-matured-cheques'
import { dueDebts, remindOfDebt } from '@yoman/use-cases/debts/remind'
import { soundPatients } from '@yoman/use-cases/patients/sound'
import { queueReminder } from '@yoman/use-cases/reminders/queue-reminder'
import { queueTogether } from '@yoman/use-cases/reminders/queue-together'
import { expireEntries, expireOffers } from '@yoman/use-cases/waitlist/expire'
import { acrossClinics } from '@yoman/use-cases/transact'
import { dispatch } from './dispatch.ts'
import type { Queues } from './queues.ts'
import { type WorkerServices, contextOf } from './services.ts'

const batch = 500
const atOnce = 5
/** So many reminders become messages in one transaction. */
const together = 50
/** A message younger than this is on its way by its own event. */
const graceSeconds = 15

/** Due reminders become messages, in batches until none is due. */
export async function queueDueReminders(services: WorkerServices): Promise<number> {
  let queued = 0
  for (;;) {
    const due = await acrossClinics(services.pool, (tx) => findDueReminders(tx, services.clock.now(), batch))
    const many = await eachOf(services, alike(due), 'due reminders', ({ clinicId, channel, ids }) => queueTogether(contextOf(services, clinicId), channel, ids, services.compose))
    const done = new Set(many.flatMap((ids) => [...ids]))
    const outcomes = await eachOf(services, due.filter(({ id }) => !done.has(id)), 'a reminder', ({ clinicId, id }) => queueReminder(contextOf(services, clinicId), id, services.compose))
    queued += done.size + outcomes.filter((outcome) => outcome === 'queued').length
    const moved = done.size + outcomes.filter((outcome) => outcome !== 'gone').length
    if (due.length < batch || moved === 0) return queued
  }
}

/** Reminders of one clinic and channel, a transaction's worth at a time. */
function alike(due: readonly DueReminder[]): (DueReminder & { ids: string[] })[] {
  const parts: (DueReminder & { ids: string[] })[] = []
  const open = new Map<string, { ids: string[] }>()
  for (const one of due) {
    const key = `${one.clinicId} ${one.channel}`
    const part = open.get(key)
    if (part && part.ids.length < together) part.ids.push(one.id)
    else {
      const fresh = { ...one, ids: [one.id] }
      open.set(key, fresh)
      parts.push(fresh)
    }
  }
  return parts
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

/** Receipts come within minutes; what has none by then is asked about, each half hour, for a day. */
const receiptMinutes = 10
const askAgainMinutes = 30
const receiptDayHours = 24

/** Text messages and calls whose receipt was lost or is late: the provider is asked where they stand. */
export async function askForReceipts(services: WorkerServices): Promise<number> {
  const [now, machineNow] = [services.clock.now(), services.machineClock.now()]
  const found = await acrossClinics(services.pool, (tx) => findWithoutReceipt(tx, { from: now.subtract({ hours: receiptDayHours }), to: now.subtract({ minutes: receiptMinutes }) }, machineNow.subtract({ minutes: askAgainMinutes }), batch))
  const changed = await eachOf(services, found, 'a missing receipt', async ({ clinicId, id, providerId, channel }) => {
    await noteAsked(contextOf(services, clinicId), id, machineNow)
    const standing = await (channel === 'voice' ? services.gateways.calls.statusOfCall(providerId) : services.gateways.sms.statusOf(providerId))
    return standing === null ? 'nothing' : takeReceipt(contextOf(services, clinicId), id, { providerId, ...standing })
  })
  return changed.filter((outcome) => outcome === 'changed').length
}

/** Counts what is under way, for /metrics. @returns 0: a measurement is no work done. */
export async function measure(services: WorkerServices): Promise<number> {
  await acrossClinics(services.pool, (tx) => measureSending(tx, services.clock.now(), services.machineClock.now(), lateAfterMinutes))
  return 0
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

/** Cheques that were receipted for a later day get their tax invoice on that day; those of a clinic one after the other, in the order of their days, `page` read at a time. */
export async function taxCheques(services: WorkerServices, page = 100): Promise<number> {
  const clinics = await acrossClinics(services.pool, (tx) => tx.selectFrom('clinic').select('id').execute())
  const done = await eachOf(services, clinics.map(({ id }) => ({ clinicId: id, id })), "a clinic's cheques", async ({ clinicId }) => {
    const ctx = contextOf(services, clinicId)
    let written = 0
    // Past those that cannot be written, as below.
    for (let after: MaturedCheque | null = null; ; ) {
      const cheques: (Due & MaturedCheque)[] = (await maturedCheques(ctx, after, page)).map((cheque) => ({ ...cheque, clinicId, id: cheque.paymentId }))
      written += (await eachOf(services, cheques, 'a matured cheque', (cheque) => taxMaturedCheque(ctx, cheque, moneyText), 1)).filter((one) => one).length
      if (cheques.length < page) return written
      after = cheques.at(-1) ?? null
    }
  })
  return done.reduce((sum, count) => sum + count, 0)
}

/** Money that waited for its visit's document past the day on which it came gets a document of its own; of a clinic one after the other, `page` read at a time. */
export async function receiptWaiting(services: WorkerServices, page = 100): Promise<number> {
  const clinics = await acrossClinics(services.pool, (tx) => tx.selectFrom('clinic').select('id').execute())
  const done = await eachOf(services, clinics.map(({ id }) => ({ clinicId: id, id })), "a clinic's waiting money", async ({ clinicId }) => {
    const ctx = contextOf(services, clinicId)
    let receipted = 0
    // Past those that cannot be written: they wait for the next sweep, the others do not wait for them.
    for (let after: string | null = null; ; ) {
      const ids: string[] = await visitsWithWaitingMoney(ctx, after, page)
      receipted += (await eachOf(services, ids.map((id) => ({ clinicId, id })), 'waiting money', ({ id }) => receiptWaitingMoney(ctx, id, moneyText), 1)).filter((one) => one).length
      if (ids.length < page) return receipted
      after = ids.at(-1) ?? null
    }
  })
  return done.reduce((sum, count) => sum + count, 0)
}

/** Who owes is reminded by the clinic's next step; of each patient one document at a time. */
export async function remindOfDebts(services: WorkerServices): Promise<number> {
  const clinics = await acrossClinics(services.pool, (tx) => tx.selectFrom('clinic').select('id').execute())
  const done = await eachOf(services, clinics.map(({ id }) => ({ clinicId: id, id })), "a clinic's debts", async ({ clinicId }) => {
    const ctx = contextOf(services, clinicId)
    const due = (await dueDebts(ctx)).map((one) => ({ ...one, clinicId, id: one.invoiceId }))
    const outcomes = await eachOf(services, due, 'a debt', (one) => remindOfDebt(ctx, one, composeDebtMessage))
    return outcomes.filter((outcome) => outcome !== 'gone').length
  })
  return done.reduce((sum, count) => sum + count, 0)
}

/** How names sound is computed for records that a version before this one wrote; where all have it, a look at an empty index. */
export async function soundNames(services: WorkerServices): Promise<number> {
  const clinics = await acrossClinics(services.pool, (tx) => tx.selectFrom('clinic').select('id').execute())
  const done = await eachOf(services, clinics.map(({ id }) => ({ clinicId: id, id })), "a clinic's names", ({ clinicId }) => soundPatients(contextOf(services, clinicId)))
  return done.reduce((sum, count) => sum + count, 0)
}

/** A few at a time; one that fails is told and hinders no other. */
export async function eachOf<D extends Due, T>(services: WorkerServices, all: readonly D[], what: string, work: (one: D) => Promise<T>, lanes = atOnce): Promise<T[]> {
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
  await Promise.all(Array.from({ length: lanes }, lane))
  return done
}
