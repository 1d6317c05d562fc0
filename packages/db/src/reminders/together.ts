import { type Insertable, sql } from 'kysely'
import type { Tx } from '../database.ts'
import type { MessageTable } from '../messages/table.ts'
import type { VisitLinkTable } from '../visit-links/table.ts'
import type { ReminderRow } from './queries.ts'

/**
 * Those of the reminders that are planned and that nobody else has in hand, kept until the transaction ends, each behind its visit.
 * One whose visit somebody works on is left out instead of waited for, so that no two who take many ever wait in a ring.
 */
export async function lockFreeReminders(tx: Tx, ids: readonly string[]): Promise<ReminderRow[]> {
  const visits = sql<{ id: string }>`select a.id from appointment a where a.clinic_id = current_clinic()
    and a.id in (select m.appointment_id from reminder m where m.clinic_id = current_clinic() and m.id = any(${[...ids]}::uuid[])) for no key update skip locked`.execute(tx)
  const reminders = tx.selectFrom('reminder').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', sql<string>`any(${[...ids]}::uuid[])`).where('state', '=', 'planned').forUpdate().skipLocked().execute()
  const [{ rows }, planned] = await Promise.all([visits, reminders])
  const free = new Set(rows.map(({ id }) => id))
  return planned.filter(({ appointment_id }) => free.has(appointment_id))
}

export type NewReminderMessage = Required<
  Pick<Insertable<MessageTable>, 'id' | 'channel' | 'patient_id' | 'appointment_id' | 'appointment_starts_at' | 'reminder_id' | 'dedupe_key' | 'language' | 'to_address' | 'subject' | 'body' | 'not_before' | 'useful_until' | 'created_at' | 'content_sid' | 'content_variables'>
>

/** Writes the messages of reminders that have none yet. @returns the ids of those that were written. */
export async function insertReminderMessages(tx: Tx, rows: readonly NewReminderMessage[]): Promise<ReadonlySet<string>> {
  const { rows: written } = await sql<{ id: string }>`
    insert into message (clinic_id, id, kind, channel, patient_id, appointment_id, appointment_starts_at, reminder_id, dedupe_key, language, to_address, subject, body, not_before, useful_until, created_at, content_sid, content_variables)
    select current_clinic(), id, 'reminder', channel, patient_id, appointment_id, appointment_starts_at, reminder_id, dedupe_key, language, to_address, subject, body, not_before, useful_until, created_at, content_sid, content_variables
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, channel text, patient_id uuid, appointment_id uuid, appointment_starts_at timestamptz, reminder_id uuid, dedupe_key text,
      language text, to_address text, subject text, body text, not_before timestamptz, useful_until timestamptz, created_at timestamptz, content_sid text, content_variables jsonb)
    on conflict on constraint message_once do nothing returning id`.execute(tx)
  return new Set(written.map(({ id }) => id))
}

/** The links of several visits; of one that has a link at this time already nothing is written. */
export async function insertVisitLinks(tx: Tx, rows: readonly VisitLinkTable[]): Promise<void> {
  if (rows.length === 0) return
  const told = rows.map(({ token_hash, ...row }) => ({ ...row, token_hash: token_hash.toString('hex') }))
  await sql`
    insert into visit_link (clinic_id, appointment_id, appointment_starts_at, token_hash, expires_at, created_at)
    select current_clinic(), appointment_id, appointment_starts_at, decode(token_hash, 'hex'), expires_at, created_at
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t(appointment_id uuid, appointment_starts_at timestamptz, token_hash text, expires_at timestamptz, created_at timestamptz)
    on conflict (clinic_id, appointment_id, appointment_starts_at) do nothing`.execute(tx)
}

export const markQueued = (tx: Tx, ids: readonly string[]) =>
  tx.updateTable('reminder').set({ state: 'queued' }).where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', sql<string>`any(${[...ids]}::uuid[])`).execute()
