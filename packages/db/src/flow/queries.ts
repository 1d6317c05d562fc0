import { sql } from 'kysely'
import type { FlowSetting } from '@yoman/domain/flow/flow'
import type { OffPrice } from '@yoman/domain/invoices/discount'
import { ownCost } from '@yoman/domain/invoices/payer-parts'
import type { Instant, Period, PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import { procedureCost, visitOff } from '../discounts/queries.ts'
import { loadVisitBill } from '../invoices/bill.ts'
import { costOfUsual, type Usual, usualJson, usualPrices } from '../prices/usual.ts'

export interface FlowSettingRow extends FlowSetting {
  branchId: string
  version: number
}

/** Of every branch; those that never said anything have the table's defaults and version 1. */
export async function listFlowSettings(db: Db, branchId: string | null = null): Promise<FlowSettingRow[]> {
  const { rows } = await sql<FlowSettingRow>`
    select b.id as "branchId", coalesce(f.waiting_minutes, 20) as "waitingMinutes", coalesce(f.late_minutes, 10) as "lateMinutes",
      coalesce(f.screen_names, 'number') as "screenNames", coalesce(f.version, 1) as version
    from branch b left join flow_setting f on f.clinic_id = b.clinic_id and f.branch_id = b.id
    where b.clinic_id = current_clinic() and (${branchId}::uuid is null or b.id = ${branchId}::uuid)
    order by b.created_at, b.id`.execute(db)
  return rows
}

/** Writes on top of `version`. @returns whether nobody was faster. */
export async function saveFlowSetting(tx: Tx, clinicId: string, { branchId, version, waitingMinutes, lateMinutes, screenNames }: FlowSettingRow): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`
    insert into flow_setting as f (clinic_id, branch_id, waiting_minutes, late_minutes, screen_names, version)
    select ${clinicId}::uuid, ${branchId}::uuid, ${waitingMinutes}::int, ${lateMinutes}::int, ${screenNames}::text, 2
      where ${version}::int = 1 or exists (select from flow_setting where clinic_id = ${clinicId}::uuid and branch_id = ${branchId}::uuid)
    on conflict (clinic_id, branch_id) do update set waiting_minutes = excluded.waiting_minutes, late_minutes = excluded.late_minutes,
      screen_names = excluded.screen_names, version = f.version + 1 where f.version = ${version}::int
    returning version`.execute(tx)
  return rows.length > 0
}

/** Gives a visit its number of the day in its branch, once. The counter's row makes those who come at the same moment wait for each other. */
export async function takeTicket(tx: Tx, clinicId: string, { appointmentId, branchId, date }: { appointmentId: string; branchId: string; date: PlainDate }): Promise<void> {
  await sql`
    with counted as (
      insert into ticket_counter (clinic_id, branch_id, on_date, last_number)
      select ${clinicId}::uuid, ${branchId}::uuid, ${date}::date, 1
        where not exists (select from ticket where clinic_id = ${clinicId}::uuid and appointment_id = ${appointmentId}::uuid and on_date = ${date}::date)
      on conflict (clinic_id, branch_id, on_date) do update set last_number = ticket_counter.last_number + 1
      returning last_number)
    insert into ticket (clinic_id, appointment_id, branch_id, on_date, number)
    select ${clinicId}::uuid, ${appointmentId}::uuid, ${branchId}::uuid, ${date}::date, last_number from counted`.execute(tx)
}

export interface UnpaidRow {
  appointmentId: string
  practitionerId: string
  startsAt: Instant
  patientId: string
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
  totalAgorot: number
}

/**
 * Visits of a period that are over, for which their payer owes something and paid nothing: what their document asks for, and before it what they cost less
 * the parts of others. Nothing that came for the part of another counts.
 */
export async function unpaidVisits(db: Db, branchId: string, { start, end }: Period): Promise<UnpaidRow[]> {
  const { rows } = await sql<UnpaidRow & { usual: Usual | null; off: OffPrice | null; billed: number | null; parted: boolean }>`
    select a.id as "appointmentId", a.practitioner_id as "practitionerId", a.starts_at as "startsAt", p.id as "patientId",
      p.given_name, p.family_name, p.given_name_latin, p.family_name_latin, v.total_agorot as billed,
      exists (select from visit_payer_part w where w.clinic_id = a.clinic_id and w.appointment_id = a.id) as parted,
      -- What was done; of a visit without an encounter, the price of its kind: as the bill of one visit has it.
      coalesce((select sum(${procedureCost}) from procedure_done d where d.clinic_id = a.clinic_id and d.encounter_id = e.id), 0)::bigint as "totalAgorot",
      case when e.id is null then ${usualJson} end as usual, case when e.id is null then ${visitOff} end as off
    from appointment a
      join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      left join encounter e on e.clinic_id = a.clinic_id and e.appointment_id = a.id
      left join invoice v on v.clinic_id = a.clinic_id and v.id = document_of_visit(a.clinic_id, a.id)
    where a.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and a.starts_at >= ${start} and a.starts_at < ${end} and a.status = 'completed'
      and not exists (select from payment m where m.clinic_id = a.clinic_id and m.appointment_id = a.id
        and not exists (select from invoice q where q.clinic_id = m.clinic_id and q.id = first_request(m.clinic_id, m.invoice_id) and q.payer_part))
      and (v.id is null or (v.kind = '300' and received_on(v.clinic_id, v.id) = 0))
    order by a.starts_at, a.id`.execute(db)
  const prices = await usualPrices(db, rows.map(({ usual }) => usual))
  const unpaid: UnpaidRow[] = []
  for (const [at, { usual, off, billed, parted, ...row }] of rows.entries()) {
    const bill = billed === null && parted ? await loadVisitBill(db, row.appointmentId) : undefined
    const totalAgorot = billed ?? (bill ? ownCost(bill.lines, bill.parts) : usual ? costOfUsual(prices[at], off) : row.totalAgorot)
    if (totalAgorot > 0) unpaid.push({ ...row, totalAgorot })
  }
  return unpaid
}
