import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { visitTypesOfRule } from './plan.ts'

/** Reminders by the time they are due, in [from, to). */
export function listReminders(db: Db, filter: { from: Instant; to: Instant; branchId?: string; after?: { at: string; id: string } }, limit: number) {
  let query = db
    .selectFrom('reminder as r')
    .innerJoin('appointment as a', (on) => on.onRef('a.clinic_id', '=', 'r.clinic_id').onRef('a.id', '=', 'r.appointment_id'))
    .select(['r.id', 'r.appointment_id', 'a.patient_id', 'r.rule_id', 'r.channel', 'r.due_at', 'r.state', 'r.skip_reason', 'r.appointment_starts_at'])
    .where('r.clinic_id', '=', sql<string>`current_clinic()`)
    .where('r.due_at', '>=', filter.from)
    .where('r.due_at', '<', filter.to)
  if (filter.branchId) query = query.where('a.branch_id', '=', filter.branchId)
  if (filter.after) query = query.where(sql<boolean>`(r.due_at, r.id) > (${filter.after.at}::timestamptz, ${filter.after.id}::uuid)`)
  return query.orderBy('r.due_at').orderBy('r.id').limit(limit).execute()
}

/** All rules of the clinic, also those switched off. */
export const listRules = (db: Db) =>
  db.selectFrom('reminder_rule').selectAll().select(visitTypesOfRule).where('clinic_id', '=', sql<string>`current_clinic()`).orderBy('days_before', 'desc').orderBy('at_time').orderBy('id').execute()

export type RuleRow = Awaited<ReturnType<typeof listRules>>[number]

export const findClinicHours = (db: Db) =>
  db.selectFrom('clinic').select(['quiet_from', 'quiet_to', 'eve_cutoff', 'sabbath_policy']).where('id', '=', sql<string>`current_clinic()`).executeTakeFirstOrThrow()
