import { sql } from 'kysely'
import type { Named } from '@yoman/domain/registers/named'
import type { DayRange } from '@yoman/domain/reports/period'
import type { Piece, ShareRule } from '@yoman/domain/shares/share'
import type { PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { procedureCost } from '../discounts/queries.ts'
import { around, closedWorth, dayAt, onDay, rateOn, usualWorth, within } from '../reports/atoms.ts'

export interface PieceRow extends Piece {
  id: string
  /** Of a visit that nobody wrote about its price stands for it. */
  kind: 'procedure' | 'visit'
  name: string
  nameEn: string
  patient: Named
}

export interface CostRow {
  id: string
  procedureId: string
  day: PlainDate
  laboratory: string
  reference: string
  amount: number
  of: PieceRow
}

export async function findShareRules(db: Db): Promise<ShareRule[]> {
  const rows = await db.selectFrom('share_rule').selectAll().orderBy('valid_from', 'desc').orderBy('id').execute()
  return rows.map((row) => ({ id: row.id, practitionerId: row.practitioner_id, priceItemId: row.price_item_id, from: row.valid_from, shareBasisPoints: row.share_basis_points, fixedAgorot: row.fixed_agorot }))
}

/** Names, and what counts, of a row with `practitioner_id`, `item_id`, `at`, `quantity`, `gross` and `patient_id` of a branch `b`. */
const told = sql`select w.id, w.kind, w.practitioner_id as "practitionerId", w.item_id as "priceItemId", w.day, w.quantity::integer as quantity, w.gross::bigint as gross, ${rateOn(sql`w.day`)} as "vatBasisPoints",
    coalesce(nullif(w.description, ''), i.name, '') as name, coalesce(nullif(i.name_en, ''), nullif(w.description, ''), i.name, '') as "nameEn",
    json_build_object('givenName', p.given_name, 'familyName', p.family_name, 'givenNameLatin', p.given_name_latin, 'familyNameLatin', p.family_name_latin) as patient`
const named = sql`join patient p on p.clinic_id = current_clinic() and p.id = w.patient_id left join price_item i on i.clinic_id = current_clinic() and i.id = w.item_id`

/** What was done in some days, one row for each piece, by day: the same that the report of income calls performed, and what was given for nothing, which a rule by the piece pays too. */
export async function findPieces(db: Db, range: DayRange, practitionerId: string | null): Promise<PieceRow[]> {
  const scope = { range, branchIds: null }
  const { rows } = await sql<PieceRow>`
    ${told} from (
      select d.id, 'procedure' as kind, a.practitioner_id, d.price_item_id as item_id, ${dayAt(sql`a.starts_at`)} as day, d.quantity, ${procedureCost} as gross, d.description, a.patient_id
      from branch b join appointment a on a.clinic_id = b.clinic_id and a.branch_id = b.id and ${within(sql`a.starts_at`, scope)}
        join encounter e on e.clinic_id = a.clinic_id and e.appointment_id = a.id join procedure_done d on d.clinic_id = e.clinic_id and d.encounter_id = e.id
      where b.clinic_id = current_clinic() and a.status = 'completed'
      union all
      select a.id, 'visit', a.practitioner_id, t.price_item_id, ${dayAt(sql`a.starts_at`)}, 1, coalesce(${closedWorth}, ${usualWorth}, 0), '', a.patient_id
      from branch b join appointment a on a.clinic_id = b.clinic_id and a.branch_id = b.id and ${within(sql`a.starts_at`, scope)}
        left join visit_type t on t.clinic_id = a.clinic_id and t.id = a.visit_type_id left join encounter e on e.clinic_id = a.clinic_id and e.appointment_id = a.id
      where b.clinic_id = current_clinic() and a.status = 'completed' and not exists (select from procedure_done d where d.clinic_id = e.clinic_id and d.encounter_id = e.id)
      union all
      select d.id, 'procedure', e.practitioner_id, d.price_item_id, ${dayAt(sql`e.started_at`)}, d.quantity, ${procedureCost}, d.description, e.patient_id
      from encounter e join branch b on b.clinic_id = e.clinic_id and b.id = e.branch_id join procedure_done d on d.clinic_id = e.clinic_id and d.encounter_id = e.id
      where e.clinic_id = current_clinic() and e.appointment_id is null and ${around(sql`e.started_at`, scope)} and ${onDay(dayAt(sql`e.started_at`), scope)}
    ) w ${named} where (w.gross <> 0 or w.kind = 'procedure') and (${practitionerId}::uuid is null or w.practitioner_id = ${practitionerId}::uuid) order by w.day, w.id`.execute(db)
  return rows
}

/** A procedure as `w` of `told`, on the day of its visit. */
const procedurePiece = sql`(
  select d.id, 'procedure' as kind, coalesce(a.practitioner_id, e.practitioner_id) as practitioner_id, d.price_item_id as item_id, ${dayAt(sql`coalesce(a.starts_at, e.started_at)`)} as day, d.quantity,
    ${procedureCost} as gross, d.description, e.patient_id
  from procedure_done d join encounter e on e.clinic_id = d.clinic_id and e.id = d.encounter_id left join appointment a on a.clinic_id = e.clinic_id and a.id = e.appointment_id
    join branch b on b.clinic_id = e.clinic_id and b.id = coalesce(a.branch_id, e.branch_id)
  where d.clinic_id = c.clinic_id and d.id = c.procedure_id)`

/** Laboratory costs of some days, with what they are for, whenever that was done. */
export async function findCosts(db: Db, { from, to }: DayRange, practitionerId: string | null): Promise<CostRow[]> {
  const { rows } = await sql<PieceRow & { costId: string; costDay: PlainDate; laboratory: string; reference: string; amount: number }>`
    ${told}, c.id as "costId", c.day as "costDay", c.laboratory, c.reference, c.amount_agorot as amount
    from laboratory_cost c cross join lateral ${procedurePiece} w ${named}
    where c.clinic_id = current_clinic() and c.day between ${from.toString()}::date and ${to.toString()}::date and (${practitionerId}::uuid is null or w.practitioner_id = ${practitionerId}::uuid)
    order by c.day, c.id`.execute(db)
  return rows.map(({ costId, costDay, laboratory, reference, amount, ...of }) => ({ id: costId, procedureId: of.id, day: costDay, laboratory, reference, amount, of }))
}

/** Whether something was done that a cost can be for: its note is signed, and it counts, for its visit, if it is of one, is over. Undefined where it is not there. */
export const isCountedProcedure = async (db: Db, procedureId: string): Promise<boolean | undefined> =>
  (await sql<{ counted: boolean }>`select e.status = 'signed' and (e.appointment_id is null or a.status = 'completed') as counted
    from procedure_done d join encounter e on e.clinic_id = d.clinic_id and e.id = d.encounter_id left join appointment a on a.clinic_id = e.clinic_id and a.id = e.appointment_id
    where d.clinic_id = current_clinic() and d.id = ${procedureId}::uuid`.execute(db)).rows[0]?.counted
