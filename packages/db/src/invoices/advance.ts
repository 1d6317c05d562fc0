import { type Insertable, sql } from 'kysely'
import type { InvoiceKind } from '@yoman/domain/invoices/invoice'
import type { PlainDate } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { AdvanceUseTable } from './table.ts'

/** Money of a patient that stays with the clinic and that a bill may use: an advance, or a credit note that was not given back. */
export interface PatientCredit {
  id: string
  kind: InvoiceKind
  number: number
  issuedOn: PlainDate
  appointmentId: string | null
  /** Whose money it is where it is not the patient's. */
  organisationId: string | null
  /** Agorot that are left, more than nothing. */
  left: number
}

const left = sql<number>`case when v.advance then advance_left(v.clinic_id, v.id)
  else least(v.total_agorot - settled_of(v.clinic_id, v.id), paid_for(v.clinic_id, v.based_on_id) - went_from(v.clinic_id, v.based_on_id)) end`
const columns = sql`v.id, v.kind, v.number, v.issued_on as "issuedOn", v.appointment_id as "appointmentId", v.organisation_id as "organisationId", ${left} as left`

/** What a patient has with the clinic, the oldest first. */
export async function findCreditsOf(db: Db, patientId: string): Promise<PatientCredit[]> {
  const { rows } = await sql<PatientCredit>`select * from (select ${columns}, v.issued_at from invoice v
    where v.clinic_id = current_clinic() and v.patient_id = ${patientId}::uuid and (v.advance or v.kind = '330')) c where c.left > 0 order by c.issued_at, c.kind, c.id`.execute(db)
  return rows.map(({ id, kind, number, issuedOn, appointmentId, organisationId, left: amount }) => ({ id, kind, number, issuedOn, appointmentId, organisationId, left: amount }))
}

export async function isPatient(db: Db, patientId: string): Promise<boolean> {
  const row = await db.selectFrom('patient').select('id').where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', patientId).executeTakeFirst()
  return row !== undefined
}

/**
 * Advances that were taken for a visit from its payer and of which something is left, the oldest first, of one moment money (320) before cheques
 * (400); kept from whoever else wants to use them. @param organisationId null: the patient pays.
 */
export async function lockAdvancesFor(tx: Tx, appointmentId: string, organisationId: string | null): Promise<PatientCredit[]> {
  await sql`select from invoice where clinic_id = current_clinic() and appointment_id = ${appointmentId}::uuid and advance order by id for update`.execute(tx)
  const { rows } = await sql<PatientCredit>`select ${columns} from invoice v
    where v.clinic_id = current_clinic() and v.appointment_id = ${appointmentId}::uuid and v.advance and v.organisation_id is not distinct from ${organisationId}::uuid
    order by v.issued_at, v.kind, v.id`.execute(tx)
  return rows.filter((row) => row.left > 0)
}

export async function leftOf(db: Db, sourceId: string): Promise<number> {
  const { rows } = await sql<{ left: number }>`select ${left} as left from invoice v where v.clinic_id = current_clinic() and v.id = ${sourceId}::uuid`.execute(db)
  return rows[0]?.left ?? 0
}

export async function insertAdvanceUses(tx: Tx, rows: readonly Insertable<AdvanceUseTable>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto('advance_use').values(rows).execute()
}

export const findAdvanceUse = (db: Db, id: string) =>
  db.selectFrom('advance_use').selectAll().where('clinic_id', '=', sql<string>`current_clinic()`).where('id', '=', id).executeTakeFirst()

/**
 * What of a visit's document, and of what was asked of others instead, credit notes took back, and the last of them; undefined where there is none. Credit notes of an advance take what
 * no bill deducted first, and then of its bills the one that used it last first: one agora counts for one bill, and for the same one ever after.
 */
export async function creditsOfVisitDocument(db: Db, documentId: string): Promise<{ credited: number; last: { id: string; number: number; issuedOn: PlainDate } | undefined }> {
  const { rows } = await sql<{ id: string; number: number; issuedOn: PlainDate; credited: number }>`
    with recursive asked as (select ${documentId}::uuid as id union select n.id from asked join invoice n on n.clinic_id = current_clinic() and n.instead_of_id = asked.id and n.based_on_id = asked.id),
    use as (select advance_id, request_id, sum(amount_agorot) as amount, min(used_at) as first from advance_use where clinic_id = current_clinic()
      and advance_id in (select advance_id from advance_use where clinic_id = current_clinic() and request_id in (select id from asked)) group by advance_id, request_id),
    shared as (select use.*, coalesce(sum(amount) over (partition by advance_id order by first desc, request_id desc rows between unbounded preceding and 1 preceding), 0) as before from use),
    used as (select * from shared where request_id in (select id from asked)),
    taxed as (
      select id from asked
      union select f.id from invoice f where f.clinic_id = current_clinic() and f.based_on_id in (select id from asked) and f.kind in ('305', '320')
      union select t.id from invoice r join invoice t on t.clinic_id = r.clinic_id and t.based_on_id = r.id and t.kind = '305' where r.clinic_id = current_clinic() and r.based_on_id in (select id from asked) and r.kind = '400'
    ), advance as (
      select used.advance_id as id from used
      union select t.id from used join invoice t on t.clinic_id = current_clinic() and t.based_on_id = used.advance_id and t.kind = '305'
    )
    select k.id, k.number, k.issued_on as "issuedOn",
      (coalesce((select sum(c.total_agorot) from invoice c join taxed on taxed.id = c.based_on_id where c.clinic_id = current_clinic() and c.kind = '330'), 0)
        + coalesce((select sum(least(used.amount, greatest(-advance_left(current_clinic(), used.advance_id) - used.before, 0))) from used), 0))::bigint as credited
    from invoice k where k.clinic_id = current_clinic() and k.kind = '330' and k.based_on_id in (select id from taxed union select id from advance)
    order by k.number desc limit 1`.execute(db)
  return { credited: rows[0]?.credited ?? 0, last: rows[0] }
}

/** What credit notes took back of what a transaction invoice got and nobody is asked for anew, in agorot, and the last of them. */
export async function creditsOfRequest(db: Db, requestId: string): Promise<{ left: number; last: { id: string; number: number; issuedOn: PlainDate } | undefined }> {
  const { rows } = await sql<{ id: string; number: number; issuedOn: PlainDate; left: number }>`
    select k.id, k.number, k.issued_on as "issuedOn", credited_of_request(k.clinic_id, ${requestId}::uuid) as left from invoice k join invoice f on f.clinic_id = k.clinic_id and f.id = k.based_on_id left join invoice r on r.clinic_id = f.clinic_id and r.id = f.based_on_id
    where k.clinic_id = current_clinic() and k.kind = '330' and (f.based_on_id = ${requestId}::uuid or (r.kind = '400' and r.based_on_id = ${requestId}::uuid)) order by k.number desc limit 1`.execute(db)
  return { left: rows[0]?.left ?? 0, last: rows[0] }
}

/** Whether credit notes took back all of a visit's document, so that the visit can be billed a second time. */
export const isCreditedWhole = async (db: Db, documentId: string, total: number): Promise<boolean> => (await creditsOfVisitDocument(db, documentId)).credited >= total

/** What a transaction invoice deducted in the moment in which it was issued. */
export async function findDeducted(db: Db, requestId: string): Promise<{ kind: InvoiceKind; number: number; issuedOn: PlainDate; amount: number }[]> {
  const { rows } = await sql<{ kind: InvoiceKind; number: number; issuedOn: PlainDate; amount: number }>`
    select a.kind, a.number, a.issued_on as "issuedOn", u.amount_agorot as amount from advance_use u
      join invoice a on a.clinic_id = u.clinic_id and a.id = u.advance_id join invoice v on v.clinic_id = u.clinic_id and v.id = u.request_id
    where u.clinic_id = current_clinic() and u.request_id = ${requestId}::uuid and u.used_at = v.issued_at and u.amount_agorot > 0 order by a.issued_at, a.kind, a.id`.execute(db)
  return rows
}
