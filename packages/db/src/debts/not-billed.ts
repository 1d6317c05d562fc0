import { sql } from 'kysely'
import type { OffPrice } from '@yoman/domain/invoices/discount'
import type { Period } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { procedureCost, visitOff } from '../discounts/queries.ts'
import { costOfUsual, type Usual, usualJson, usualPrices } from '../prices/usual.ts'

/** Visits of a time that are over and have no document yet, and what their procedures cost: not a debt, and not lost. A visit with no encounter costs the price of its kind. */
export async function notBilled(db: Db, { start, end }: Period, branchId: string | undefined): Promise<{ visits: number; totalAgorot: number }> {
  // Visits of one price are counted together: of sixty days there may be thousands.
  const { rows } = await sql<{ visits: number; total: number; usual: Usual | null; off: OffPrice | null }>`
    select count(*)::int as visits, coalesce(sum(total), 0)::bigint as total, usual, off from (
      select case when e.id is null then ${usualJson} end as usual, case when e.id is null then ${visitOff} end as off,
        (select sum(${procedureCost}) from procedure_done d where d.clinic_id = a.clinic_id and d.encounter_id = e.id) as total
      from appointment a left join encounter e on e.clinic_id = a.clinic_id and e.appointment_id = a.id left join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      where a.clinic_id = current_clinic() and a.status = 'completed' and a.starts_at >= ${start} and a.starts_at < ${end} and (${branchId ?? null}::uuid is null or a.branch_id = ${branchId ?? null}::uuid)
        and document_of_visit(a.clinic_id, a.id) is null
    ) done where usual is not null or total > 0 group by usual, off`.execute(db)
  const prices = await usualPrices(db, rows.map(({ usual }) => usual))
  const groups = rows.map(({ visits, total, usual, off }, at) => ({ visits, total: usual ? visits * costOfUsual(prices[at], off) : Number(total) })).filter(({ total }) => total > 0)
  return { visits: groups.reduce((sum, group) => sum + group.visits, 0), totalAgorot: groups.reduce((sum, group) => sum + group.total, 0) }
}
