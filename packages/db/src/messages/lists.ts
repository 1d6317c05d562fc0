import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { MessageRow } from './queries.ts'
import type { Db } from '../database.ts'

/** Where a list that runs from new to old goes on: the last row's time and id. */
export interface Before {
  at: string
  id: string
}

export interface MessageFilter {
  from?: Instant
  to?: Instant
  patientId?: string
  branchId?: string
  states?: readonly ('queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped')[]
  before?: Before
  id?: string
}

/** Messages with whom and what they are about, newest first. */
export function listMessages(db: Db, filter: MessageFilter, limit: number) {
  let query = db
    .selectFrom('message as m')
    .innerJoin('patient as p', (on) => on.onRef('p.clinic_id', '=', 'm.clinic_id').onRef('p.id', '=', 'm.patient_id'))
    .leftJoin('appointment as a', (on) => on.onRef('a.clinic_id', '=', 'm.clinic_id').onRef('a.id', '=', 'm.appointment_id'))
    .select([
      'm.id', sql<Exclude<MessageRow['kind'], 'alarm'>>`m.kind`.as('kind'), 'm.channel', 'm.state', 'm.invoice_id', 'm.language', 'm.to_address', 'm.subject', 'm.body', 'm.attempt', 'm.not_before', 'm.created_at', 'm.sent_at', 'm.settled_at', 'm.error_code',
      'p.id as patient_id', 'p.given_name', 'p.family_name', 'p.given_name_latin', 'p.family_name_latin',
      'a.id as appointment_id', 'a.branch_id', 'a.starts_at', 'a.status',
    ])
    .where('m.clinic_id', '=', sql<string>`current_clinic()`)
  if (filter.id) query = query.where('m.id', '=', filter.id)
  if (filter.from) query = query.where('m.created_at', '>=', filter.from)
  if (filter.to) query = query.where('m.created_at', '<', filter.to)
  if (filter.patientId) query = query.where('m.patient_id', '=', filter.patientId)
  if (filter.branchId) query = query.where('a.branch_id', '=', filter.branchId)
  if (filter.states) query = query.where('m.state', 'in', filter.states)
  if (filter.before) query = query.where(sql<boolean>`(m.created_at, m.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)`)
  return query.orderBy('m.created_at', 'desc').orderBy('m.id', 'desc').limit(limit).execute()
}

export type ListedMessage = Awaited<ReturnType<typeof listMessages>>[number]

/** What came in, newest first. */
export function listInbound(db: Db, filter: { from?: Instant; to?: Instant; before?: Before }, limit: number) {
  let query = db
    .selectFrom('inbound_message as m')
    .leftJoin('patient as p', (on) => on.onRef('p.clinic_id', '=', 'm.clinic_id').onRef('p.id', '=', 'm.patient_id'))
    .select(['m.id', 'm.from_number', 'm.body', 'm.appointment_id', 'm.understood_as', 'm.received_at', 'p.id as patient_id', 'p.given_name', 'p.family_name', 'p.given_name_latin', 'p.family_name_latin'])
    .where('m.clinic_id', '=', sql<string>`current_clinic()`)
  if (filter.from) query = query.where('m.received_at', '>=', filter.from)
  if (filter.to) query = query.where('m.received_at', '<', filter.to)
  if (filter.before) query = query.where(sql<boolean>`(m.received_at, m.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)`)
  return query.orderBy('m.received_at', 'desc').orderBy('m.id', 'desc').limit(limit).execute()
}

export type ListedInbound = Awaited<ReturnType<typeof listInbound>>[number]
