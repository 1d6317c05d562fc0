import { findReadings, findTests, findUnqueued } from '@yoman/db/accounting/connection'
import { findDueEntries } from '@yoman/db/accounting/entries'
import { type Pushed, pushEntry, queueDocuments } from '@yoman/use-cases/accounting/push'
import { readBack } from '@yoman/use-cases/accounting/read-back'
import type { Accounting } from '@yoman/use-cases/accounting/secret'
import { tryConnection } from '@yoman/use-cases/accounting/try-connection'
import { acrossClinics } from '@yoman/use-cases/transact'
import { contextOf, type WorkerServices } from '../services.ts'

/** Entries of one clinic in one run, one after the other, and clinics side by side: a slow service keeps its own clinic waiting. Two calls each, so that a long queue stays below the hundred calls a minute that Priority is said to take. */
const ofEachClinic = 8
const mostAtOnce = 400
const clinicsAtOnce = 4
/** Looking for an entry may open a session, and so may writing it: five answers of fifteen seconds, twice. */
const longestPushSeconds = 150

/** Sends entries of issued documents to the services of their clinics; what was issued is found first. @returns how many the services took. */
export async function pushEntries(services: WorkerServices): Promise<number> {
  const tools = accountingOf(services)
  for (const { clinicId } of await acrossClinics(services.pool, findUnqueued)) await told(services, clinicId, () => queueDocuments(contextOf(services, clinicId), tools))
  const due = await acrossClinics(services.pool, (tx) => findDueEntries(tx, services.machineClock.now(), ofEachClinic, mostAtOnce))
  const clinics = [...new Set(due.map(({ clinicId }) => clinicId))]
  return sum(await inLanes(clinics.map((clinic) => () => pushOf(services, tools, clinic, due.filter(({ clinicId }) => clinicId === clinic).map(({ id }) => id)))))
}

/** Stops where the service gives no answer: the next run tries it again. */
async function pushOf(services: WorkerServices, tools: Accounting, clinicId: string, ids: readonly string[]): Promise<number> {
  let taken = 0
  for (const id of ids) {
    const outcome = await told(services, clinicId, () => pushEntry(contextOf(services, clinicId), tools, id))
    if (outcome === 'waiting' || outcome === 'unauthorised') break
    if (isTaken(outcome)) taken += 1
  }
  return taken
}

const isTaken = (outcome: Pushed | undefined): boolean => outcome === 'sent' || outcome === 'accepted' || outcome === 'different'

/** Looks whether new connections work, and reads ledgers back: each night, and when somebody asks. @returns how many it did. */
export async function readLedgers(services: WorkerServices): Promise<number> {
  const tools = accountingOf(services)
  const now = services.machineClock.now()
  const tests = await acrossClinics(services.pool, (tx) => findTests(tx, now))
  const tried = await inLanes(tests.map(({ clinicId }) => () => told(services, clinicId, () => tryConnection(contextOf(services, clinicId), tools))))
  const readings = await acrossClinics(services.pool, (tx) => findReadings(tx, now))
  const read = await inLanes(readings.map(({ clinicId }) => () => told(services, clinicId, () => readBack(contextOf(services, clinicId), tools))))
  return tried.length + read.length
}

export const accountingOf = ({ gateways, machineClock, settings }: WorkerServices): Accounting => ({ open: remembered(gateways.accounting), machineClock, leaseSeconds: Math.max(settings.leaseSeconds, longestPushSeconds) })

/** A service is opened once a run: it may have a session. */
function remembered(open: Accounting['open']): Accounting['open'] {
  const opened = new Map<string, ReturnType<Accounting['open']>>()
  return (target, secret) => {
    const key = JSON.stringify([target, secret])
    const service = opened.get(key) ?? open(target, secret)
    opened.set(key, service)
    return service
  }
}

async function inLanes<T>(work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const waiting = [...work]
  const done: T[] = []
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) done.push(await next())
  }
  await Promise.all(Array.from({ length: clinicsAtOnce }, lane))
  return done
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

async function told<T>(services: WorkerServices, clinic: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    services.log.error({ err: error, clinic }, 'the accounting service of a clinic could not be served; the next sweep tries again')
    return undefined
  }
}
