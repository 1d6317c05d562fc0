import { sql } from 'kysely'
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
