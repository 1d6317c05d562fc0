import { type Insertable, type Selectable, type Updateable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { MessageReceiptTable, MessageTable } from './table.ts'

export type MessageRow = Selectable<MessageTable>

/** Writes a message unless its reason (`dedupe_key`) has one already. @returns whether it was written. */
export async function insertMessage(tx: Tx, row: Insertable<MessageTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.insertInto('message').values(row).onConflict((on) => on.constraint('message_once').doNothing()).executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export const findMessage = (db: Db, id: string): Promise<MessageRow | undefined> =>
  db.selectFrom('message').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).executeTakeFirst()

/** The row, kept from everyone else until the transaction ends. */
export const lockMessage = (tx: Tx, id: string): Promise<MessageRow | undefined> =>
  tx.selectFrom('message').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).forUpdate().executeTakeFirst()

export async function saveMessage(tx: Tx, id: string, changes: Updateable<MessageTable>): Promise<void> {
  await tx.updateTable('message').set(changes).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).execute()
}

/** Whether this very notice is written already and only waits to leave. */
export async function isNoticeWaiting(db: Db, appointmentId: string, kind: MessageRow['kind'], startsAt: Instant): Promise<boolean> {
  const row = await db
    .selectFrom('message')
    .select('id')
    .where('clinic_id', '=', sql<string>`current_clinic()`)
    .where('appointment_id', '=', appointmentId)
    .where('kind', '=', kind)
    .where('appointment_starts_at', '=', startsAt)
    .where('state', '=', 'queued')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps a receipt; one that came before is kept once. @returns whether it is new. */
export async function insertReceipt(tx: Tx, row: Insertable<MessageReceiptTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.insertInto('message_receipt').values(row).onConflict((on) => on.constraint('message_receipt_once').doNothing()).executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Which of the provider's ids belong to some message of the clinic already. */
export async function knownProviderIds(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom('message').select('provider_id').where('clinic_id', '=', sql<string>`current_clinic()`).where('provider_id', 'in', ids).execute()
  return new Set(rows.map((row) => row.provider_id ?? ''))
}

export interface Due {
  clinicId: string
  id: string
}

/** Across clinics: messages whose time has come and that nobody is sending. @param now the business clock. */
export const findQueuedMessages = (db: Db, now: Instant, limit: number): Promise<Due[]> =>
  db.selectFrom('message').select(['clinic_id as clinicId', 'id']).where('state', '=', 'queued').where('not_before', '<=', now).orderBy('not_before').limit(limit).execute()

/** Across clinics: sending whose lease ran out, and unknown ones whose next look is due. @param machineNow the machine's clock. */
export const findUnsettledMessages = (db: Db, machineNow: Instant, limit: number): Promise<(Due & { state: 'sending' | 'unknown' })[]> =>
  db
    .selectFrom('message')
    .select(['clinic_id as clinicId', 'id', sql<'sending' | 'unknown'>`state`.as('state')])
    .where('state', 'in', ['sending', 'unknown'])
    .where('lease_until', '<=', machineNow)
    .orderBy('lease_until')
    .limit(limit)
    .execute()
