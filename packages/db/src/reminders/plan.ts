import { sql } from 'kysely'
import type { PlannedReminder, ReminderRule } from '@yoman/domain/reminders/plan'
import type { SendingHours } from '@yoman/domain/reminders/sending-hours'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'

/** What `planReminders` wants to know of a branch. */
export interface ReminderPolicy {
  rules: ReminderRule[]
  hours: SendingHours
}

/** The active rules of a branch and the hours in which its messages may leave; two statements, sent in one flight. */
export async function loadReminderPolicy(db: Db, clinicId: string, branchId: string): Promise<ReminderPolicy> {
  const [rules, hours] = await Promise.all([
    db.selectFrom('reminder_rule').selectAll().where('clinic_id', '=', clinicId).where('active', '=', true)
      .where((row) => row.or([row('branch_id', 'is', null), row('branch_id', '=', branchId)])).execute(),
    db.selectFrom('branch').innerJoin('clinic', 'clinic.id', 'branch.clinic_id')
      .select(['branch.time_zone', 'clinic.quiet_from', 'clinic.quiet_to', 'clinic.eve_cutoff', 'clinic.sabbath_policy'])
      .where('branch.clinic_id', '=', clinicId).where('branch.id', '=', branchId).executeTakeFirstOrThrow(),
  ])
  return {
    rules: rules.map((rule) => ({ id: rule.id, branchId: rule.branch_id, daysBefore: rule.days_before, atTime: rule.at_time, channel: rule.channel, active: rule.active })),
    hours: { zone: hours.time_zone, quietFrom: hours.quiet_from, quietTo: hours.quiet_to, eveCutoff: hours.eve_cutoff, sabbathPolicy: hours.sabbath_policy },
  }
}

/**
 * Makes the appointment's reminders those that were planned for its present start, in one statement. Reminders of another
 * start that have not left are kept as skipped (`moved`), and so are those of rules that hold no more (`rule_off`); one that has left already for this very start is not made again,
 * one that waits does not give way to a plan whose hour is over, and of one that was given up the first reason stays.
 * @param newId makes the id of a new row.
 */
export async function replaceReminders(
  tx: Tx,
  clinicId: string,
  appointment: { id: string; startsAt: Instant },
  planned: readonly PlannedReminder[],
  newId: () => string,
): Promise<void> {
  const rows = planned.map((one) => ({ id: newId(), rule_id: one.ruleId, channel: one.channel, due_at: one.dueAt.toString(), skip: one.skip, moved_for: one.movedFor }))
  const startsAt = appointment.startsAt.toString()
  await sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, rule_id uuid, channel text, due_at timestamptz, skip text, moved_for text)),
      outdated as (update reminder set state = 'skipped', skip_reason = 'moved'
        where clinic_id = ${clinicId} and appointment_id = ${appointment.id} and appointment_starts_at <> ${startsAt}::timestamptz and state = 'planned'),
      dropped as (update reminder set state = 'skipped', skip_reason = 'rule_off'
        where clinic_id = ${clinicId} and appointment_id = ${appointment.id} and appointment_starts_at = ${startsAt}::timestamptz and state = 'planned'
          and not exists (select from given where given.rule_id = reminder.rule_id and given.channel = reminder.channel))
    insert into reminder (clinic_id, id, appointment_id, appointment_starts_at, rule_id, channel, due_at, state, skip_reason, moved_for)
      select ${clinicId}::uuid, id, ${appointment.id}::uuid, ${startsAt}::timestamptz, rule_id, channel, due_at,
        case when skip is null then 'planned' else 'skipped' end, skip, moved_for from given
    on conflict on constraint reminder_once do update
      set due_at = excluded.due_at, state = excluded.state, skip_reason = excluded.skip_reason, moved_for = excluded.moved_for
      where case reminder.state
        when 'planned' then excluded.skip_reason is null or excluded.skip_reason not in ('already_past', 'rule_came_late')
        when 'skipped' then excluded.state = 'planned'
          and not exists (select from message m where m.clinic_id = reminder.clinic_id and m.dedupe_key = 'reminder-' || reminder.id)
        else false end
  `.execute(tx)
}

/** Nothing that has not left will leave any more: the visit was cancelled, missed or is over. `reason` is shown to the desk. */
export async function skipReminders(tx: Tx, clinicId: string, appointmentId: string, reason: string): Promise<void> {
  await tx.updateTable('reminder').set({ state: 'skipped', skip_reason: reason })
    .where('clinic_id', '=', clinicId).where('appointment_id', '=', appointmentId).where('state', '=', 'planned').execute()
}

/** Visits still to come, by their start, after the last one looked at. */
export function listAhead(db: Db, { now, after, limit }: { now: Instant; after: { startsAt: Instant; id: string } | null; limit: number }) {
  let query = db.selectFrom('appointment').select(['id', 'starts_at']).where('clinic_id', '=', sql<string>`current_clinic()`).where('status', 'in', ['booked', 'confirmed']).where('starts_at', '>', now)
  if (after) query = query.where(sql<boolean>`(starts_at, id) > (${after.startsAt}, ${after.id}::uuid)`)
  return query.orderBy('starts_at').orderBy('id').limit(limit).execute()
}
