import { sql } from 'kysely'
import type { Instant, PlainDate } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { credited, stillToGive } from '../invoices/taken-back.ts'

export interface VisitRow {
  id: string
  branch_id: string
  practitioner_id: string
  visit_type_id: string
  starts_at: Instant
  ends_at: Instant
  status: 'booked' | 'confirmed' | 'arrived' | 'called' | 'in_treatment' | 'completed' | 'cancelled' | 'no_show'
  desk_note: string
  encounter_id: string | null
  version: number
}

/** These visits, past and to come, newest first. */
export async function visitsById(db: Db, ids: readonly string[]): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    select a.id, a.branch_id, a.practitioner_id, a.visit_type_id, a.starts_at, a.ends_at, a.status, a.desk_note, a.version, e.id as encounter_id
    from appointment a left join encounter e on e.clinic_id = a.clinic_id and e.appointment_id = a.id
    where a.clinic_id = current_clinic() and a.id = any(${[...ids]}::uuid[]) and a.status <> 'held'
    order by a.starts_at desc, a.id`.execute(db)
  return rows
}

export interface SaidRow {
  id: string
  kind: 'reminder' | 'booked' | 'moved' | 'cancelled' | 'invoice' | 'offer' | 'series_changed' | 'series_cancelled' | 'form' | 'debt' | 'statement' | 'payment_link' | 'reply'
  channel: 'sms' | 'email' | 'whatsapp' | 'voice'
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped'
  to_address: string
  body: string
  created_at: Instant
  sent_at: Instant | null
}

/** Newest first. */
export const messagesById = (db: Db, ids: readonly string[]): Promise<SaidRow[]> =>
  db
    .selectFrom('message')
    .select(['id', sql<SaidRow['kind']>`kind`.as('kind'), 'channel', 'state', 'to_address', 'body', 'created_at', 'sent_at'])
    .where(among(ids))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()

export interface InvoicedRow {
  id: string
  kind: '300' | '305' | '320' | '330' | '400' | '410'
  number: number
  issued_on: PlainDate
  issued_at: Instant
  total_agorot: number
  credited_agorot: number
  refundable_agorot: number
  appointment_id: string | null
}

/** Newest first. */
export const invoicesById = (db: Db, ids: readonly string[]): Promise<InvoicedRow[]> =>
  db
    .selectFrom('invoice as v')
    .select(['id', 'kind', 'number', 'issued_on', 'issued_at', 'total_agorot', 'appointment_id'])
    .select(sql<number>`case when v.kind in ('305', '320') then ${credited} else 0 end`.as('credited_agorot'))
    .select(sql<number>`case when v.kind = '330' then ${stillToGive} else 0 end`.as('refundable_agorot'))
    .where(among(ids))
    .orderBy('issued_at', 'desc')
    .orderBy('id')
    .execute()

const among = (ids: readonly string[]) => sql<boolean>`clinic_id = current_clinic() and id = any(${[...ids]}::uuid[])`
