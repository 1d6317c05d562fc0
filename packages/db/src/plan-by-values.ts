import { sql } from 'kysely'
import type { Db } from './database.ts'

/**
 * Plans the statements of this transaction by their values. Elsewhere a plan is made once for all values (connect.ts), which is right for rows
 * that are looked up by id. What a list is filtered by, and which days a report is of, is the difference between a walk along an index and a
 * look at every row. For a transaction that writes, too; one that only reads has `readByValues`.
 */
export const planByValues = async (db: Db): Promise<void> => void (await sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(db))
