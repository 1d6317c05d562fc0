import { sql } from 'kysely'
import type { OpenPoints } from '@yoman/domain/months/close'
import type { DayRange } from '@yoman/domain/reports/period'
import type { Db } from '../database.ts'
import { atomsOf } from '../reports/atoms.ts'

/** What of a month still waits for somebody, counted. */
export async function countOpenPoints(db: Db, range: DayRange): Promise<OpenPoints> {
  const scope = { range, branchIds: null }
  const [from, to] = [sql`${range.from.toString()}::date`, sql`${range.to.toString()}::date`]
  const { rows } = await sql<OpenPoints>`
    select
      (select jsonb_build_object('count', count(*), 'agorot', coalesce(sum(w.gross), 0)) from (${atomsOf('performed', scope)}) w
        where document_of_visit(current_clinic(), w.id) is null) as "unbilledVisits",
      (select count(*)::int from branch b join appointment a on a.clinic_id = b.clinic_id and a.branch_id = b.id and a.starts_at >= ${from}::timestamp at time zone b.time_zone and a.starts_at < (${to} + 1)::timestamp at time zone b.time_zone
        where b.clinic_id = current_clinic() and a.status in ('arrived', 'called', 'in_treatment')) as "unfinishedVisits",
      (select jsonb_build_object('count', count(*), 'agorot', coalesce(sum(w.gross), 0)) from (${atomsOf('cash', scope)}) w where w.source = 'payment' and w.document_id is null) as "waitingMoney",
      -- Of earlier months too: whoever closes a month is the last who is asked.
      (select jsonb_build_object('count', count(*), 'agorot', coalesce(sum(m.amount_agorot) filter (where m.currency = 'ILS'), 0)) from payment_link_money m
        join payment_link l on l.clinic_id = m.clinic_id and l.id = m.link_id join invoice v on v.clinic_id = l.clinic_id and v.id = l.invoice_id join branch b on b.clinic_id = v.clinic_id and b.id = v.branch_id
        where m.clinic_id = current_clinic() and m.state = 'different' and m.known_at < (${to} + 1)::timestamp at time zone b.time_zone) as "undecidedMoney",
      (select count(distinct (w.branch_id, w.day))::int from (${atomsOf('cash', scope)}) w
        where (w.source = 'payment' and not exists (select from cash_closing_payment c where c.clinic_id = current_clinic() and c.payment_id = w.id)
          -- Money of a payment link is at the provider: no desk counts it.
          and not exists (select from payment k where k.clinic_id = current_clinic() and k.id = w.id and k.link_money_id is not null)
            and not exists (select from cheque_move m where m.clinic_id = current_clinic() and m.payment_id = w.id and m.state = 'withdrawn'))
          or (w.source = 'refund' and not exists (select from cash_closing_refund c where c.clinic_id = current_clinic() and c.refund_id = w.id))) as "openDeskDays",
      (select jsonb_build_object('count', count(*), 'agorot', coalesce(sum(p.amount_agorot), 0)) from payment p
        where p.clinic_id = current_clinic() and p.cheque_due_on between ${from} and ${to} and not exists (select from cheque_move m where m.clinic_id = p.clinic_id and m.payment_id = p.id)) as "dueCheques",
      (select count(*)::int from invoice v join lateral (select m.state from message m where m.clinic_id = v.clinic_id and m.invoice_id = v.id and m.kind = 'invoice' order by m.created_at desc, m.id desc limit 1) l on true
        where v.clinic_id = current_clinic() and v.issued_on between ${from} and ${to} and l.state in ('queued', 'sending', 'unknown', 'failed')) as "waitingMails",
      (select count(*)::int from document_counter c where c.clinic_id = current_clinic() and c.last_number <> (select count(*) from invoice v where v.clinic_id = c.clinic_id and v.kind = c.kind)) as "brokenSeries"`.execute(db)
  const [row] = rows
  if (!row) throw new Error('counts always have a row')
  return row
}
