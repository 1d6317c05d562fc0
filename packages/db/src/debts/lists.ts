import { sql } from 'kysely'
import { type Age, type Ageing, lastDay } from '@yoman/domain/debts/ageing'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { balance } from '../invoices/lists.ts'

export interface DebtFilter {
  /** The clinic's calendar day that ages are counted to. */
  today: PlainDate
  daysToPay: number
  branchId?: string | undefined
  patientId?: string | undefined
  /** Only who owes something of this age. */
  age?: Age | undefined
  /** The sort keys of the last row of the page before: the oldest due day, the patient and the organisation, which is empty where the patient pays. */
  after?: readonly [dueOn: string, patientId: string, organisationId: string] | undefined
}

/** Who owes, with sums in agorot. */
export interface DebtorRow extends Ageing {
  patientId: string
  givenName: string
  familyName: string
  givenNameLatin: string
  familyNameLatin: string
  /** Who owes for the patient's treatment where it is not the patient. */
  organisation: { id: string; name: string; nameLatin: string } | null
  phone: string | null
  /** Where the oldest of the debts was made. */
  branchId: string
  total: number
  documents: number
  oldestDueOn: PlainDate
  lastContactAt: Instant | null
  promisedFor: Instant | null
  promiseTaskId: string | null
}

export interface DebtTotals extends Ageing {
  total: number
  /** Who owes, each once: an organisation that pays for several patients is one. */
  debtors: number
  documents: number
}

/** Documents that something is owed on: `owed` above nothing, and the day it is due. `open_request` names those that are worth a look. */
const owedDocuments = ({ daysToPay, branchId, patientId }: DebtFilter) => sql`
  select * from (
    select v.id, v.patient_id, v.organisation_id, v.branch_id, v.issued_on + ${daysToPay}::int as due_on, ${balance} as owed
    from open_request q join invoice v on v.clinic_id = q.clinic_id and v.id = q.invoice_id
    where q.clinic_id = current_clinic()
      and (${branchId ?? null}::uuid is null or v.branch_id = ${branchId ?? null}::uuid)
      and (${patientId ?? null}::uuid is null or v.patient_id = ${patientId ?? null}::uuid)
    offset 0) w -- so that each balance is added up once
  where w.owed > 0`

/** The column of a debt in a row `o`; the same as `ageOf` of the domain. */
const ageIs = (age: Age, today: PlainDate) => {
  const days = sql`(${today}::date - o.due_on)`
  if (age === 'notDue') return sql<boolean>`${days} <= ${lastDay.notDue}::int`
  if (age === 'to30') return sql<boolean>`${days} > ${lastDay.notDue}::int and ${days} <= ${lastDay.to30}::int`
  if (age === 'to60') return sql<boolean>`${days} > ${lastDay.to30}::int and ${days} <= ${lastDay.to60}::int`
  if (age === 'to90') return sql<boolean>`${days} > ${lastDay.to60}::int and ${days} <= ${lastDay.to90}::int`
  return sql<boolean>`${days} > ${lastDay.to90}::int`
}

const sumWhere = (age: Age, today: PlainDate) => sql`coalesce(sum(o.owed) filter (where ${ageIs(age, today)}), 0)::bigint`

/** One row for each who owes, with sums by age; what an organisation owes stands apart from what the patient does. */
const debtors = (filter: DebtFilter) => sql`
  select o.patient_id, o.organisation_id, sum(o.owed)::bigint as total, count(*)::int as documents, min(o.due_on) as oldest, (array_agg(o.branch_id order by o.due_on, o.id))[1] as branch_id,
    ${sumWhere('notDue', filter.today)} as "notDue", ${sumWhere('to30', filter.today)} as to30, ${sumWhere('to60', filter.today)} as to60,
    ${sumWhere('to90', filter.today)} as to90, ${sumWhere('over90', filter.today)} as over90
  from (${owedDocuments(filter)}) o group by o.patient_id, o.organisation_id ${filter.age === undefined ? sql`` : sql`having bool_or(${ageIs(filter.age, filter.today)})`}`

const lastContact = sql`(select max(c.written_at) from contact c where c.clinic_id = p.clinic_id and c.patient_id = p.id)`
const firstPhone = sql`(select f.number from patient_phone f where f.clinic_id = p.clinic_id and f.patient_id = p.id order by f.rank, f.id limit 1)`

/** Who owes, the longest due first. Names, phones and what was promised are read for the rows of the page alone. */
export async function listDebtors(db: Db, filter: DebtFilter, limit: number): Promise<DebtorRow[]> {
  const { rows } = await sql<DebtorRow>`
    with d as materialized (${debtors(filter)}),
      page as (select * from d where ${filter.after?.[0] ?? null}::date is null or (oldest, patient_id, coalesce(organisation_id::text, '')) > (${filter.after?.[0] ?? null}::date, ${filter.after?.[1] ?? null}::uuid, ${filter.after?.[2] ?? null}::text)
        order by oldest, patient_id, coalesce(organisation_id::text, '') limit ${limit})
    select g.patient_id as "patientId", p.given_name as "givenName", p.family_name as "familyName", p.given_name_latin as "givenNameLatin", p.family_name_latin as "familyNameLatin",
      case when q.id is not null then jsonb_build_object('id', q.id, 'name', q.name, 'nameLatin', q.name_latin) end as organisation,
      ${firstPhone} as phone, g.branch_id as "branchId", g.total, g.documents, g.oldest as "oldestDueOn", g."notDue", g.to30, g.to60, g.to90, g.over90,
      ${lastContact} as "lastContactAt", k.due_at as "promisedFor", k.id as "promiseTaskId"
    from page g join patient p on p.clinic_id = current_clinic() and p.id = g.patient_id left join organisation q on q.clinic_id = current_clinic() and q.id = g.organisation_id
      left join lateral (select t.id, t.due_at from task t where g.organisation_id is null and t.clinic_id = p.clinic_id and t.patient_id = p.id and t.about = 'promised_to_pay' and t.status = 'open' order by t.due_at desc, t.id limit 1) k on true
    order by g.oldest, g.patient_id, coalesce(g.organisation_id::text, '')`.execute(db)
  return rows
}

/** The sums of the whole list, whatever page is looked at. */
export async function sumDebts(db: Db, filter: DebtFilter): Promise<DebtTotals> {
  const { rows } = await sql<DebtTotals>`
    select coalesce(sum(total), 0)::bigint as total, count(distinct coalesce(organisation_id, patient_id))::int as debtors, coalesce(sum(documents), 0)::int as documents, coalesce(sum("notDue"), 0)::bigint as "notDue",
      coalesce(sum(to30), 0)::bigint as to30, coalesce(sum(to60), 0)::bigint as to60, coalesce(sum(to90), 0)::bigint as to90, coalesce(sum(over90), 0)::bigint as over90
    from (${debtors(filter)}) d`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a sum always has a row')
  return row
}

export interface DebtDocument {
  id: string
  number: number
  branchId: string
  /** Who owes it where it is not the patient. */
  organisationId: string | null
  issuedOn: PlainDate
  dueOn: PlainDate
  totalAgorot: number
  owedAgorot: number
}

/** The documents of one patient that something is owed on, the longest due first. */
export async function listDebtDocuments(db: Db, filter: DebtFilter & { patientId: string }): Promise<DebtDocument[]> {
  const { rows } = await sql<DebtDocument>`
    select v.id, v.number, v.branch_id as "branchId", v.organisation_id as "organisationId", v.issued_on as "issuedOn", v.issued_on + ${filter.daysToPay}::int as "dueOn", v.total_agorot as "totalAgorot", ${balance} as "owedAgorot"
    from (${owedDocuments(filter)}) o join invoice v on v.clinic_id = current_clinic() and v.id = o.id
    order by v.issued_on, v.number`.execute(db)
  return rows
}
