import type { PoolClient } from 'pg'

/** Whether a statement is planned once for each connection, or each time for its values. */
export type Planned = 'once' | 'by values'

const namesBySql = new Map<string, string>()
const mostNamed = 400 // statements kept prepared on each connection; rarer ones are parsed each time

/**
 * Sends one statement, prepared under a stable name so that Postgres plans it once for each connection; or under none, so that it is
 * planned by its values. Temporal values travel as their ISO text.
 */
export async function send(client: PoolClient, text: string, parameters: readonly unknown[], how: Planned = 'once') {
  const name = how === 'once' ? statementName(text) : undefined
  const values = parameters.map(toWire)
  return client.query(name === undefined ? { text, values } : { name, text, values })
}

function statementName(text: string): string | undefined {
  const known = namesBySql.get(text)
  if (known !== undefined || namesBySql.size >= mostNamed) return known
  const name = `q${namesBySql.size}`
  namesBySql.set(text, name)
  return name
}

function toWire(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return value.map(toWire)
  if (Symbol.toStringTag in value && String(value[Symbol.toStringTag]).startsWith('Temporal.')) return String(value)
  return JSON.stringify(value)
}
