import { sql } from 'kysely'
import { discountKept, type OffPrice } from '@yoman/domain/invoices/discount'
import type { GivenLine } from '@yoman/domain/registers/discounts'
import type { DayRange } from '@yoman/domain/reports/period'
import type { Db } from '../database.ts'
import { visitOff } from '../discounts/queries.ts'
import { type Usual, usualJson, usualPrices } from '../prices/usual.ts'

type Row = Omit<GivenLine, 'gross' | 'discount'> & { gross: number | null; discount: number | null; usual: Usual | null; off: OffPrice | null }

/**
 * Discounts that stand, given on days of a period on the wall of each branch, oldest first. That of a visit nobody had written about when it was billed is
 * what its document says; until there is one, and no encounter, what it comes to by the price of its kind as it is now. @param branchIds null: all of the clinic
 */
export async function discountsGiven(db: Db, { from, to }: DayRange, branchIds: readonly string[] | null): Promise<GivenLine[]> {
  const [early, late] = [sql`${from.toString()}::date - 1`, sql`${to.toString()}::date + 2`] // wide enough for every zone: the exact day is asked beside it
  const { rows } = await sql<Row>`
    select g.id, (g.at at time zone b.time_zone)::date as "on", g.by as "staffId", s.name as by, s.name_en as "byEn", b.name as branch, b.name_en as "branchEn", g.reason, g.gross, g.discount, g.usual, g.off,
      p.given_name as "givenName", p.family_name as "familyName", p.given_name_latin as "givenNameLatin", p.family_name_latin as "familyNameLatin"
    from (
      select d.id, d.discount_at as at, d.discount_by as by, coalesce(a.branch_id, e.branch_id) as branch_id, e.patient_id, d.discount_reason as reason,
        d.quantity * d.unit_price_agorot as gross, d.discount_agorot as discount, null::jsonb as usual, null::jsonb as off
      from procedure_done d join encounter e on e.clinic_id = d.clinic_id and e.id = d.encounter_id left join appointment a on a.clinic_id = e.clinic_id and a.id = e.appointment_id
      where d.clinic_id = current_clinic() and d.discount_at >= ${early} and d.discount_at < ${late}
      union all
      select a.id, x.given_at, x.given_by, a.branch_id, a.patient_id, x.reason, l.gross, l.discount, case when l.gross is null then ${usualJson} end, ${visitOff}
      from visit_discount x join appointment a on a.clinic_id = x.clinic_id and a.id = x.appointment_id join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
        left join lateral (
          select sum(i.quantity * i.unit_price_agorot)::bigint as gross, sum(i.discount_agorot)::bigint as discount from invoice v join invoice_line i on i.clinic_id = v.clinic_id and i.invoice_id = v.id
          where v.clinic_id = a.clinic_id and v.appointment_id = a.id and v.encounter_id is null and (v.id = document_of_visit(a.clinic_id, a.id) or v.id in (select document_of_part(w.clinic_id, w.appointment_id, w.organisation_id) from visit_payer_part w where w.clinic_id = a.clinic_id and w.appointment_id = a.id))) l on true
      where x.clinic_id = current_clinic() and x.given_at >= ${early} and x.given_at < ${late}
        and (l.gross is not null or not exists (select from encounter e where e.clinic_id = a.clinic_id and e.appointment_id = a.id))
    ) g join branch b on b.clinic_id = current_clinic() and b.id = g.branch_id join staff s on s.clinic_id = current_clinic() and s.id = g.by join patient p on p.clinic_id = current_clinic() and p.id = g.patient_id
    where (g.at at time zone b.time_zone)::date between ${from.toString()}::date and ${to.toString()}::date and (${branchIds === null}::boolean or b.id = any(${[...(branchIds ?? [])]}::uuid[]))
    order by g.at, g.id`.execute(db)
  const prices = await usualPrices(db, rows.map(({ usual }) => usual))
  return rows.map(({ usual, off, gross, discount, ...line }, at) => {
    const price = prices[at]?.priceAgorot ?? 0
    return usual && off ? { ...line, gross: price, discount: discountKept(price, off) } : { ...line, gross: gross ?? 0, discount: discount ?? 0 }
  }).filter(({ discount }) => discount > 0)
}
