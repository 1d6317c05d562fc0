import { type Insertable, sql } from 'kysely'
import type { Db, Tx } from '../database.ts'
import type { MessageTemplateTable, MessageTemplateVersionTable } from './table.ts'

export interface TemplateKey {
  kind: MessageTemplateTable['kind']
  channel: MessageTemplateTable['channel']
  language: MessageTemplateTable['language']
}

/** The clinic's own texts. */
export const listTemplates = (db: Db) =>
  db.selectFrom('message_template').select(['kind', 'channel', 'language', 'subject', 'body', 'version']).where('clinic_id', '=', sql<string>`current_clinic()`).execute()

/** Writes the text over that of `version`, 0 where there is none yet. @returns false where somebody else wrote meanwhile. */
export async function saveTemplateOver(tx: Tx, clinicId: string, key: TemplateKey, version: number, text: { subject: string; body: string }): Promise<boolean> {
  if (version === 0) {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('message_template')
      .values({ clinic_id: clinicId, ...key, ...text })
      .onConflict((on) => on.columns(['clinic_id', 'kind', 'channel', 'language']).doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 1n
  }
  const { numUpdatedRows } = await tx
    .updateTable('message_template')
    .set({ ...text, version: version + 1 })
    .where('clinic_id', '=', clinicId)
    .where('kind', '=', key.kind)
    .where('channel', '=', key.channel)
    .where('language', '=', key.language)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Keeps what was written, beside what stands now; only ever added to. */
export async function insertTemplateVersion(tx: Tx, row: Insertable<MessageTemplateVersionTable>): Promise<void> {
  await tx.insertInto('message_template_version').values(row).execute()
}

/** What the clinic wrote, newest first, with who wrote it. */
export const listTemplateVersions = (db: Db, { kind, channel, language }: TemplateKey) =>
  db.selectFrom('message_template_version as v').leftJoin('staff as s', (on) => on.onRef('s.clinic_id', '=', 'v.clinic_id').onRef('s.id', '=', 'v.written_by'))
    .select(['v.version', 'v.subject', 'v.body', 's.name as writtenBy', 'v.written_at as writtenAt'])
    .where('v.clinic_id', '=', sql<string>`current_clinic()`).where('v.kind', '=', kind).where('v.channel', '=', channel).where('v.language', '=', language)
    .orderBy('v.version', 'desc').execute()
