import { sql } from 'kysely'
import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import type { StatementReaders } from '@yoman/domain/statements/statement'
import { lastDayOf } from '@yoman/domain/statements/statement'
import type { PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { payerOfRow } from '../debts/payer.ts'
import { balance, cameWith } from '../invoices/lists.ts'
import { stillToGive } from '../invoices/taken-back.ts'

/** What an organisation pays is no matter of the patient's. */
const ofPatients = sql`v.clinic_id = current_clinic() and v.organisation_id is null`

/** Who reads about the money of the patient in a row `p`. A child whom nobody pays for has a statement of its own, which nobody is sent: the desk sees that. */
const readerOfRow = (today: PlainDate) => sql<string>`coalesce(${payerOfRow(today)}, p.id)`

/** Who gets a statement of a month and has none yet, by id. @param month its first day. */
export async function findReaders(db: Db, { today, month, readers }: { today: PlainDate; month: PlainDate; readers: StatementReaders }): Promise<string[]> {
  const last = lastDayOf(month)
  const { rows } = await sql<{ id: string }>`
    with account as (
      select w.patient_id from (
        select v.patient_id, ${balance} as owed from open_request q join invoice v on v.clinic_id = q.clinic_id and v.id = q.invoice_id
        where q.clinic_id = current_clinic() and ${ofPatients} and v.issued_on <= ${last}::date offset 0) w where w.owed > 0
      union select v.patient_id from invoice v where ${readers === 'moved'}::boolean and ${ofPatients} and v.issued_on between ${month}::date and ${last}::date
    )
    select d.id from (select distinct ${readerOfRow(today)} as id from account a join patient p on p.clinic_id = current_clinic() and p.id = a.patient_id) d
    where not exists (select from account_statement t where t.clinic_id = current_clinic() and t.patient_id = d.id and t.month = ${month}::date and t.made_by is null)
    order by d.id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Somebody whose money a reader is told of. */
export interface Account {
  id: string
  givenName: string
  familyName: string
  givenNameLatin: string
  familyNameLatin: string
  /** A child whom nobody pays for. */
  unspoken: boolean
  /** Nobody reminds of it for now. */
  paused: boolean
}

/** Whom a reader is told of: themselves, and those of the family whom they pay for. */
export async function accountsOf(db: Db, readerId: string, today: PlainDate): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select p.id, p.given_name as "givenName", p.family_name as "familyName", p.given_name_latin as "givenNameLatin", p.family_name_latin as "familyNameLatin", ${payerOfRow(today)} is null as unspoken,
      exists (select from debt_pause u where u.clinic_id = p.clinic_id and u.patient_id = p.id and u.ended_at is null and u.until_on >= ${today}::date) as paused
    from patient p where p.clinic_id = current_clinic() and p.merged_into is null and ${readerOfRow(today)} = ${readerId}::uuid and p.id in (
      select ${readerId}::uuid union select r.patient_id from patient_relation r where r.clinic_id = current_clinic() and r.related_id = ${readerId}::uuid
      union select r.related_id from patient_relation r where r.clinic_id = current_clinic() and r.patient_id = ${readerId}::uuid)
    order by p.id <> ${readerId}::uuid, p.given_name, p.id`.execute(db)
  return rows
}

export interface MonthDocument {
  patientId: string
  branchId: string
  kind: InvoiceKind
  number: number
  on: PlainDate
  total: number
  received: number
}

/** Documents of these people from a day to a day, oldest first. */
export async function documentsOf(db: Db, patientIds: readonly string[], from: PlainDate, to: PlainDate): Promise<MonthDocument[]> {
  const { rows } = await sql<MonthDocument>`
    select v.patient_id as "patientId", v.branch_id as "branchId", v.kind, v.number, v.issued_on as "on", v.total_agorot as total, ${cameWith} as received
    from invoice v where ${ofPatients} and v.patient_id = any(${patientIds}::uuid[]) and v.issued_on between ${from}::date and ${to}::date order by v.issued_at, v.id`.execute(db)
  return rows
}

export interface OwedDocument {
  patientId: string
  branchId: string
  kind: InvoiceKind
  number: number
  on: PlainDate
  dueOn: PlainDate
  owed: number
}

/** What these people owe, the oldest first. */
export async function openOf(db: Db, patientIds: readonly string[], daysToPay: number): Promise<OwedDocument[]> {
  const { rows } = await sql<OwedDocument>`
    select * from (
      select v.patient_id as "patientId", v.branch_id as "branchId", v.kind, v.number, v.issued_on as "on", v.issued_on + ${daysToPay}::int as "dueOn", ${balance} as owed
      from invoice v where ${ofPatients} and v.patient_id = any(${patientIds}::uuid[])
        and exists (select from open_request q where q.clinic_id = v.clinic_id and q.invoice_id = v.id) offset 0) w
    where w.owed > 0 order by w."on", w.number`.execute(db)
  return rows
}

/** Money of these people that stands for no treatment yet (waiting for its document, advances that no bill deducted) or is to be given back, in agorot. */
export async function creditOf(db: Db, patientIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ credit: number }>`
    select (coalesce((select sum(y.amount_agorot) from payment y where y.clinic_id = current_clinic() and y.patient_id = any(${patientIds}::uuid[]) and y.invoice_id is null
        and not exists (select from visit_payer w where w.clinic_id = y.clinic_id and w.appointment_id = y.appointment_id and w.organisation_id is not null)), 0)
      + coalesce((select sum(case when v.advance then greatest(advance_left(v.clinic_id, v.id), 0) else ${stillToGive} end) from invoice v
        where ${ofPatients} and v.patient_id = any(${patientIds}::uuid[]) and (v.advance or v.kind = '330')), 0))::bigint as credit`.execute(db)
  return rows[0]?.credit ?? 0
}
