import { type RawBuilder, sql } from 'kysely'
import type { IncomeView } from '@yoman/domain/reports/income'
import type { DayRange } from '@yoman/domain/reports/period'
import { procedureCost } from '../discounts/queries.ts'

/** Which part of a clinic's income. */
export interface IncomeScope {
  range: DayRange
  /** Null: all of the clinic. */
  branchIds: readonly string[] | null
}

/**
 * The smallest pieces that a view is made of, as a query: `source`, `id`, `document_id`, `patient_id`, `branch_id`, `practitioner_id`, `visit_type_id`,
 * `day`, `gross`, `net`. Every figure of a view is a sum of them, so is its list.
 */
export const atomsOf = (view: IncomeView, scope: IncomeScope): RawBuilder<unknown> => atoms[view](scope)

const inBranches = (column: RawBuilder<unknown>, { branchIds }: IncomeScope) => (branchIds === null ? sql`true` : sql`${column} = any(${[...branchIds]}::uuid[])`)

/** The rate of a day, as `vat_rate_on` has it; written out, since a call for each of a hundred thousand rows is what a report would spend its time on. */
export const rateOn = (day: RawBuilder<unknown>) => sql`(select r.rate_basis_points from vat_rate r where r.valid_from <= ${day} order by r.valid_from desc limit 1)`
const netOn = (gross: RawBuilder<unknown>, day: RawBuilder<unknown>) => sql`(${gross} - vat_within(${gross}, ${rateOn(day)}))::bigint`

/** A day of a row's branch `b`, and the same as a range that an index can walk. */
export const dayAt = (time: RawBuilder<unknown>) => sql`(${time} at time zone b.time_zone)::date`
export const within = (time: RawBuilder<unknown>, { range: { from, to } }: IncomeScope) =>
  sql`${time} >= (${from.toString()}::date)::timestamp at time zone b.time_zone and ${time} < (${to.toString()}::date + 1)::timestamp at time zone b.time_zone`
/** Wide enough for every zone: the exact day is asked beside it. */
export const around = (time: RawBuilder<unknown>, { range: { from, to } }: IncomeScope) => sql`${time} >= ${from.toString()}::date - 1 and ${time} < ${to.toString()}::date + 2`
export const onDay = (day: RawBuilder<unknown>, { range: { from, to } }: IncomeScope) => sql`${day} between ${from.toString()}::date and ${to.toString()}::date`

/** What a visit of no procedures counted when its month was closed. Null where it was not. */
export const closedWorth = sql`(select k.worth_agorot from closed_visit k join month_closing m on m.clinic_id = k.clinic_id and m.id = k.closing_id and m.reopened_at is null where k.clinic_id = a.clinic_id and k.appointment_id = a.id)`

/**
 * What a visit `a` of no procedures is worth, its encounter `e` if there is one: what it was billed with before anybody wrote about it, the last time where
 * that was anew, whether or not an encounter was opened later; else the price of its kind, until one is opened. Null where it has none.
 */
export const usualWorth = sql`coalesce(
  (select billed_for_visit(a.clinic_id, a.id) from invoice v where v.clinic_id = a.clinic_id and v.id = document_of_visit(a.clinic_id, a.id) and v.encounter_id is null),
  case when e.id is null then (select i.price_agorot - discount_kept(i.price_agorot, x.basis_points, x.agorot, x.of_agorot) from visit_type t left join visit_discount x on x.clinic_id = a.clinic_id and x.appointment_id = a.id join price_item i on i.clinic_id = t.clinic_id and i.id = t.price_item_id where t.clinic_id = a.clinic_id and t.id = a.visit_type_id) end)`

const performed = (scope: IncomeScope) => sql`
  select w.source, w.id, null::uuid as document_id, w.patient_id, w.branch_id, w.practitioner_id, w.visit_type_id, w.day, w.gross, ${netOn(sql`w.gross`, sql`w.day`)} as net
  from (
    select 'visit' as source, a.id, a.patient_id, a.branch_id, a.practitioner_id, a.visit_type_id, ${dayAt(sql`a.starts_at`)} as day,
      coalesce(sum(${procedureCost}), ${closedWorth}, ${usualWorth}, 0)::bigint as gross
    from branch b join appointment a on a.clinic_id = b.clinic_id and a.branch_id = b.id and ${within(sql`a.starts_at`, scope)}
      left join encounter e on e.clinic_id = a.clinic_id and e.appointment_id = a.id
      left join procedure_done d on d.clinic_id = e.clinic_id and d.encounter_id = e.id
    where b.clinic_id = current_clinic() and a.status = 'completed' and ${inBranches(sql`b.id`, scope)}
    group by a.clinic_id, a.id, e.clinic_id, e.id, b.clinic_id, b.id
    union all
    select 'visit', e.id, e.patient_id, e.branch_id, e.practitioner_id, null, ${dayAt(sql`e.started_at`)}, sum(${procedureCost})::bigint
    from encounter e join branch b on b.clinic_id = e.clinic_id and b.id = e.branch_id join procedure_done d on d.clinic_id = e.clinic_id and d.encounter_id = e.id
    where e.clinic_id = current_clinic() and e.appointment_id is null and ${around(sql`e.started_at`, scope)} and ${onDay(dayAt(sql`e.started_at`), scope)} and ${inBranches(sql`e.branch_id`, scope)}
    group by e.clinic_id, e.id, b.clinic_id, b.id
  ) w where w.gross <> 0`

/** What a document of a row `v` asks for: bills, but what was asked of somebody else before, and advances; a credit note takes back; a cheque of an advance that is gone untaxed takes the advance back. */
export const billedBy = sql`case
  when v.instead_of_id = v.based_on_id then 0
  when v.kind = '300' or v.advance or (v.kind = '320' and v.based_on_id is null) then v.total_agorot
  when v.kind = '330' then -v.total_agorot
  when v.kind = '410' and v.cheque_id is not null and (select r.advance and r.kind = '400' from invoice r where r.clinic_id = v.clinic_id and r.id = v.based_on_id) and taxed_by(v.clinic_id, v.id) is null then -v.total_agorot
  else 0 end`

/** Receipts say no VAT; theirs is told by their day. */
const billedNet = sql`case when w.kind in ('300', '320') then w.net_agorot when w.kind = '330' then -w.net_agorot else ${netOn(sql`w.gross`, sql`w.day`)} end`

const billed = (scope: IncomeScope) => sql`
  select w.source, w.id, w.document_id, w.patient_id, w.branch_id, w.practitioner_id, w.visit_type_id, w.day, w.gross, ${billedNet} as net
  from (
    select 'document' as source, v.id, v.id as document_id, v.patient_id, v.branch_id, a.practitioner_id, a.visit_type_id, v.issued_on as day, v.kind, v.net_agorot, ${billedBy}::bigint as gross
    from invoice v left join appointment a on a.clinic_id = v.clinic_id and a.id = v.appointment_id
    where v.clinic_id = current_clinic() and v.kind <> '305' and ${onDay(sql`v.issued_on`, scope)} and ${inBranches(sql`v.branch_id`, scope)}
  ) w where w.gross <> 0
  union all
  select 'deduction', u.id, v.id, v.patient_id, v.branch_id, a.practitioner_id, a.visit_type_id, ${dayAt(sql`u.used_at`)}, -u.amount_agorot, -(u.amount_agorot - vat_within(u.amount_agorot, v.vat_basis_points))
  from advance_use u join invoice v on v.clinic_id = u.clinic_id and v.id = u.request_id join branch b on b.clinic_id = v.clinic_id and b.id = v.branch_id
    left join appointment a on a.clinic_id = v.clinic_id and a.id = v.appointment_id
  where u.clinic_id = current_clinic() and ${around(sql`u.used_at`, scope)} and ${onDay(dayAt(sql`u.used_at`), scope)} and ${inBranches(sql`v.branch_id`, scope)}`

const cash = (scope: IncomeScope) => sql`
  select w.source, w.id, w.document_id, w.patient_id, w.branch_id, w.practitioner_id, w.visit_type_id, w.day, w.gross, ${netOn(sql`w.gross`, sql`w.day`)} as net
  from (
    select 'payment' as source, p.id, v.id as document_id, p.patient_id, b.id as branch_id, a.practitioner_id, a.visit_type_id, ${dayAt(sql`p.received_at`)} as day, p.amount_agorot as gross
    from payment p left join invoice v on v.clinic_id = p.clinic_id and v.id = p.invoice_id left join appointment a on a.clinic_id = p.clinic_id and a.id = p.appointment_id
      join branch b on b.clinic_id = p.clinic_id and b.id = coalesce(p.branch_id, a.branch_id, v.branch_id)
    where p.clinic_id = current_clinic() and ${around(sql`p.received_at`, scope)} and ${onDay(dayAt(sql`p.received_at`), scope)} and ${inBranches(sql`b.id`, scope)}
    union all
    select 'refund', r.id, v.id, v.patient_id, r.branch_id, a.practitioner_id, a.visit_type_id, ${dayAt(sql`r.given_at`)}, -r.amount_agorot
    from refund r join invoice v on v.clinic_id = r.clinic_id and v.id = r.invoice_id join branch b on b.clinic_id = r.clinic_id and b.id = r.branch_id
      left join appointment a on a.clinic_id = v.clinic_id and a.id = v.appointment_id
    where r.clinic_id = current_clinic() and ${around(sql`r.given_at`, scope)} and ${onDay(dayAt(sql`r.given_at`), scope)} and ${inBranches(sql`r.branch_id`, scope)}
    union all
    select 'cheque', v.id, v.id, v.patient_id, v.branch_id, a.practitioner_id, a.visit_type_id, v.issued_on, -v.total_agorot
    from invoice v left join appointment a on a.clinic_id = v.clinic_id and a.id = v.appointment_id
    where v.clinic_id = current_clinic() and v.kind = '410' and v.cheque_id is not null and ${onDay(sql`v.issued_on`, scope)} and ${inBranches(sql`v.branch_id`, scope)}
  ) w`

const atoms: Record<IncomeView, (scope: IncomeScope) => RawBuilder<unknown>> = { performed, billed, cash }
