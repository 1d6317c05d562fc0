import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

export interface VoiceSetting {
  /** The number that the clinic calls from, E.164; null: no calls. */
  caller: string | null
  /** Of one call that is answered, in thousandths of a shekel; null where the clinic did not say. */
  callPrice: number | null
  /** 0 until the clinic sets something of its own. */
  version: number
}

export async function findVoiceSetting(db: Db): Promise<VoiceSetting> {
  const row = await db.selectFrom('voice_setting').select(['caller', 'call_price as callPrice', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst()
  return row ?? { caller: null, callPrice: null, version: 0 }
}

/** Writes on top of `version`. @returns whether nobody was faster. */
export async function saveVoiceSetting(tx: Tx, { caller, callPrice, version }: VoiceSetting): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into voice_setting (clinic_id, caller, call_price)
    select current_clinic(), ${caller}, ${callPrice}::integer where ${version}::int = 0 or exists (select from voice_setting where clinic_id = current_clinic())
    on conflict (clinic_id) do update set caller = excluded.caller, call_price = excluded.call_price, version = voice_setting.version + 1 where voice_setting.version = ${version}::int
    returning version`.execute(tx)
  return rows.length > 0
}

/**
 * Whether another call of the clinic to this number is under way: being made, made a moment ago and not over as far as we heard, or perhaps
 * made, for as long as its lease says. Holds the number until the transaction ends, so that of two claims one sees the other.
 * @param sentSince by the business clock; a call that was sent before counts as over. @param machineNow by which leases count.
 */
export async function isOnThePhone(tx: Tx, { number, messageId, sentSince, machineNow }: { number: string; messageId: string; sentSince: Instant; machineNow: Instant }): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('call ' || current_clinic()::text || ${number}::text, 0))`.execute(tx) // a statement of its own: the next one sees who went before
  const { rows } = await sql`
    select from message m where m.clinic_id = current_clinic() and m.channel = 'voice' and m.to_address = ${number} and m.id <> ${messageId}::uuid
      and (m.state = 'sending' or (m.state = 'unknown' and m.lease_until > ${machineNow}::timestamptz) or (m.state = 'sent' and m.sent_at > ${sentSince}::timestamptz)) limit 1`.execute(tx)
  return rows.length > 0
}
