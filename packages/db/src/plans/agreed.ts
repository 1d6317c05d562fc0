import { sql } from 'kysely'
import { comingStatuses } from '@yoman/domain/plans/settle'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'

export interface AgreedRow {
  id: string
  plan_id: string
  plan_title: string
  title: string
  position: number
  phases: number
  branch_id: string
  patient_id: string
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
  phone: string | null
  answered_at: Instant
  visit_type_id: string | null
  practitioner_id: string | null
  minutes: number | null
  least_agorot: string
  most_agorot: string
  /** Of all visits that were booked for it. */
  visits: string[] | null
}

/** Phases of accepted plans with something left to do, not set aside, and with no visit to come; the longest agreed first. */
export async function agreedPhases(db: Db, { branchId, limit }: { branchId?: string | undefined; limit: number }): Promise<{ rows: AgreedRow[]; count: number }> {
  const { rows } = await sql<AgreedRow & { whole: string }>`
    select h.id, h.plan_id, p.title as plan_title, h.title, h.position, p.branch_id, p.patient_id, p.answered_at, h.visit_type_id, h.practitioner_id, h.minutes,
      c.given_name, c.family_name, c.given_name_latin, c.family_name_latin, v.visits, i.least_agorot, i.most_agorot, count(*) over () as whole,
      (select count(*)::int from treatment_plan_phase f where f.clinic_id = p.clinic_id and f.plan_id = p.id) as phases,
      (select n.number from patient_phone n where n.clinic_id = p.clinic_id and n.patient_id = p.patient_id order by n.rank limit 1) as phone
    from treatment_plan p
    join treatment_plan_phase h on h.clinic_id = p.clinic_id and h.plan_id = p.id
    join patient c on c.clinic_id = p.clinic_id and c.id = p.patient_id
    cross join lateral (select sum((t.quantity - t.done_quantity) * t.least_agorot) as least_agorot, sum((t.quantity - t.done_quantity) * t.most_agorot) as most_agorot, bool_or(t.done_at is null) as open
      from treatment_plan_item t where t.clinic_id = h.clinic_id and t.phase_id = h.id) i
    cross join lateral (select array_agg(a.status::text) as visits from treatment_plan_order l join appointment a on a.clinic_id = l.clinic_id and a.order_id = l.order_id
      where l.clinic_id = h.clinic_id and l.phase_id = h.id) v
    where p.clinic_id = current_clinic() and p.status = 'accepted' and h.set_aside_at is null and i.open ${branchId ? sql`and p.branch_id = ${branchId}::uuid` : sql``}
      and not coalesce(v.visits && ${[...comingStatuses]}::text[], false)
    order by p.answered_at, p.id, h.position limit ${limit}`.execute(db)
  return { rows, count: Number(rows[0]?.whole ?? 0) }
}
