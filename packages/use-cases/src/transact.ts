import { asRefusal, isPlanOutdated, isRetryable } from '@yoman/db/constraints'
import type { Client, Pool } from '@yoman/db/connect'
import type { Db, Tx } from '@yoman/db/database'
import { kyselyOn } from '@yoman/db/kysely-on'
import type { Planned } from '@yoman/db/send'
import { isUuid } from '@yoman/domain/ids'

/** The least that opens a clinic's rows. */
export interface Scope {
  pool: Pool
  clinicId: string
}

/**
 * The only opener of writing transactions: everything in `work` happens, or nothing. Done again once after a deadlock or a race for an id, so
 * `work` must have no effect but through `tx`. Database violations come out as the refusals they stand for.
 */
export const transact = <T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transactInFlight(scope, async (tx) => ({ result: await work(tx), sent: [] }))

/** What a work that does not wait for its last writes gives back: they fail the transaction as if it had waited. */
export interface InFlight<T> {
  result: T
  sent: readonly Promise<unknown>[]
}

/** The same for a hot path: the commit travels in one flight with the last writes. */
export async function transactInFlight<T>(scope: Scope, work: (tx: Tx) => Promise<InFlight<T>>, how?: Planned): Promise<T> {
  const begin = beginIn(scope.clinicId, '', how)
  try {
    return await write(scope.pool, begin, work, how)
  } catch (error) {
    if (!isRetryable(error)) throw asRefusal(error)
  }
  return write(scope.pool, begin, work, how).catch((error) => Promise.reject(asRefusal(error)))
}

/** The same as `transact` for a write that adds up many rows, each statement planned by its values as in `readByValues`. */
export const transactByValues = <T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transactInFlight(scope, async (tx) => ({ result: await work(tx), sent: [] }), 'by values')

/** Reads of one clinic, all of one transaction so that they see the scope. */
export const read = <T>(scope: Scope, work: (db: Db) => Promise<T>): Promise<T> =>
  look(scope.pool, beginIn(scope.clinicId), work)

/**
 * The same for filtered lists and reports, which look through many rows: each statement is planned by its values, those within SQL functions as
 * Postgres thinks best. Planned once for all values (connect.ts) the list of a hundred thousand documents took longer than a statement may.
 */
export const readByValues = <T>(scope: Scope, work: (db: Db) => Promise<T>): Promise<T> =>
  look(scope.pool, beginIn(scope.clinicId, '', 'by values'), work, 'by values')

/** The same where several looks have to agree, such as sums that are compared: all of them see what stood when the first one looked. */
export const readStill = <T>(scope: Scope, work: (db: Db) => Promise<T>): Promise<T> =>
  look(scope.pool, beginIn(scope.clinicId, ' isolation level repeatable read read only', 'by values'), work, 'by values')

/** Before a clinic is known: whose login, session or refresh token is this? Sees those tables alone. */
export const signingIn = <T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> =>
  look(pool, "begin; select set_config('app.purpose', 'sign_in', true)", work)

/** A provider's callback: which clinic does this message or number belong to? */
export const takingCallback = <T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> =>
  look(pool, "begin; select set_config('app.purpose', 'callback', true)", work)

/** A patient's link: whose offer does this token open? Sees the offers alone. */
export const answeringOffer = <T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> =>
  look(pool, "begin; select set_config('app.purpose', 'offer', true)", work)

/** A patient's link: whose visit does this token open? Sees the links alone. */
export const answeringVisit = <T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> =>
  look(pool, "begin; select set_config('app.purpose', 'visit', true)", work)

/** A patient's link: whose form does this token open? Sees the forms that were given alone. */
export const fillingForm = <T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> =>
  look(pool, "begin; select set_config('app.purpose', 'form', true)", work)

/** A calendar program knows a token alone: whose is it? Sees the feeds. */
export const readingFeed = <T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> =>
  look(pool, "begin; select set_config('app.purpose', 'feed', true)", work)

/** How much is late, over all clinics: a number for whoever watches the machines. */
export const countingLate = <T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> =>
  look(pool, "begin; select set_config('app.purpose', 'late', true)", work)

/** A screen on a wall knows its secret alone: whose is it? Sees the screens. */
export const showingScreen = <T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> =>
  look(pool, "begin; select set_config('app.purpose', 'screen', true)", work)

/** The worker's sweeps, over the few tables whose policies let it see every clinic. */
export const acrossClinics = <T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> =>
  write(pool, 'begin', async (tx) => ({ result: await work(tx), sent: [] }))

/** One write of theirs, which nothing waits to read: it travels with the commit. */
export const writeAcrossClinics = (pool: Pool, work: (tx: Tx) => Promise<unknown>): Promise<void> =>
  write(pool, 'begin', async (tx) => ({ result: undefined, sent: [work(tx)] }))

/** What belongs to no clinic: counters of failed sign-ins, the link that sets up an empty system. Sees no clinic's rows. */
export const outsideClinics = <T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> =>
  write(pool, 'begin', async (tx) => ({ result: await work(tx), sent: [] }))

// The scope rides in the same message as `begin`, which takes no parameters: hence the check of the id's form.
function beginIn(clinicId: string, mode = '', how: Planned = 'once'): string {
  if (!isUuid(clinicId)) throw new Error('a clinic id is a uuid')
  return `begin${mode}; select set_config('app.clinic', '${clinicId}', true)${how === 'once' ? '' : `, set_config('plan_cache_mode', 'auto', true)`}`
}

const write = <T>(pool: Pool, begin: string, work: (tx: Tx) => Promise<InFlight<T>>, how?: Planned): Promise<T> => onPlansOfNow(pool, () => writeOnce(pool, begin, work, how))
const look = <T>(pool: Pool, begin: string, work: (db: Db) => Promise<T>, how?: Planned): Promise<T> => onPlansOfNow(pool, () => lookOnce(pool, begin, work, how))

/**
 * A migration may change a table under the statements that a connection has prepared for it. Such a connection is closed where
 * it shows, and the whole transaction done again, on each connection of the pool if need be: an old version runs on the new schema.
 */
async function onPlansOfNow<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  for (let left = pool.options.max; ; left -= 1) {
    try {
      return await work()
    } catch (error) {
      if (left <= 0 || !isPlanOutdated(error)) throw error
    }
  }
}

async function writeOnce<T>(pool: Pool, begin: string, work: (tx: Tx) => Promise<InFlight<T>>, how?: Planned): Promise<T> {
  const client = await pool.connect()
  const begun = start(client, begin)
  let broken: Error | undefined
  try {
    // The brand says "inside a transaction", which only this function can promise.
    const { result, sent } = await work(kyselyOn(client, how) as Tx)
    await begun
    const [{ command }] = await Promise.all([commitBehind(client, sent), ...sent])
    if (command !== 'COMMIT') throw new Error('the transaction had failed before its commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (broken = lost))
    if (isPlanOutdated(error)) broken = error
    throw error
  } finally {
    client.release(broken)
  }
}

/**
 * Sends the commit behind writes that were not waited for. Only when this turn of the loop is over: by then all of them have left,
 * and one that could not even be sent has failed, which the database would never hear of.
 */
async function commitBehind(client: Client, sent: readonly Promise<unknown>[]) {
  if (sent.length === 0) return client.query('commit')
  const unsent: { reason?: unknown } = {}
  for (const write of sent) write.catch((reason: unknown) => (unsent.reason = reason))
  await new Promise((resolve) => setImmediate(resolve))
  if ('reason' in unsent) throw unsent.reason
  return client.query('commit')
}

async function lookOnce<T>(pool: Pool, begin: string, work: (db: Db) => Promise<T>, how?: Planned): Promise<T> {
  const client = await pool.connect()
  const begun = start(client, begin)
  let broken: Error | undefined
  try {
    const result = await work(kyselyOn(client, how))
    await begun
    return result
  } catch (error) {
    if (isPlanOutdated(error)) broken = error
    throw error
  } finally {
    // Nothing was written, so the answer need not wait for the end of the transaction; the connection does.
    client.query('rollback').then(() => client.release(broken), (lost: Error) => client.release(lost))
  }
}

/** Sends `begin` without waiting for its answer: the first statement of the work travels in the same flight. */
function start(client: Client, begin: string): Promise<unknown> {
  const begun = client.query(begin)
  begun.catch(() => {}) // told by the caller's `await begun`; this only keeps an early failure from being "unhandled"
  return begun
}
