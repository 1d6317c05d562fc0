import { type Selectable, sql } from 'kysely'
import type { PlannedReminder } from '@yoman/domain/reminders/plan'
import type { ReminderRule, ReminderWish } from '@yoman/domain/reminders/rules'
import type { SendingHours } from '@yoman/domain/reminders/sending-hours'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { ReminderRuleTable } from './table.ts'
import { findWish, wishOf } from './wishes.ts'

/** What `planReminders` wants to know of a branch. */
export interface ReminderPolicy {
  rules: ReminderRule[]
  hours: SendingHours
  /** What the patient asked for; null where they asked for nothing of their own. */
  wish: ReminderWish | null
}

/** The active rules of a branch, the hours in which its messages may leave, and what the patient asked for; statements of one flight. */
export async function loadReminderPolicy(db: Db, clinicId: string, branchId: string, patientId: string | null): Promise<ReminderPolicy> {
  const [rules, wish, hours] = await Promise.all([
    rulesOf(db, clinicId, branchId),
    patientId === null ? null : findWish(db, clinicId, patientId),
    db.selectFrom('branch').innerJoin('clinic', 'clinic.id', 'branch.clinic_id')
      .select(['branch.time_zone', 'clinic.quiet_from', 'clinic.quiet_to', 'clinic.eve_cutoff', 'clinic.sabbath_policy'])
      .where('branch.clinic_id', '=', clinicId).where('branch.id', '=', branchId).executeTakeFirstOrThrow(),
  ])
  return {
    rules,
    wish: wish ? wishOf(wish) : null,
    hours: { zone: hours.time_zone, quietFrom: hours.quiet_from, quietTo: hours.quiet_to, eveCutoff: hours.eve_cutoff, sabbathPolicy: hours.sabbath_policy },
  }
}

const rulesOf = async (db: Db, clinicId: string, branchId: string): Promise<ReminderRule[]> =>
  (await db.selectFrom('reminder_rule').selectAll().select(visitTypesOfRule)
    .where('clinic_id', '=', clinicId).where('active', '=', true)
    .where((row) => row.or([row('branch_id', 'is', null), row('branch_id', '=', branchId)])).execute()).map(ruleOf)

/** Makes a rule hold for these kinds of visit alone; for all where there are none. Throws `reference_unknown` by its foreign key. */
export async function saveRuleVisitTypes(tx: Tx, clinicId: string, ruleId: string, visitTypeIds: readonly string[]): Promise<void> {
  await tx.deleteFrom('reminder_rule_visit_type').where('clinic_id', '=', clinicId).where('rule_id', '=', ruleId).execute()
  if (visitTypeIds.length > 0) await tx.insertInto('reminder_rule_visit_type').values([...new Set(visitTypeIds)].map((visit_type_id) => ({ clinic_id: clinicId, rule_id: ruleId, visit_type_id }))).execute()
}

/** The kinds of visit of a rule, as a column. */
export const visitTypesOfRule = sql<string[]>`array(select t.visit_type_id from reminder_rule_visit_type t where t.clinic_id = reminder_rule.clinic_id and t.rule_id = reminder_rule.id order by t.visit_type_id)`.as('visit_type_ids')

export const ruleOf = (row: Selectable<ReminderRuleTable> & { visit_type_ids: string[] }): ReminderRule => ({
  id: row.id, branchId: row.branch_id, visitTypeIds: row.visit_type_ids, daysBefore: row.days_before, atTime: row.at_time, channel: row.channel, fallbackChannels: row.fallback_channels, active: row.active,
})

/**
 * Makes the appointment's reminders those that were planned for its present start, in one statement. Reminders of another
 * start that have not left are kept as skipped (`moved`), and so are those of rules that hold no more (`rule_off`); one that has left already for this very start is not made again,
 * also where its rule goes by another channel since, one that waits does not give way to a plan whose hour is over, and of one that was given up the first reason stays.
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
          and not exists (select from given where given.rule_id = reminder.rule_id and (given.channel = reminder.channel or reminder.fallback_of is not null)))
    insert into reminder (clinic_id, id, appointment_id, appointment_starts_at, rule_id, channel, due_at, state, skip_reason, moved_for)
      select ${clinicId}::uuid, id, ${appointment.id}::uuid, ${startsAt}::timestamptz, rule_id, channel, due_at,
        case when skip is null then 'planned' else 'skipped' end, skip, moved_for from given
        where not exists (select from reminder r where r.clinic_id = ${clinicId} and r.appointment_id = ${appointment.id} and r.appointment_starts_at = ${startsAt}::timestamptz
          and r.rule_id = given.rule_id and r.channel <> given.channel and r.state in ('queued', 'done'))
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
