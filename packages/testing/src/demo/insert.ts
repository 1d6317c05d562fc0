import type { Pool } from '@yoman/db/connect'

type Row = Record<string, unknown>

/** Rows gathered by table, inserted together in the order in which the tables were first named. */
export interface Rows {
  add(table: string, row: Row): void
  count(table: string, which: (row: Row) => boolean): number
  insert(pool: Pool, clinicId: string): Promise<void>
}

const rowsAtOnce = 5_000

export function makeRows(): Rows {
  const tables = new Map<string, Row[]>()
  return {
    add: (table, row) => void (tables.get(table) ?? tables.set(table, []).get(table) ?? []).push(row),
    count: (table, which) => (tables.get(table) ?? []).filter(which).length,
    insert: (pool, clinicId) => insertAll(pool, clinicId, tables),
  }
}

async function insertAll(pool: Pool, clinicId: string, tables: Map<string, Row[]>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query("select set_config('app.clinic', $1, true)", [clinicId])
    for (const [table, rows] of tables)
      for (const alike of sameColumns(rows))
        for (let at = 0; at < alike.length; at += rowsAtOnce) await client.query(...insertStatement(table, alike.slice(at, at + rowsAtOnce)))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** Rows that leave a column out get its default, so each set of columns is a statement of its own. */
function sameColumns(rows: Row[]): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = Object.keys(row).join()
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()]
}

function insertStatement(table: string, rows: Row[]): [string, [string]] {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  return [`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`, [JSON.stringify(rows, toJson)]]
}

/** Buffers travel in Postgres' hex form. JSON.stringify calls Buffer.toJSON first, so the form to know is its result. */
function toJson(_key: string, value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value && Array.isArray(value.data))
    return `\\x${Buffer.from(value.data).toString('hex')}`
  return value
}
