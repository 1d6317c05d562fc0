import { type Insertable, sql } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import { balance } from '../invoices/lists.ts'
import type { DebtReminderTable } from './table.ts'

export interface DueDebt {
  invoiceId: string
  step: number
}

/** What an organisation owes is no matter of the patient's: nobody reminds them of it. */
const ofPatient = sql`v.organisation_id is null`

/** A pause of the patient in a row `p`, with its reason. */
const pauseOf = (today: PlainDate) => sql`select from debt_pause u where u.clinic_id = v.clinic_id and u.patient_id = v.patient_id and u.ended_at is null and u.until_on >= ${today}::date`
const promiseOf = (now: Instant) => sql`select from task k where k.clinic_id = v.clinic_id and k.patient_id = v.patient_id and k.about = 'promised_to_pay' and k.status = 'open' and k.due_at > ${now}`
const remindedSince = (since: Instant) => sql`select from debt_reminder d join invoice o on o.clinic_id = d.clinic_id and o.id = d.invoice_id
  where o.clinic_id = v.clinic_id and o.patient_id = v.patient_id and d.way is not null and d.made_at > ${since}`

/**
 * Documents whose next step is due, the oldest of each patient alone: nobody hears of two at once. Who is left alone, promised to pay or
 * heard of a debt since `restSince` is not among them. @param now the business clock.
 */
export async function findDueDebts(db: Db, { today, daysToPay, now, restSince }: { today: PlainDate; daysToPay: number; now: Instant; restSince: Instant }, limit: number): Promise<DueDebt[]> {
  const { rows } = await sql<DueDebt>`
    select "invoiceId", step from (
      select distinct on (v.patient_id) v.id as "invoiceId", s.step, v.issued_on, v.patient_id
      from open_request q join invoice v on v.clinic_id = q.clinic_id and v.id = q.invoice_id
        join debt_step s on s.clinic_id = v.clinic_id and s.step = 1 + coalesce((select max(d.step) from debt_reminder d where d.clinic_id = v.clinic_id and d.invoice_id = v.id), 0)
      where q.clinic_id = current_clinic() and ${ofPatient} and v.issued_on + ${daysToPay}::int + s.after_days <= ${today}::date and ${balance} > 0
        and not exists (${pauseOf(today)}) and not exists (${promiseOf(now)}) and not exists (${remindedSince(restSince)})
      order by v.patient_id, v.issued_on, v.number) w
    order by issued_on, patient_id limit ${limit}`.execute(db)
  return rows
}

/** Who would hear of a debt for the first time if reminders began now, and what they owe, in agorot: documents due for `afterDays` that nobody was reminded of. */
export async function sumFirstReminders(db: Db, { today, daysToPay, afterDays, now }: { today: PlainDate; daysToPay: number; afterDays: number; now: Instant }): Promise<{ patients: number; totalAgorot: number }> {
  const { rows } = await sql<{ patients: number; totalAgorot: number }>`
    select count(distinct w.patient_id)::int as patients, coalesce(sum(w.owed), 0)::bigint as "totalAgorot" from (
      select v.patient_id, ${balance} as owed from open_request q join invoice v on v.clinic_id = q.clinic_id and v.id = q.invoice_id
      where q.clinic_id = current_clinic() and ${ofPatient} and v.issued_on + ${daysToPay}::int + ${afterDays}::int <= ${today}::date
        and not exists (select from debt_reminder d where d.clinic_id = v.clinic_id and d.invoice_id = v.id)
        and not exists (${pauseOf(today)}) and not exists (${promiseOf(now)}) offset 0) w where w.owed > 0`.execute(db)
  return rows[0] ?? { patients: 0, totalAgorot: 0 }
}

/** What is unpaid of a document that the caller holds, in agorot, whether it was given up, and whether its patient is left alone. */
export async function standingOf(db: Db, invoiceId: string, today: PlainDate): Promise<{ owed: number; paused: boolean; writtenOff: boolean; lastStep: number } | undefined> {
  const { rows } = await sql<{ owed: number; paused: boolean; writtenOff: boolean; lastStep: number }>`
    select ${balance} as owed, exists (${pauseOf(today)}) as paused, exists (select from debt_write_off w where w.clinic_id = v.clinic_id and w.invoice_id = v.id and w.ended_at is null) as "writtenOff",
      coalesce((select max(d.step) from debt_reminder d where d.clinic_id = v.clinic_id and d.invoice_id = v.id), 0)::int as "lastStep"
    from invoice v where v.clinic_id = current_clinic() and v.id = ${invoiceId}::uuid`.execute(db)
  return rows[0]
}

/** Keeps that a step was taken; once. @returns whether it was not taken before. */
export async function insertDebtReminder(tx: Tx, row: Insertable<DebtReminderTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.insertInto('debt_reminder').values(row).onConflict((on) => on.columns(['clinic_id', 'invoice_id', 'step']).doNothing()).executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** An open task to call this patient about a debt. */
export async function findDebtCall(db: Db, patientId: string): Promise<string | null> {
  const row = await db.selectFrom('task').select('id').where('clinic_id', '=', sql<string>`current_clinic()`).where('patient_id', '=', patientId).where('about', '=', 'debt_call').where('status', '=', 'open').limit(1).executeTakeFirst()
  return row?.id ?? null
}

/** A call for the desk, written by the worker or by somebody: its words are the screen's. */
export async function insertDebtCall(tx: Tx, row: { clinic_id: string; id: string; branch_id: string; patient_id: string; due_at: Instant; created_at: Instant }): Promise<void> {
  await tx.insertInto('task').values({ ...row, words: '', about: 'debt_call', assignee_role: 'receptionist' }).execute()
}

/** What was done about each document, newest first, and what became of it. */
export interface DebtReminderShown {
  invoiceId: string
  step: number
  way: 'sms' | 'email' | 'call' | null
  madeAt: Instant
  byHand: boolean
  skipReason: string | null
  /** Of a message: where it stands. */
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped' | null
  errorCode: string | null
}

export async function listDebtReminders(db: Db, patientId: string): Promise<DebtReminderShown[]> {
  const { rows } = await sql<DebtReminderShown>`
    select d.invoice_id as "invoiceId", d.step, d.way, d.made_at as "madeAt", d.made_by is not null as "byHand", d.skip_reason as "skipReason", m.state, m.error_code as "errorCode"
    from debt_reminder d join invoice v on v.clinic_id = d.clinic_id and v.id = d.invoice_id left join message m on m.clinic_id = d.clinic_id and m.id = d.message_id
    where d.clinic_id = current_clinic() and v.patient_id = ${patientId}::uuid order by d.made_at desc, d.step desc`.execute(db)
  return rows
}

export const findPause = (db: Db, patientId: string, today: PlainDate) =>
  db.selectFrom('debt_pause').select(['id', 'until_on', 'reason']).where('clinic_id', '=', sql<string>`current_clinic()`).where('patient_id', '=', patientId)
    .where('ended_at', 'is', null).where('until_on', '>=', today).orderBy('until_on', 'desc').limit(1).executeTakeFirst()

/** Ends what pauses there are. */
export async function endPauses(tx: Tx, patientId: string, at: Instant): Promise<void> {
  await tx.updateTable('debt_pause').set({ ended_at: at }).where('clinic_id', '=', sql<string>`current_clinic()`).where('patient_id', '=', patientId).where('ended_at', 'is', null).execute()
}
