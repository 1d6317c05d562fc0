import type { PoolClient } from 'pg'
import type { Db } from '@yoman/db/database'
import { kyselyOn } from '@yoman/db/kysely-on'

/** One statement of the product as its driver sends it, with the places of the values that change from call to call. */
export interface Statement {
  text: string
  /** Its values for a call: those of the sample, with each sample value replaced by the call's own. */
  values(own: ReadonlyMap<unknown, unknown>): unknown[]
}

/** The SQL of a query, taken from the query itself, so that the bare baseline runs what the product runs. */
export async function capture(query: (db: Db) => Promise<unknown>): Promise<Statement> {
  const seen: { text: string; values: unknown[] }[] = []
  const recorder = {
    query: (sent: { text: string; values: unknown[] }) => {
      seen.push(sent)
      return Promise.reject(new Recorded())
    },
  }
  // Only `query` is ever called by the driver over one client.
  await query(kyselyOn(recorder as unknown as PoolClient)).catch((error: unknown) => {
    if (!(error instanceof Recorded)) throw error
  })
  const [first] = seen
  if (!first) throw new Error('the query sent nothing')
  return { text: first.text, values: (own) => first.values.map((value) => (own.has(value) ? own.get(value) : value)) }
}

class Recorded extends Error {}
