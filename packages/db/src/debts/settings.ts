import { sql } from 'kysely'
import { type DebtStep, suggestedSteps } from '@yoman/domain/debts/steps'
import type { Db, Tx } from '../database.ts'

export interface DebtSetting {
  /** From a document's date to the day it is due. */
  daysToPay: number
  /** Whether the worker reminds by itself. */
  reminding: boolean
  /** 0 until the clinic sets something of its own. */
  version: number
}

export async function findDebtSetting(db: Db): Promise<DebtSetting> {
  const row = await db.selectFrom('debt_setting').select(['days_to_pay', 'reminding', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()
  return row ? { daysToPay: row.days_to_pay, reminding: row.reminding, version: row.version } : { daysToPay: 0, reminding: false, version: 0 }
}

/** In their order. Those that we suggest until the clinic sets its own. */
export async function findDebtSteps(db: Db, { version }: Pick<DebtSetting, 'version'>): Promise<DebtStep[]> {
  if (version === 0) return [...suggestedSteps]
  const rows = await db.selectFrom('debt_step').select(['step', 'after_days', 'way']).where('clinic_id', '=', sql<string>`current_clinic()`).orderBy('step').execute()
  return rows.map(({ step, after_days, way }) => ({ step, afterDays: after_days, way }))
}

/** Writes on top of `version`, 0 where there is nothing yet. @returns whether nobody was faster. */
export async function saveDebtSetting(tx: Tx, clinicId: string, { daysToPay, reminding, version }: DebtSetting, steps: readonly DebtStep[]): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into debt_setting (clinic_id, days_to_pay, reminding)
    select current_clinic(), ${daysToPay}::int, ${reminding}::boolean where ${version}::int = 0 or exists (select from debt_setting where clinic_id = current_clinic())
    on conflict (clinic_id) do update set days_to_pay = excluded.days_to_pay, reminding = excluded.reminding, version = debt_setting.version + 1
      where debt_setting.version = ${version}::int
    returning version`.execute(tx)
  if (rows.length === 0) return false
  await tx.deleteFrom('debt_step').where('clinic_id', '=', clinicId).execute()
  if (steps.length > 0) await tx.insertInto('debt_step').values(steps.map(({ step, afterDays, way }) => ({ clinic_id: clinicId, step, after_days: afterDays, way }))).execute()
  return true
}
