import { sql } from 'kysely'
import type { Db, Tx } from '../database.ts'

/** Answers that the desk gives often, in their order. */
export interface QuickTexts {
  items: string[]
  /** 0 until the clinic has some of its own. */
  version: number
}

export async function findQuickTexts(db: Db): Promise<QuickTexts> {
  const row = await db.selectFrom('quick_text').select(['items', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()
  return row ?? { items: [], version: 0 }
}

/** Writes on top of `version`. @returns whether nobody was faster. */
export async function saveQuickTexts(tx: Tx, { items, version }: QuickTexts): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into quick_text (clinic_id, items) select current_clinic(), ${items}::text[] where ${version}::int = 0 or exists (select from quick_text where clinic_id = current_clinic())
    on conflict (clinic_id) do update set items = excluded.items, version = quick_text.version + 1 where quick_text.version = ${version}::int
    returning version`.execute(tx)
  return rows.length > 0
}
