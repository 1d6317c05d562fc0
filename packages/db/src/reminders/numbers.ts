import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'

export interface MonthRow {
  /** `YYYY-MM` on the branch's wall. */
  month: string
  sent: number
  delivered: number
  failed: number
  parts: number
  whatsapp: number
  /** Calls that somebody or something took. */
  calls: number
  visits: number
  confirmed: number
  missed: number
  minutesToConfirm: number | null
}

/** The months of a branch from `from` up to `now`, the latest first: messages by when they were made, visits by when they began. */
export async function monthNumbers(db: Db, branchId: string, zone: string, from: Instant, now: Instant): Promise<MonthRow[]> {
  const { rows } = await sql<MonthRow>`
    with said as (
        select to_char(m.created_at at time zone ${zone}, 'YYYY-MM') as month, m.kind, m.channel, m.state, m.error_code, coalesce(m.parts, sms_parts(m.body)) as parts
        from message m join appointment a on a.clinic_id = m.clinic_id and a.id = m.appointment_id
        where m.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and m.created_at >= ${from} and m.created_at < ${now}),
      sums as (
        select month, count(*) filter (where kind = 'reminder' and state in ('sent', 'delivered', 'failed'))::int as sent,
          count(*) filter (where kind = 'reminder' and (state = 'delivered' or (state = 'sent' and channel = 'email')))::int as delivered,
          count(*) filter (where kind = 'reminder' and state = 'failed')::int as failed,
          coalesce(sum(parts) filter (where channel = 'sms' and state in ('sent', 'delivered', 'failed')), 0)::int as parts,
          count(*) filter (where channel = 'whatsapp' and state in ('sent', 'delivered'))::int as whatsapp,
          count(*) filter (where channel = 'voice' and (state in ('sent', 'delivered') or (state = 'failed' and error_code = 'machine')))::int as calls
        from said group by month),
      over as (
        select to_char(a.starts_at at time zone ${zone}, 'YYYY-MM') as month, a.status,
          (select min(s.at) from appointment_status s where s.clinic_id = a.clinic_id and s.appointment_id = a.id and s.status = 'confirmed' and s.reason <> 'undone') as confirmed_at,
          (select min(m.sent_at) from message m where m.clinic_id = a.clinic_id and m.appointment_id = a.id and m.kind = 'reminder' and m.appointment_starts_at = a.starts_at) as reminded_at
        from appointment a
        where a.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and a.starts_at >= ${from} and a.starts_at < ${now} and a.status not in ('held', 'cancelled')),
      visits as (
        select month, count(*)::int as visits, count(confirmed_at)::int as confirmed, count(*) filter (where status = 'no_show')::int as missed,
          (percentile_cont(0.5) within group (order by extract(epoch from confirmed_at - reminded_at) / 60) filter (where confirmed_at > reminded_at))::int as minutes_to_confirm
        from over group by month)
    select month, coalesce(s.sent, 0) as sent, coalesce(s.delivered, 0) as delivered, coalesce(s.failed, 0) as failed, coalesce(s.parts, 0) as parts, coalesce(s.whatsapp, 0) as whatsapp, coalesce(s.calls, 0) as calls,
      coalesce(v.visits, 0) as visits, coalesce(v.confirmed, 0) as confirmed, coalesce(v.missed, 0) as missed, v.minutes_to_confirm as "minutesToConfirm"
    from sums s full join visits v using (month) order by month desc`.execute(db)
  return rows
}
