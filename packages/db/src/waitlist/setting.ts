import { sql } from 'kysely'
import type { SendingHours } from '@yoman/domain/reminders/sending-hours'
import type { PlainTime } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

export interface WaitlistSetting {
  offerMinutes: number
  offerNext: boolean
  /** 0 until the clinic sets something of its own. */
  version: number
}

/** The clinic's own, else ours: a quarter of an hour, and the desk asks. */
export async function findWaitlistSetting(db: Db): Promise<WaitlistSetting> {
  const row = await db.selectFrom('waitlist_setting').select(['offer_minutes', 'offer_next', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()
  return row ? { offerMinutes: row.offer_minutes, offerNext: row.offer_next, version: row.version } : { offerMinutes: 15, offerNext: false, version: 0 }
}

/** Writes on top of `version`. @returns whether nobody was faster. */
export async function saveWaitlistSetting(tx: Tx, { offerMinutes, offerNext, version }: WaitlistSetting): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into waitlist_setting (clinic_id, offer_minutes, offer_next)
    select current_clinic(), ${offerMinutes}::smallint, ${offerNext}::boolean where ${version}::int = 0 or exists (select from waitlist_setting where clinic_id = current_clinic())
    on conflict (clinic_id) do update set offer_minutes = excluded.offer_minutes, offer_next = excluded.offer_next, version = waitlist_setting.version + 1
      where waitlist_setting.version = ${version}::int
    returning version`.execute(tx)
  return rows.length > 0
}

/** When messages may leave from a branch. Undefined where there is no such branch. */
export async function sendingHoursOf(db: Db, branchId: string): Promise<SendingHours | undefined> {
  const { rows } = await sql<{ zone: string; quietFrom: PlainTime; quietTo: PlainTime; eveCutoff: PlainTime; sabbathPolicy: 'back' | 'forward' }>`
    select b.time_zone as zone, c.quiet_from as "quietFrom", c.quiet_to as "quietTo", c.eve_cutoff as "eveCutoff", c.sabbath_policy as "sabbathPolicy"
    from branch b join clinic c on c.id = b.clinic_id where b.clinic_id = current_clinic() and b.id = ${branchId}`.execute(db)
  return rows[0]
}
