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

/** Whether the same was said of the same start by another message that left since, or may have. @param first the dedupe key of the message that this one repeats. */
export async function isToldOtherwise(db: Db, { id, kind, appointment_id, appointment_starts_at, created_at }: MessageRow, first: string): Promise<boolean> {
  const row = await db
    .selectFrom('message')
    .select('id')
    .where('clinic_id', '=', sql<string>`current_clinic()`)
    .where('appointment_id', '=', appointment_id)
    .where('appointment_starts_at', '=', appointment_starts_at)
    .where('kind', '=', kind)
    .where('id', '<>', id)
    .where((on) => on.or([on('created_at', '>=', created_at), on('dedupe_key', '=', first)])) // an earlier reminder of the same visit is no other one of this
    .where('state', 'in', ['sending', 'sent', 'delivered', 'unknown'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps a receipt; one that came before is kept once. @returns whether it is new. */
export async function insertReceipt(tx: Tx, row: Insertable<MessageReceiptTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.insertInto('message_receipt').values(row).onConflict((on) => on.constraint('message_receipt_once').doNothing()).executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Of the carryings of a message, by the provider's ids, those that are known to have failed. @param failedWords the provider's words for that. */
export async function failedCarryings(db: Db, messageId: string, failedWords: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('message_receipt')
    .select('provider_id')
    .where('clinic_id', '=', sql<string>`current_clinic()`)
    .where('message_id', '=', messageId)
    .where('status', 'in', failedWords)
    .execute()
  return new Set(rows.map(({ provider_id }) => provider_id))
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

/**
 * Across clinics: messages whose time has come and that nobody is sending; answers and news of a change before all reminders, then
 * what is of no use soonest. @param now the business clock.
 */
export const findQueuedMessages = (db: Db, now: Instant, limit: number): Promise<Due[]> =>
  db.selectFrom('message').select(['clinic_id as clinicId', 'id']).where('state', '=', 'queued').where('not_before', '<=', now)
    .orderBy(sql`kind = 'reminder'`).orderBy(sql`useful_until nulls last`).orderBy('not_before').limit(limit).execute()

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

/** Across clinics: messages other than mail that left, of which no receipt came in time. @param machineNow the machine's clock, by which the last asking counts. */
export const findWithoutReceipt = (db: Db, sent: { from: Instant; to: Instant }, askedBefore: Instant, limit: number): Promise<(Due & { providerId: string; channel: MessageRow['channel'] })[]> =>
  db
    .selectFrom('message')
    .select(['clinic_id as clinicId', 'id', sql<string>`provider_id`.as('providerId'), 'channel'])
    .where('state', '=', 'sent')
    .where('channel', '<>', 'email')
    .where('provider_id', 'is not', null)
    .where('sent_at', '>=', sent.from)
    .where('sent_at', '<', sent.to)
    .where((on) => on.or([on('asked_at', 'is', null), on('asked_at', '<', askedBefore)]))
    .orderBy('sent_at')
    .limit(limit)
    .execute()
