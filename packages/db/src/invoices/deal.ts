import { sql } from 'kysely'
import type { CashLimit, Deal } from '@yoman/domain/money/cash'
import type { Db, Tx } from '../database.ts'

export async function loadCashLimits(db: Db): Promise<CashLimit[]> {
  const rows = await db.selectFrom('cash_limit').selectAll().execute()
  return rows.map((row) => ({ validFrom: row.valid_from, freePrice: row.free_price_agorot, shareBasisPoints: row.share_basis_points, most: row.most_agorot }))
}

/**
 * The deal that a visit belongs to: a treatment plan in all its editions with all visits that came of any of them, else the visit
 * alone. The plan costs what its latest edition that was agreed on says. The rows of the plan are locked, so that cash for two of its
 * visits is counted one after the other. `visitTotal` is what this visit costs now.
 */
export async function lockDeal(tx: Tx, appointmentId: string, visitTotal: number): Promise<Deal> {
  const plans = await findPlansOf(tx, appointmentId)
  // In the order in which whoever signs or settles plans takes them, so that nobody waits in a ring.
  if (plans.length > 0) await sql`select from treatment_plan where clinic_id = current_clinic() and id = any(${plans}::uuid[]) order by id for no key update`.execute(tx)
  const { rows } = await sql<{ least: number; most: number; billed: number; cash: number }>`
    with visit as (
      select ${appointmentId}::uuid as id
      union select a.id from appointment a where a.clinic_id = current_clinic() and cardinality(${plans}::uuid[]) > 0
        and a.patient_id = (select b.patient_id from appointment b where b.clinic_id = current_clinic() and b.id = ${appointmentId}) and ${planOfVisit} = any(${plans}::uuid[])
    ), item as (
      select i.quantity, i.least_agorot, i.most_agorot from treatment_plan_item i where i.clinic_id = current_clinic() and i.plan_id = (
        select p.id from treatment_plan p where p.clinic_id = current_clinic() and p.id = any(${plans}::uuid[]) and p.status in ${agreed} order by p.edition desc, p.answered_at desc limit 1)
    )
    select coalesce((select sum(item.quantity * item.least_agorot) from item), 0)::bigint as least,
      coalesce((select sum(item.quantity * item.most_agorot) from item), 0)::bigint as most,
      coalesce((select sum(billed_for_visit(current_clinic(), visit.id)) from visit), 0)::bigint as billed,
      coalesce((select sum(p.amount_agorot) from payment p join visit on visit.id = p.appointment_id where p.clinic_id = current_clinic() and p.method = 'cash'), 0)::bigint as cash`.execute(tx)
  const { least, most, billed, cash } = rows[0] ?? { least: 0, most: 0, billed: 0, cash: 0 }
  return { least: Math.max(least, billed, visitTotal), most: Math.max(most, billed, visitTotal), cashBefore: cash }
}

/** What a patient once agreed to, whatever became of it. */
const agreed = sql`('accepted', 'replaced', 'closed', 'done')`

/**
 * An edition of the plan that the visit `a` came of: by its own order; by that of the series it was booked in, whose later visits carry
 * none; else by what was done in it, as a signature settles plans: the same item, on the same tooth or on none, while the plan bound.
 */
const planOfVisit = sql`coalesce(
  (select f.plan_id from (
      select a.order_id, 0 as position
      union all select b.order_id, s.position from series_visit own join series_visit s on s.clinic_id = own.clinic_id and s.series_id = own.series_id
        join appointment b on b.clinic_id = s.clinic_id and b.id = s.appointment_id where own.clinic_id = a.clinic_id and own.appointment_id = a.id
    ) w join treatment_plan_order o on o.clinic_id = a.clinic_id and o.order_id = w.order_id join treatment_plan_phase f on f.clinic_id = o.clinic_id and f.id = o.phase_id
    join treatment_plan p on p.clinic_id = f.clinic_id and p.id = f.plan_id where p.status in ${agreed} order by w.position, p.edition desc limit 1),
  (select p.id from encounter e join procedure_done d on d.clinic_id = e.clinic_id and d.encounter_id = e.id
    join treatment_plan p on p.clinic_id = e.clinic_id and p.patient_id = a.patient_id join treatment_plan_item i on i.clinic_id = p.clinic_id and i.plan_id = p.id
    where e.clinic_id = a.clinic_id and e.appointment_id = a.id and p.status in ${agreed} and i.price_item_id = d.price_item_id and (i.tooth is null or i.tooth = d.tooth)
      and p.answered_at <= coalesce(e.signed_at, 'infinity') and e.started_at <= coalesce(p.ended_at, 'infinity') order by p.answered_at desc, p.id limit 1))`

/** All editions of the plan that the visit came of; none where it came of no plan. */
async function findPlansOf(db: Db, appointmentId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive before as (
      select p.id, p.replaces_id from treatment_plan p where p.clinic_id = current_clinic()
        and p.id = (select ${planOfVisit} from appointment a where a.clinic_id = current_clinic() and a.id = ${appointmentId})
      union select p.id, p.replaces_id from treatment_plan p join before on before.replaces_id = p.id where p.clinic_id = current_clinic()
    ), edition as (
      select before.id from before where before.replaces_id is null
      union select p.id from treatment_plan p join edition on edition.id = p.replaces_id where p.clinic_id = current_clinic()
    ) select id from edition`.execute(db)
  return rows.map(({ id }) => id)
}
