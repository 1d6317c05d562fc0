import { sql } from 'kysely'
import type { SendingHours } from '@yoman/domain/reminders/sending-hours'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

export interface SendingSetting {
  /** Parts of SMS in a day; null: no ceiling. */
  smsADay: number | null
  /** SMS in a minute; null: as fast as the provider takes them. */
  smsAMinute: number | null
  /** 0 until the clinic sets something of its own. */
  version: number
}

export async function findSendingSetting(db: Db): Promise<SendingSetting> {
  const row = await db.selectFrom('sending_setting').select(['sms_a_day', 'sms_a_minute', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()
  return row ? { smsADay: row.sms_a_day, smsAMinute: row.sms_a_minute, version: row.version } : { smsADay: null, smsAMinute: null, version: 0 }
}

/** Writes on top of `version`. @returns whether nobody was faster. */
export async function saveSendingSetting(tx: Tx, { smsADay, smsAMinute, version }: SendingSetting): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into sending_setting (clinic_id, sms_a_day, sms_a_minute)
    select current_clinic(), ${smsADay}::int, ${smsAMinute}::int where ${version}::int = 0 or exists (select from sending_setting where clinic_id = current_clinic())
    on conflict (clinic_id) do update set sms_a_day = excluded.sms_a_day, sms_a_minute = excluded.sms_a_minute, version = sending_setting.version + 1
      where sending_setting.version = ${version}::int
    returning version`.execute(tx)
  return rows.length > 0
}

/** The zone by which the clinic's day begins: that of its first branch. */
export async function zoneOfClinic(db: Db): Promise<string> {
  const row = await db.selectFrom('branch').select('time_zone').where('clinic_id', '=', sql<string>`current_clinic()`).orderBy('created_at').orderBy('id').limit(1).executeTakeFirst()
  return row?.time_zone ?? 'Asia/Jerusalem'
}

/** When messages may leave that belong to no branch: on the clock of the first. */
export async function hoursOfClinic(db: Db): Promise<SendingHours> {
  const zone = await zoneOfClinic(db)
  const clinic = await db.selectFrom('clinic').select(['quiet_from as quietFrom', 'quiet_to as quietTo', 'eve_cutoff as eveCutoff', 'sabbath_policy as sabbathPolicy']).where('id', '=', sql<string>`current_clinic()`).executeTakeFirstOrThrow()
  return { zone, ...clinic }
}

/** Parts of SMS that left since a moment; a WhatsApp and a call count as one each. */
export async function partsSince(db: Db, since: Instant): Promise<number> {
  const { rows } = await sql<{ parts: number }>`select coalesce(sum(parts), 0)::int as parts from message where clinic_id = current_clinic() and channel <> 'email' and sent_at >= ${since}`.execute(db)
  return rows[0]?.parts ?? 0
}

export interface Allowance {
  day: PlainDate
  dayStart: Instant
  /** The full minute of now. */
  minute: Instant
  parts: number
  mostADay: number | null
  mostAMinute: number | null
}

/**
 * Takes the parts of one message from what the clinic may send, or says which limit is in the way. The row of the day is locked
 * until the transaction ends, so that any number of senders together stay below the ceiling. Who read the clock before they waited
 * for the row counts into the minute that is under way.
 */
export async function takeAllowance(tx: Tx, { day, dayStart, minute, parts, mostADay, mostAMinute }: Allowance): Promise<'taken' | 'ceiling' | 'pace'> {
  await sql`insert into sending_day (clinic_id, day, parts, minute, in_minute)
    select current_clinic(), ${day}, (select coalesce(sum(m.parts), 0) from message m where m.clinic_id = current_clinic() and m.channel <> 'email' and m.sent_at >= ${dayStart}), ${minute}, 0
    on conflict (clinic_id, day) do nothing`.execute(tx)
  const { rows } = await sql<{ parts: number; inMinute: number }>`
    select parts, case when minute >= ${minute} then in_minute else 0 end as "inMinute" from sending_day where clinic_id = current_clinic() and day = ${day} for update`.execute(tx)
  const now = rows[0] ?? { parts: 0, inMinute: 0 }
  if (mostADay !== null && now.parts + parts > mostADay) return 'ceiling'
  if (mostAMinute !== null && now.inMinute >= mostAMinute) return 'pace'
  await sql`update sending_day set parts = ${now.parts + parts}, minute = greatest(minute, ${minute}), in_minute = ${now.inMinute + 1} where clinic_id = current_clinic() and day = ${day}`.execute(tx)
  return 'taken'
}

/** What hinders the clinic's messages from leaving or arriving, since a moment. */
export interface Troubles {
  /** Messages that our account or its settings kept from leaving, by the provider's code. */
  account: { code: string; messages: number }[]
  /** Waiting, or given up, because the day's ceiling is reached. */
  atCeiling: number
  /** Of unknown outcome at this moment. */
  unknown: number
  /** Known to have been carried twice. */
  doubled: number
}

export async function troublesSince(db: Db, accountCodes: readonly string[], since: Instant): Promise<Troubles> {
  const { rows } = await sql<Troubles>`
    select coalesce((select json_agg(json_build_object('code', t.code, 'messages', t.n) order by t.n desc, t.code) from (
        select error_code as code, count(*)::int as n from message where clinic_id = current_clinic() and created_at >= ${since}
          and state in ('queued', 'failed') and error_code = any(${[...accountCodes]}::text[]) group by error_code) t), '[]') as account,
      (select count(*)::int from message where clinic_id = current_clinic() and ((state = 'queued' and error_code = 'daily_ceiling') or (state = 'skipped' and error_code = 'over_ceiling')) and created_at >= ${since}) as "atCeiling",
      (select count(*)::int from message where clinic_id = current_clinic() and state = 'unknown' and created_at >= ${since}) as unknown,
      (select count(*)::int from message where clinic_id = current_clinic() and doubled_at >= ${since} and created_at >= ${since}) as doubled`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a count always has a row')
  return row
}
