import { type RawBuilder, type Selectable, type Updateable, sql } from 'kysely'
import type { ConversationStatus, Standing } from '@yoman/domain/conversations/conversation'
import type { Reply } from '@yoman/domain/messages/read-reply'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import { refuses } from '../messages/refused.ts'
import type { MessageTable } from '../messages/table.ts'
import type { ConversationTable } from './table.ts'

export type ConversationRow = Selectable<ConversationTable>

const ofClinic = sql<string>`current_clinic()`

/** The row, kept from everyone else until the transaction ends. */
export const lockConversation = (tx: Tx, id: string): Promise<ConversationRow | undefined> =>
  tx.selectFrom('conversation').selectAll().where('clinic_id', '=', ofClinic).where('id', '=', id).forUpdate().executeTakeFirst()

/** The one of a number, made where there is none; two at once make one, and the second waits for the first. */
export async function lockConversationOf(tx: Tx, fresh: { clinicId: string; id: string; number: string; patientId: string | null; at: Instant }): Promise<{ row: ConversationRow; isNew: boolean }> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('conversation')
    .values({ clinic_id: fresh.clinicId, id: fresh.id, number: fresh.number, patient_id: fresh.patientId, status: 'closed', taken_by: null, taken_at: null, last_at: fresh.at, created_at: fresh.at })
    .onConflict((on) => on.constraint('conversation_once').doNothing())
    .executeTakeFirstOrThrow()
  const row = await tx.selectFrom('conversation').selectAll().where('clinic_id', '=', ofClinic).where('number', '=', fresh.number).forUpdate().executeTakeFirstOrThrow()
  return { row, isNew: numInsertedOrUpdatedRows === 1n }
}

export async function saveConversation(tx: Tx, { id, version }: Pick<ConversationRow, 'id' | 'version'>, changes: Updateable<ConversationTable> & Partial<Standing>): Promise<void> {
  await tx.updateTable('conversation').set({ ...changes, version: version + 1 }).where('clinic_id', '=', ofClinic).where('id', '=', id).execute()
}

/** What came was seen. Not a new version: whoever is about to close it has seen it, too. */
export async function saveRead(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('conversation').set({ unread: 0 }).where('clinic_id', '=', ofClinic).where('id', '=', id).execute()
}

/** A conversation as lists show it. */
export interface ListedConversation extends ConversationRow {
  given_name: string | null
  family_name: string | null
  given_name_latin: string | null
  family_name_latin: string | null
  taken_by_name: string | null
  /** Their last word. */
  last_words: string | null
  refused: boolean
}

export interface ConversationFilter {
  id?: string
  patientId?: string
  status?: ConversationStatus
  /** Where the page before ended: whether it was unread, when, and which. */
  before?: { unread: boolean; at: string; id: string }
}

const refusedBy = (number: RawBuilder<unknown>, patient: RawBuilder<unknown>): RawBuilder<boolean> => refuses('sms', { clinic: ofClinic, patient, numbers: sql`array[${number}]::text[]` })

/** Unread ones first, then by their newest word. */
export async function listConversations(db: Db, { id, patientId, status, before }: ConversationFilter, limit: number): Promise<ListedConversation[]> {
  const when: RawBuilder<unknown>[] = [sql`c.clinic_id = current_clinic()`]
  if (id) when.push(sql`c.id = ${id}::uuid`)
  if (patientId) when.push(sql`c.patient_id = ${patientId}::uuid`)
  if (status) when.push(sql`c.status = ${status}`)
  if (before) when.push(sql`(c.unread > 0, c.last_at, c.id) < (${before.unread}::boolean, ${before.at}::timestamptz, ${before.id}::uuid)`)
  const { rows } = await sql<ListedConversation>`
    select c.*, p.given_name, p.family_name, p.given_name_latin, p.family_name_latin, s.name as taken_by_name, ${refusedBy(sql`c.number`, sql`c.patient_id`)} as refused,
      (select i.body from inbound_message i where i.clinic_id = c.clinic_id and i.from_number = c.number order by i.received_at desc, i.id desc limit 1) as last_words
    from conversation c
      left join patient p on p.clinic_id = c.clinic_id and p.id = c.patient_id
      left join staff s on s.clinic_id = c.clinic_id and s.id = c.taken_by
    where ${sql.join(when, sql` and `)}
    order by (c.unread > 0) desc, c.last_at desc, c.id desc limit ${limit}`.execute(db)
  return rows
}

/** How many conversations wait to be read. */
export async function countUnread(db: Db): Promise<number> {
  const { n } = await db.selectFrom('conversation').select(sql<number>`count(*)::int`.as('n')).where('clinic_id', '=', ofClinic).where('unread', '>', 0).executeTakeFirstOrThrow()
  return n
}

/** Whether a number, or the patient behind it, wants no messages. */
export async function isRefused(db: Db, number: string, patientId: string | null): Promise<boolean> {
  const { rows } = await sql<{ refused: boolean }>`select ${refusedBy(sql`${number}`, sql`${patientId}::uuid`)} as refused`.execute(db)
  return rows[0]?.refused ?? false
}

/** When a number wrote to the clinic last; null where it never did. */
export async function lastHeardFrom(db: Db, number: string): Promise<Instant | null> {
  const row = await db.selectFrom('inbound_message').select('received_at').where('clinic_id', '=', ofClinic).where('from_number', '=', number).orderBy('received_at', 'desc').limit(1).executeTakeFirst()
  return row?.received_at ?? null
}

/** One word of a conversation, in either direction. */
export interface Said {
  id: string
  direction: 'in' | 'out'
  /** Of what came in by `voice` the words are the digit that was pressed. */
  channel: MessageTable['channel']
  body: string
  at: Instant
  patientId: string | null
  appointmentId: string | null
  /** Of what came in. */
  understoodAs: Reply | null
  /** Of what went out. */
  kind: Exclude<MessageTable['kind'], 'alarm'> | null
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped' | null
  /** Of what waits for a good hour. */
  leavesAt: Instant | null
  errorCode: string | null
}

/** The newest words with a number, oldest first. */
export async function wordsWith(db: Db, number: string, limit: number): Promise<Said[]> {
  const { rows } = await sql<Said>`
    select * from (
      (select id, 'in' as direction, channel, body, received_at as at, patient_id as "patientId", appointment_id as "appointmentId", understood_as as "understoodAs", null as kind, null as state, null::timestamptz as "leavesAt", null as "errorCode"
        from inbound_message where clinic_id = current_clinic() and from_number = ${number} order by received_at desc, id desc limit ${limit})
      union all
      (select id, 'out', channel, body, coalesce(sent_at, created_at), patient_id, appointment_id, null, kind, state, case when state = 'queued' and error_code is null and not_before > created_at then not_before end, error_code
        from message where clinic_id = current_clinic() and to_address = ${number} and channel <> 'email' order by created_at desc, id desc limit ${limit})
    ) as said order by at desc, id desc limit ${limit}`.execute(db)
  return rows.reverse()
}

/** The visits to come of those who share a number, the soonest first. */
export async function visitsOfNumber(db: Db, number: string, patientId: string | null, now: Instant): Promise<{ id: string; startsAt: Instant; status: string; practitionerId: string; patientId: string; givenName: string; familyName: string; givenNameLatin: string; familyNameLatin: string }[]> {
  const { rows } = await sql<Awaited<ReturnType<typeof visitsOfNumber>>[number]>`
    select a.id, a.starts_at as "startsAt", a.status, a.practitioner_id as "practitionerId", p.id as "patientId", p.given_name as "givenName", p.family_name as "familyName", p.given_name_latin as "givenNameLatin", p.family_name_latin as "familyNameLatin"
    from appointment a join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
    where a.clinic_id = current_clinic() and a.starts_at > ${now}::timestamptz and a.status in ('booked', 'confirmed')
      and (a.patient_id = ${patientId}::uuid or a.patient_id in (select patient_id from patient_phone where clinic_id = current_clinic() and number = ${number}))
    order by a.starts_at, a.id limit 5`.execute(db)
  return rows
}

export const languageOf = (db: Db, patientId: string): Promise<{ language: 'he' | 'ar' | 'ru' | 'en' } | undefined> =>
  db.selectFrom('patient').select('language').where('clinic_id', '=', ofClinic).where('id', '=', patientId).where('active', '=', true).executeTakeFirst()
