import { sql } from 'kysely'
import { noticeGraceMinutes } from '@yoman/domain/messages/notice-due'
import type { Db, Tx } from '../database.ts'

export interface ReminderSetting {
  /** So many minutes a notice of a change waits before it leaves, 0 to 15. */
  graceMinutes: number
  /** Of one SMS part, in thousandths of a shekel; null where the clinic did not say. */
  smsPartPrice: number | null
  /** 0 until the clinic sets something of its own. */
  version: number
}

export async function findReminderSetting(db: Db): Promise<ReminderSetting> {
  const row = await db.selectFrom('reminder_setting').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()
  return row ? { graceMinutes: row.grace_minutes, smsPartPrice: row.sms_part_price, version: row.version } : { graceMinutes: noticeGraceMinutes, smsPartPrice: null, version: 0 }
}

/** Writes on top of `version`. @returns whether nobody was faster. */
export async function saveReminderSetting(tx: Tx, { graceMinutes, smsPartPrice, version }: ReminderSetting): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into reminder_setting (clinic_id, grace_minutes, sms_part_price)
    select current_clinic(), ${graceMinutes}::smallint, ${smsPartPrice}::integer where ${version}::int = 0 or exists (select from reminder_setting where clinic_id = current_clinic())
    on conflict (clinic_id) do update set grace_minutes = excluded.grace_minutes, sms_part_price = excluded.sms_part_price, version = reminder_setting.version + 1
      where reminder_setting.version = ${version}::int
    returning version`.execute(tx)
  return rows.length > 0
}
