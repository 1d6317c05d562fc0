import { sql } from 'kysely'
import type { ReminderChannel, ReminderRule, ReminderWish } from '@yoman/domain/reminders/rules'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { ReminderRow } from './queries.ts'
import { findWish, wishOf } from './wishes.ts'

export interface Ways {
  patientId: string
  /** The rule as it stands now; null where it was switched off. */
  rule: Pick<ReminderRule, 'channel' | 'fallbackChannels'> | null
  wish: ReminderWish | null
}

/** By which ways a reminder may go; undefined where its visit is not booked for that time any more. */
export async function loadWays(db: Db, reminder: ReminderRow): Promise<Ways | undefined> {
  const visit = await db.selectFrom('appointment').select('patient_id').where('clinic_id', '=', reminder.clinic_id).where('id', '=', reminder.appointment_id)
    .where('starts_at', '=', reminder.appointment_starts_at).where('status', 'in', ['booked', 'confirmed']).executeTakeFirst()
  if (!visit?.patient_id) return undefined
  const [rule, row] = await Promise.all([
    db.selectFrom('reminder_rule').select(['channel', 'fallback_channels']).where('clinic_id', '=', reminder.clinic_id).where('id', '=', reminder.rule_id).where('active', '=', true).executeTakeFirst(),
    findWish(db, reminder.clinic_id, visit.patient_id),
  ])
  const wish = row ? wishOf(row) : null
  const own = wish?.id === reminder.rule_id ? { channel: 'sms' as const, fallbackChannels: ['email' as const] } : null
  return { patientId: visit.patient_id, rule: rule ? { channel: rule.channel, fallbackChannels: rule.fallback_channels } : own, wish }
}

/**
 * The reminder that goes on where another failed. It waits behind nobody: where a row of the same way stands already and has said or will
 * say something, nothing is written; one that was only switched off is taken up. @returns its id, null where nothing was to be done.
 */
export async function insertFallback(tx: Tx, { id, of, channel, dueAt }: { id: string; of: ReminderRow; channel: ReminderChannel; dueAt: Instant }): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into reminder (clinic_id, id, appointment_id, appointment_starts_at, rule_id, channel, due_at, state, fallback_of)
      select ${of.clinic_id}::uuid, ${id}::uuid, ${of.appointment_id}::uuid, ${of.appointment_starts_at}, ${of.rule_id}::uuid, ${channel}, ${dueAt}, 'planned', ${of.id}::uuid
      where not exists (select from reminder r where r.clinic_id = ${of.clinic_id}::uuid and r.fallback_of = ${of.id}::uuid)
    on conflict on constraint reminder_once do update
      set due_at = excluded.due_at, state = 'planned', skip_reason = null, moved_for = null, fallback_of = excluded.fallback_of
      where reminder.state = 'skipped' and reminder.skip_reason = 'rule_off'
        and not exists (select from message m where m.clinic_id = reminder.clinic_id and m.dedupe_key = 'reminder-' || reminder.id)
    returning id`.execute(tx)
  return rows[0]?.id ?? null
}
