import { sql } from 'kysely'
import type { Admission, DayMoney, DayRequest } from '@yoman/domain/registers/day-book'
import type { PlainDate } from '@yoman/domain/time'
import { deskPayments, deskRefunds } from '../cash-desk/queries.ts'
import type { Db } from '../database.ts'
import { payerOf } from './payer-name.ts'

interface Day {
  branchId: string
  day: PlainDate
}

const here = ['arrived', 'called', 'in_treatment', 'completed']

/**
 * Who was received at a branch on a day of its wall, at the hour of the step that received them for good: one that was taken back counts no
 * more. A visit that came over from another program has no step of its day; its hour is the appointed one.
 */
export async function admissionsOf(db: Db, { branchId, day }: Day): Promise<Admission[]> {
  const { rows } = await sql<Admission>`
    select a.id as "visitId", a.patient_id as "patientId", a.branch_id as "branchId",
      case when (s.at at time zone b.time_zone)::date = ${day}::date then s.at else a.starts_at end as "admittedAt",
      t.given_name as "givenName", t.family_name as "familyName", t.given_name_latin as "givenNameLatin", t.family_name_latin as "familyNameLatin"
    from appointment a join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id join patient t on t.clinic_id = a.clinic_id and t.id = a.patient_id
      left join lateral (select min(h.at) as at from appointment_status h where h.clinic_id = a.clinic_id and h.appointment_id = a.id and h.status = any(${here}::text[])
        and h.id > coalesce((select l.id from appointment_status l where l.clinic_id = a.clinic_id and l.appointment_id = a.id and l.status <> all(${here}::text[]) order by l.id desc limit 1),
          '00000000-0000-0000-0000-000000000000'::uuid)) s on true
    where a.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and a.status = any(${here}::text[])
      and a.starts_at >= ${day}::date::timestamp at time zone b.time_zone and a.starts_at < (${day}::date + 1)::timestamp at time zone b.time_zone`.execute(db)
  return rows
}

/** What came at a branch's desk on a day of its wall, and what went: the same rows that the cash desk counts. */
export async function moneyOf(db: Db, { branchId, day }: Day): Promise<DayMoney[]> {
  const { rows } = await sql<Omit<DayMoney, 'receipt'> & { receiptId: string | null; receiptKind: 'none'; receiptNumber: number }>`
    with of_day as materialized (select (${day}::date::timestamp at time zone b.time_zone) as from_at, ((${day}::date + 1)::timestamp at time zone b.time_zone) as to_at, b.time_zone as zone
        from branch b where b.clinic_id = current_clinic() and b.id = ${branchId}::uuid),
      money as (${deskPayments} and p.received_at >= (select from_at from of_day) and p.received_at < (select to_at from of_day) and coalesce(p.branch_id, a.branch_id, v.branch_id) = ${branchId}::uuid
        union all ${deskRefunds} and r.given_at >= (select from_at from of_day) and r.given_at < (select to_at from of_day) and r.branch_id = ${branchId}::uuid)
    select m.*, ${branchId}::text as "branchId", coalesce(p.appointment_id, d.appointment_id) as "visitId", ${payerOf('d', 'm."givenName"', 'm."familyName"', 'm."givenNameLatin"', 'm."familyNameLatin"')} as payer,
      exists (select from cheque_move k where k.clinic_id = p.clinic_id and k.payment_id = p.id and k.state = 'withdrawn' and k.moved_on = ${day}::date) as "tookBack"
    from money m left join payment p on p.clinic_id = current_clinic() and p.id = m.id left join invoice d on d.clinic_id = current_clinic() and d.id = m."receiptId"`.execute(db)
  return rows.map(({ receiptId, receiptKind, receiptNumber, ...one }) => ({ ...one, receipt: receiptId === null ? null : { id: receiptId, kind: receiptKind, number: receiptNumber } }) as DayMoney) // the kind is the column's own check
}

/** Transaction invoices (300) that were issued on the day for visits of the branch. */
export async function requestsOf(db: Db, { branchId, day }: Day): Promise<DayRequest[]> {
  const { rows } = await sql<DayRequest>`
    select v.id, v.appointment_id as "visitId", v.number, v.total_agorot as total, ${payerOf('v', 't.given_name', 't.family_name', 't.given_name_latin', 't.family_name_latin')} as payer
    from invoice v join patient t on t.clinic_id = v.clinic_id and t.id = v.patient_id
    where v.clinic_id = current_clinic() and v.kind = '300' and v.branch_id = ${branchId}::uuid and v.issued_on = ${day}::date and v.appointment_id is not null
      and v.issued_at between ${day}::date - interval '2 days' and ${day}::date + interval '3 days' order by v.number`.execute(db)
  return rows
}
