import { sql } from 'kysely'
import type { Db } from '../database.ts'

export interface DebtSetting {
  /** From a document's date to the day it is due. */
  daysToPay: number
  /** 0 until the clinic sets something of its own. */
  version: number
}

export async function findDebtSetting(db: Db): Promise<DebtSetting> {
  const row = await db.selectFrom('debt_setting').select(['days_to_pay', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()
  return row ? { daysToPay: row.days_to_pay, version: row.version } : { daysToPay: 0, version: 0 }
}
