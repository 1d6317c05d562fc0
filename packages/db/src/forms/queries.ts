import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { FormContent } from '@yoman/domain/forms/form'
import type { SendingHours } from '@yoman/domain/reminders/sending-hours'
import type { PlainTime } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import { refuses } from '../messages/refused.ts'
import type { Language } from '../messages/visit-facts.ts'
import type { FormResponseTable, FormTable, FormVersionTable, ReportedAlertTable } from './table.ts'

export type FormRow = Selectable<FormTable> & { content: FormContent }
export type ResponseRow = Selectable<FormResponseTable>
export type ReportedRow = Selectable<ReportedAlertTable>

/** With what each says now; those out of use too. */
export const listForms = (db: Db): Promise<FormRow[]> => withContent(db).orderBy('form.id').execute()

export const findForm = (db: Db, id: string): Promise<FormRow | undefined> => withContent(db).where('form.id', '=', id).executeTakeFirst()

const withContent = (db: Db) =>
  db
    .selectFrom('form')
    .innerJoin('form_version as v', (join) => join.onRef('v.clinic_id', '=', 'form.clinic_id').onRef('v.form_id', '=', 'form.id').onRef('v.seq', '=', 'form.latest'))
    .selectAll('form')
    .select('v.content')

export async function contentOfVersion(db: Db, formId: string, seq: number): Promise<FormContent | undefined> {
  const row = await db.selectFrom('form_version').select('content').where('form_id', '=', formId).where('seq', '=', seq).executeTakeFirst()
  return row?.content
}

export const insertForm = (tx: Tx, row: Insertable<FormTable>) => tx.insertInto('form').values(row).execute()
export const insertVersion = (tx: Tx, row: Insertable<FormVersionTable>) => tx.insertInto('form_version').values(row).execute()

export const findResponse = (db: Db, id: string): Promise<ResponseRow | undefined> => db.selectFrom('form_response').selectAll().where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends. */
export const lockResponse = (tx: Tx, id: string): Promise<ResponseRow | undefined> => tx.selectFrom('form_response').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const insertResponse = (tx: Tx, row: Insertable<FormResponseTable>) => tx.insertInto('form_response').values(row).execute()

/** The caller holds its lock. */
export const saveResponse = (tx: Tx, id: string, changes: Updateable<FormResponseTable>) =>
  tx.updateTable('form_response').set(({ eb }) => ({ ...changes, version: eb('version', '+', 1) })).where('id', '=', id).execute()

export type ResponseListRow = ResponseRow & { content: FormContent; message_state: string | null }

/** Newest first, with what each says and how its message fares. */
export async function responsesOf(db: Db, patientId: string): Promise<ResponseListRow[]> {
  const { rows } = await sql<ResponseListRow>`
    select r.*, v.content, (select m.state from message m where m.clinic_id = r.clinic_id and m.form_response_id = r.id order by m.created_at desc limit 1) as message_state
    from form_response r join form_version v on v.clinic_id = r.clinic_id and v.form_id = r.form_id and v.seq = r.form_seq
    where r.clinic_id = current_clinic() and r.patient_id = ${patientId}::uuid order by r.created_at desc, r.id desc limit 200`.execute(db)
  return rows
}

/** For a patient's link, which knows a token alone: whose form is it? Undefined where there is none. */
export const responseOfToken = (db: Db, tokenHash: Buffer): Promise<{ clinicId: string; responseId: string } | undefined> =>
  db.selectFrom('form_response').select(['clinic_id as clinicId', 'id as responseId']).where('token_hash', '=', tokenHash).executeTakeFirst()

export const insertReported = (tx: Tx, row: Insertable<ReportedAlertTable>) => tx.insertInto('reported_alert').values(row).execute()

/** What patients reported and nobody has settled, oldest first. */
export const reportedOf = (db: Db, patientId: string): Promise<ReportedRow[]> => db.selectFrom('reported_alert').selectAll().where('patient_id', '=', patientId).where('status', '=', 'reported').orderBy('reported_at').orderBy('id').execute()

export const findReported = (db: Db, id: string): Promise<ReportedRow | undefined> => db.selectFrom('reported_alert').selectAll().where('id', '=', id).executeTakeFirst()
export const lockReported = (tx: Tx, id: string): Promise<ReportedRow | undefined> => tx.selectFrom('reported_alert').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
export const saveReported = (tx: Tx, id: string, changes: Updateable<ReportedAlertTable>) => tx.updateTable('reported_alert').set(changes).where('id', '=', id).execute()

/** All that the message and the page of a form say, and what forbids the message. */
export interface FormFacts {
  patientId: string
  patientLanguage: Language
  patientGivenName: string
  clinicName: string
  clinicNameEn: string
  branchName: string
  branchNameEn: string
  /** The branch's phone, else the clinic's; empty where neither is known. */
  phone: string
  phones: string[]
  refused: boolean
  hours: SendingHours
}

interface FactsRow extends Omit<FormFacts, 'hours'> {
  zone: string
  quietFrom: PlainTime
  quietTo: PlainTime
  eveCutoff: PlainTime
  sabbathPolicy: 'back' | 'forward'
}

/** Of a patient at a branch; undefined where there is none. */
export async function loadFormFacts(db: Db, patientId: string, branchId: string): Promise<FormFacts | undefined> {
  const { rows } = await sql<FactsRow>`
    select p.id as "patientId", p.language as "patientLanguage", p.given_name as "patientGivenName",
      c.name as "clinicName", c.name_en as "clinicNameEn", b.name as "branchName", b.name_en as "branchNameEn", coalesce(nullif(b.phone, ''), c.phone, '') as phone,
      b.time_zone as zone, c.quiet_from as "quietFrom", c.quiet_to as "quietTo", c.eve_cutoff as "eveCutoff", c.sabbath_policy as "sabbathPolicy",
      array(select n.number from patient_phone n where n.clinic_id = p.clinic_id and n.patient_id = p.id
        and not exists (select from dead_address d where d.clinic_id = n.clinic_id and d.channel = 'sms' and d.address = n.number) order by n.rank, n.id) as phones,
      ${refuses('sms', { clinic: sql`p.clinic_id`, patient: sql`p.id`, numbers: sql`array(select n.number from patient_phone n where n.clinic_id = p.clinic_id and n.patient_id = p.id)` })} as refused
    from patient p join clinic c on c.id = p.clinic_id join branch b on b.clinic_id = p.clinic_id and b.id = ${branchId}::uuid
    where p.clinic_id = current_clinic() and p.id = ${patientId}::uuid`.execute(db)
  const row = rows[0]
  if (!row) return undefined
  const { zone, quietFrom, quietTo, eveCutoff, sabbathPolicy, ...facts } = row
  return { ...facts, hours: { zone, quietFrom, quietTo, eveCutoff, sabbathPolicy } }
}
