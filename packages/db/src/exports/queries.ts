import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { Json } from '../json.ts'

/** A table as it leaves: its file's name, and the columns that number its rows (beside the clinic), with their types. */
export interface ExportTable {
  name: string
  key: readonly (readonly [column: string, type: 'uuid' | 'text' | 'integer' | 'date'])[]
}

export type ExportedRow = { [column: string]: Json }

/** The columns of the tables that this role may read, in their order. */
export async function columnsOf(db: Db, tables: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ table_name: string; columns: string[] }>`
    select table_name::text, array_agg(column_name::text order by ordinal_position) as columns from information_schema.columns
    where table_schema = 'public' and table_name = any(${[...tables]}::text[]) group by table_name`.execute(db)
  return new Map(rows.map((row) => [row.table_name, row.columns]))
}

/** The next rows of a table by its key, as JSON; bytes as `\x…`. Names come from our own list, never from a request. */
export async function exportRows(db: Db, table: ExportTable, after: readonly string[] | null, limit: number): Promise<ExportedRow[]> {
  const key = sql.join(table.key.map(([column]) => sql.ref(`t.${column}`)))
  const from = after ? sql`and (${key}) > (${sql.join(table.key.map(([, type], place) => sql`${after[place]}::${sql.raw(type)}`))})` : sql``
  const { rows } = await sql<{ row: ExportedRow }>`
    select to_jsonb(t) - 'clinic_id' as row from ${sql.table(table.name)} t where t.clinic_id = current_clinic() ${from} order by ${key} limit ${limit}`.execute(db)
  return rows.map(({ row }) => row)
}
