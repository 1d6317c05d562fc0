import { type RawBuilder, sql } from 'kysely'
import type { IncomeGroup, IncomeSource, IncomeView, KeyedSum } from '@yoman/domain/reports/income'
import type { InvoiceKind, PaymentMethod } from '@yoman/domain/invoices/invoice'
import type { PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { atomsOf, type IncomeScope } from './atoms.ts'

/** What a row `x` of a view is grouped by; empty where it has none. Weeks begin on Sunday, as `startOf` of the domain. */
const keyOf: Record<IncomeGroup, RawBuilder<string>> = {
  practitioner: sql`coalesce(x.practitioner_id::text, '')`,
  branch: sql`x.branch_id::text`,
  visit_type: sql`coalesce(x.visit_type_id::text, '')`,
  health_fund: sql`coalesce((select p.health_fund from patient p where p.clinic_id = current_clinic() and p.id = x.patient_id), '')`,
  month: sql`(x.day - (extract(day from x.day)::int - 1))::text`,
  week: sql`(x.day - extract(dow from x.day)::int)::text`,
  day: sql`x.day::text`,
}

/** Sums of a view by a group. */
export async function sumIncome(db: Db, view: IncomeView, group: IncomeGroup, scope: IncomeScope): Promise<KeyedSum[]> {
  const { rows } = await sql<KeyedSum>`
    select ${keyOf[group]} as key, count(*)::int as count, sum(x.gross)::bigint as gross, sum(x.net)::bigint as net
    from (${atomsOf(view, scope)}) x group by 1 order by 1`.execute(db)
  return rows
}

/** One piece of a figure, with what it leads to. */
export interface IncomeItem {
  source: IncomeSource
  id: string
  day: PlainDate
  branchId: string
  practitionerId: string | null
  visitTypeId: string | null
  gross: number
  net: number
  patientId: string | null
  givenName: string
  familyName: string
  givenNameLatin: string
  familyNameLatin: string
  /** The document behind it; of a visit the one that it was billed with. */
  documentId: string | null
  documentKind: InvoiceKind | null
  documentNumber: number | null
  method: PaymentMethod | null
}

export interface ItemPlace {
  day: string
  source: string
  id: string
}

/** The pieces of one figure, or of all of them, by day. */
export async function listIncome(db: Db, view: IncomeView, { group, key }: { group: IncomeGroup; key: string | null }, scope: IncomeScope, after: ItemPlace | null, limit: number): Promise<IncomeItem[]> {
  const { rows } = await sql<IncomeItem>`
    with page as (
      select x.* from (${atomsOf(view, scope)}) x
      where (${key}::text is null or ${keyOf[group]} = ${key}::text)
        and (${after?.day ?? null}::date is null or (x.day, x.source, x.id) > (${after?.day ?? null}::date, ${after?.source ?? null}::text, ${after?.id ?? null}::uuid))
      order by x.day, x.source, x.id limit ${limit})
    select x.source, x.id, x.day, x.branch_id as "branchId", x.practitioner_id as "practitionerId", x.visit_type_id as "visitTypeId", x.gross, x.net, x.patient_id as "patientId",
      coalesce(p.given_name, '') as "givenName", coalesce(p.family_name, '') as "familyName", coalesce(p.given_name_latin, '') as "givenNameLatin", coalesce(p.family_name_latin, '') as "familyNameLatin",
      v.id as "documentId", v.kind as "documentKind", v.number as "documentNumber",
      case x.source when 'payment' then (select y.method from payment y where y.clinic_id = current_clinic() and y.id = x.id)
        when 'refund' then (select y.method from refund y where y.clinic_id = current_clinic() and y.id = x.id) when 'cheque' then 'cheque' end as method
    from page x left join patient p on p.clinic_id = current_clinic() and p.id = x.patient_id
      left join invoice v on v.clinic_id = current_clinic() and v.id = case when x.source = 'visit' then document_of_visit(current_clinic(), x.id) else x.document_id end
    order by x.day, x.source, x.id`.execute(db)
  return rows
}

export interface KeyName {
  key: string
  name: string
  nameEn: string
}

/** Names of practitioners, branches and kinds of visit, as they are now. None of the groups whose keys speak for themselves. */
export async function namesOfKeys(db: Db, group: IncomeGroup, keys: readonly string[]): Promise<KeyName[]> {
  const table = { practitioner: sql`resource`, branch: sql`branch`, visit_type: sql`visit_type`, health_fund: null, month: null, week: null, day: null }[group]
  const ids = keys.filter((key) => key !== '')
  if (table === null || ids.length === 0) return []
  const { rows } = await sql<KeyName>`select id::text as key, name, name_en as "nameEn" from ${table} where clinic_id = current_clinic() and id = any(${ids}::uuid[])`.execute(db)
  return rows
}
