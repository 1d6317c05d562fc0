import { sql } from 'kysely'
import { NotFound, Refusal } from '@yoman/domain/refusal'
import type { Tx } from './database.ts'

type Versioned = 'clinic' | 'branch' | 'staff' | 'resource' | 'visit_type' | 'price_item' | 'price_list' | 'organisation' | 'custom_field' | 'form'

/**
 * Writes changes on top of `version` and counts it up; an empty change only counts up, for what hangs on the row.
 * Throws `stale_version` (with `current`) when somebody was faster, `NotFound` where the row is not there.
 * @param changes by the wire's names: `nameEn` goes to `name_en`. The contract refuses names that are no column.
 */
export async function saveVersion(tx: Tx, table: Versioned, id: string, version: number, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const sets = Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [] : [sql`${sql.ref(columnOf(name))} = ${value}`]))
  const { rows } = await sql<{ version: number }>`
    update ${sql.table(table)} set ${sql.join([...sets, sql`version = version + 1`])} where id = ${id}::uuid and version = ${version} returning version`.execute(tx)
  if (rows.length > 0) return
  const found = await sql<{ version: number }>`select version from ${sql.table(table)} where id = ${id}::uuid`.execute(tx)
  const [current] = found.rows
  throw current ? new Refusal('stale_version', { current: current.version }) : new NotFound(table)
}

export const columnOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
