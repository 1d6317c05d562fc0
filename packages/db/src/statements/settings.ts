import { sql } from 'kysely'
import type { StatementReaders } from '@yoman/domain/statements/statement'
import type { Db, Tx } from '../database.ts'

export interface StatementSetting {
  readers: StatementReaders
  /** The day of the month after on which they begin, 1 to 21. */
  day: number
  /** 0 until the clinic sets something of its own. */
  version: number
}

export async function findStatementSetting(db: Db): Promise<StatementSetting> {
  const row = await db.selectFrom('statement_setting').select(['readers', 'day', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()
  return row ?? { readers: 'nobody', day: 1, version: 0 }
}

/** Writes on top of `version`, 0 where there is nothing yet. @returns whether nobody was faster. */
export async function saveStatementSetting(tx: Tx, { readers, day, version }: StatementSetting): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into statement_setting (clinic_id, readers, day)
    select current_clinic(), ${readers}::text, ${day}::int where ${version}::int = 0 or exists (select from statement_setting where clinic_id = current_clinic())
    on conflict (clinic_id) do update set readers = excluded.readers, day = excluded.day, version = statement_setting.version + 1
      where statement_setting.version = ${version}::int
    returning version`.execute(tx)
  return rows.length > 0
}
