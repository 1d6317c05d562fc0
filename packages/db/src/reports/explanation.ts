import { type RawBuilder, sql } from 'kysely'
import type { ExplainedPart } from '@yoman/domain/reports/explanation'
import type { DayRange } from '@yoman/domain/reports/period'
import type { Db } from '../database.ts'
import { atomsOf, billedBy } from './atoms.ts'

/** The day of a 300 in a row, or of the first one where it asks somebody else for what is left of that. */
const firstOn = (row: RawBuilder<unknown>) => sql`case when ${row}.instead_of_id is null then ${row}.issued_on else (select q.issued_on from invoice q where q.clinic_id = ${row}.clinic_id and q.id = first_request(${row}.clinic_id, ${row}.id)) end`

/**
 * The parts of `Explanation`, each by itself: none is what is left over. A bill is a transaction invoice (300) or an invoice-receipt (320) of a visit
 * without one, with those of others who pay a part of it; its second one, after a credit, is told apart; what is asked of somebody else than before is none. Of the whole clinic, since a desk may take money for another branch's bill.
 */
export async function explainIncome(db: Db, range: DayRange): Promise<Record<ExplainedPart, number>> {
  const [from, to] = [sql`${range.from.toString()}::date`, sql`${range.to.toString()}::date`]
  const done = atomsOf('performed', { range, branchIds: null })
  const { rows } = await sql<Record<ExplainedPart, number>>`
    with done as materialized (select w.id, w.gross, b.issued_on from (${done}) w
        left join invoice b on b.clinic_id = current_clinic() and b.appointment_id = w.id and not b.advance and not b.payer_part and b.based_on_id is null and b.kind in ('300', '320')),
      doc as materialized (select v.*, b.kind as base_kind, ${firstOn(sql`b`)} as base_on, ${billedBy} as asked from invoice v left join invoice b on b.clinic_id = v.clinic_id and b.id = v.based_on_id
        where v.clinic_id = current_clinic() and v.issued_on between ${from} and ${to}),
      bill as materialized (select d.id, d.total_agorot as total, d.based_on_id is not null as anew,
          (select (a.starts_at at time zone z.time_zone)::date from appointment a join branch z on z.clinic_id = a.clinic_id and z.id = a.branch_id
            where a.clinic_id = d.clinic_id and a.id = d.appointment_id and a.status = 'completed') as done_on
        from doc d where not d.advance and d.asked <> 0 and (d.kind = '300' or (d.kind = '320' and d.based_on_id is null))),
      receipt as (select d.id, d.total_agorot as total, coalesce((select sum(p.amount_agorot) from payment p where p.clinic_id = d.clinic_id and p.invoice_id = d.id), 0) as paid from doc d where d.kind in ('320', '400')),
      used as materialized (select u.amount_agorot as amount, ${firstOn(sql`v`)} as issued_on from advance_use u join invoice v on v.clinic_id = u.clinic_id and v.id = u.request_id join branch z on z.clinic_id = v.clinic_id and z.id = v.branch_id
        where u.clinic_id = current_clinic() and u.used_at >= ${from} - 1 and u.used_at < ${to} + 2 and (u.used_at at time zone z.time_zone)::date between ${from} and ${to}),
      came as materialized (select w.gross, w.source, v.issued_on from (${atomsOf('cash', { range, branchIds: null })}) w left join invoice v on v.clinic_id = current_clinic() and v.id = w.document_id)
    select
      -(select coalesce(sum(gross), 0) from done where issued_on is null or issued_on > ${to})::bigint as "doneNotBilled",
      -(select coalesce(sum(gross), 0) from done where issued_on < ${from})::bigint as "billedBefore",
      ((select coalesce(sum(total), 0) from bill where not anew and done_on between ${from} and ${to}) - (select coalesce(sum(gross), 0) from done where issued_on between ${from} and ${to}))::bigint as "billedOtherwise",
      (select coalesce(sum(total), 0) from bill where not anew and done_on < ${from})::bigint as "earlierVisits",
      (select coalesce(sum(total), 0) from bill where not anew and (done_on is null or done_on > ${to}))::bigint as "notDone",
      (select coalesce(sum(total), 0) from bill where anew)::bigint as "billedAnew",
      (select coalesce(sum(total_agorot), 0) from doc where advance)::bigint as advances,
      -(select coalesce(sum(amount), 0) from used)::bigint as deducted,
      -(select coalesce(sum(total_agorot), 0) from doc where kind = '330')::bigint as credits,
      (select coalesce(sum(asked), 0) from doc where kind = '410')::bigint as "advancesGone",
      ((select coalesce(sum(total_agorot), 0) from doc where kind in ('320', '400') and base_kind = '300' and base_on between ${from} and ${to})
        + (select coalesce(sum(total_agorot), 0) from doc where kind = '320' and based_on_id is null and not advance)
        + (select coalesce(sum(total_agorot), 0) from doc where credit_id is not null and base_on between ${from} and ${to})
        + (select coalesce(sum(amount), 0) from used where issued_on between ${from} and ${to})
        - (select coalesce(sum(total), 0) from bill))::bigint as "notPaid",
      (select coalesce(sum(paid - total), 0) from receipt)::bigint as rounding,
      (select coalesce(sum(total_agorot), 0) from doc where kind in ('320', '400') and not advance and base_kind = '300' and base_on < ${from})::bigint as "earlierDebts",
      ((select coalesce(sum(gross), 0) from came where source = 'payment' and (issued_on is null or issued_on not between ${from} and ${to}))
        - ((select coalesce(sum(paid), 0) from receipt) - (select coalesce(sum(gross), 0) from came where source = 'payment' and issued_on between ${from} and ${to})))::bigint as "moneyWaiting",
      (select coalesce(sum(amount), 0) from used where issued_on < ${from})::bigint as "earlierByAdvance",
      ((select coalesce(sum(total_agorot), 0) from doc where kind = '330') + (select coalesce(sum(gross), 0) from came where source = 'refund')
        - (select coalesce(sum(total_agorot), 0) from doc where credit_id is not null and base_on between ${from} and ${to}))::bigint as "creditsKept",
      ((select coalesce(sum(gross), 0) from came where source = 'cheque') - (select coalesce(sum(asked), 0) from doc where kind = '410')
        + (select coalesce(sum(total_agorot), 0) from doc where kind = '400' and base_kind = '410'))::bigint as "chequesGone"`.execute(db)
  const [row] = rows
  if (!row) throw new Error('sums always have a row')
  return row
}
