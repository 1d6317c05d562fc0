import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** Names, in both languages, and prices as the list has them now, to be copied into a plan. */
export const pricesForPlans = (db: Db, ids: readonly string[]) =>
  db.selectFrom('price_item').select(['id', 'name', 'name_en', 'price_agorot']).where(sql<boolean>`id = any(${[...ids]}::uuid[])`).execute()
