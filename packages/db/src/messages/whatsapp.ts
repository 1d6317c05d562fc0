import { sql } from 'kysely'
import type { WhatsappTemplate } from '@yoman/domain/messages/whatsapp'
import type { Db, Tx } from '../database.ts'

export interface WhatsappSetting {
  /** The clinic's number at WhatsApp, E.164; null: nothing goes by WhatsApp. */
  sender: string | null
  /** At most one for a language. */
  templates: WhatsappTemplate[]
  /** 0 until the clinic sets something of its own. */
  version: number
}

export async function findWhatsappSetting(db: Db): Promise<WhatsappSetting> {
  const [setting, templates] = await Promise.all([
    db.selectFrom('whatsapp_setting').select(['sender', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).executeTakeFirst(),
    db.selectFrom('whatsapp_template').select(['language', 'content_sid as contentSid', 'body']).where('clinic_id', '=', sql<string>`current_clinic()`).orderBy('language').execute(),
  ])
  return { sender: setting?.sender ?? null, templates, version: setting?.version ?? 0 }
}

/** Writes the whole on top of `version`. @returns whether nobody was faster. */
export async function saveWhatsappSetting(tx: Tx, clinicId: string, { sender, templates, version }: WhatsappSetting): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into whatsapp_setting (clinic_id, sender)
    select current_clinic(), ${sender} where ${version}::int = 0 or exists (select from whatsapp_setting where clinic_id = current_clinic())
    on conflict (clinic_id) do update set sender = excluded.sender, version = whatsapp_setting.version + 1 where whatsapp_setting.version = ${version}::int
    returning version`.execute(tx)
  if (rows.length === 0) return false
  await tx.deleteFrom('whatsapp_template').where('clinic_id', '=', clinicId).execute()
  if (templates.length > 0) await tx.insertInto('whatsapp_template').values(templates.map(({ language, contentSid, body }) => ({ clinic_id: clinicId, language, content_sid: contentSid, body }))).execute()
  return true
}
