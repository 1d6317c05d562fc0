import { sql } from 'kysely'
import type { Status } from '@yoman/domain/appointments/appointment'
import type { LastTold } from '@yoman/domain/messages/notice-due'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { Channel } from './visit-facts.ts'

/** Of what, and how. */
export interface Told extends LastTold {
  channel: Channel
}

/** What the patient was last told of each visit by a message that has left, or may have; alone or among others. */
export async function toldOf(db: Db, appointmentIds: readonly string[]): Promise<Map<string, Told>> {
  const { rows } = await sql<Told & { id: string }>`
    select distinct on (id) id, kind, channel, "startsAt" from (
      select appointment_id as id, kind, channel, appointment_starts_at as "startsAt", first_tried_at, id as message_id from message
        where clinic_id = current_clinic() and appointment_id = any(${[...appointmentIds]}::uuid[]) and appointment_starts_at is not null
          and kind in ('reminder', 'booked', 'moved', 'cancelled') and state in ('sending', 'sent', 'delivered', 'unknown')
      union all
      select v.appointment_id, case when v.cancelled then 'cancelled' else 'moved' end, m.channel, v.starts_at, m.first_tried_at, m.id
        from message_visit v join message m on m.clinic_id = v.clinic_id and m.id = v.message_id
        where v.clinic_id = current_clinic() and v.appointment_id = any(${[...appointmentIds]}::uuid[]) and m.state in ('sending', 'sent', 'delivered', 'unknown')
    ) as told order by id, first_tried_at desc, message_id desc`.execute(db)
  return new Map(rows.map(({ id, ...told }) => [id, told]))
}

/** A visit that a message about several speaks of, and how it stands. */
export interface SaidVisit {
  messageId: string
  appointmentId: string
  startsAt: Instant
  cancelled: boolean
  now: { startsAt: Instant; status: Status }
}

/** What a message says of several visits. */
export const saidBy = (db: Db, messageId: string): Promise<SaidVisit[]> => said(db, sql`m.id = ${messageId}::uuid`)

/** What the messages say that wait to leave and speak of one of these visits among others. */
export const waitingToSay = (db: Db, appointmentIds: readonly string[]): Promise<SaidVisit[]> =>
  said(db, sql`m.state = 'queued' and exists (select from message_visit o where o.clinic_id = m.clinic_id and o.message_id = m.id and o.appointment_id = any(${[...appointmentIds]}::uuid[]))`)

async function said(db: Db, which: ReturnType<typeof sql>): Promise<SaidVisit[]> {
  const { rows } = await sql<Omit<SaidVisit, 'now'> & { startsNow: Instant; status: Status }>`
    select v.message_id as "messageId", v.appointment_id as "appointmentId", v.starts_at as "startsAt", v.cancelled, a.starts_at as "startsNow", a.status
    from message m join message_visit v on v.clinic_id = m.clinic_id and v.message_id = m.id
      join appointment a on a.clinic_id = v.clinic_id and a.id = v.appointment_id
    where m.clinic_id = current_clinic() and ${which} order by v.starts_at`.execute(db)
  return rows.map(({ startsNow, status, ...row }) => ({ ...row, now: { startsAt: startsNow, status } }))
}

export async function insertSaid(tx: Tx, clinicId: string, messageId: string, visits: readonly { id: string; startsAt: Instant; cancelled: boolean }[]): Promise<void> {
  await tx.insertInto('message_visit').values(visits.map(({ id, startsAt, cancelled }) => ({ clinic_id: clinicId, message_id: messageId, appointment_id: id, starts_at: startsAt, cancelled }))).execute()
}

/** Waits until nobody else thinks about what is to be said of a series; held until the transaction ends. */
export async function lockSayingOf(tx: Tx, seriesId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('said' || current_clinic()::text || ${seriesId}::text, 0))`.execute(tx)
}

/**
 * Keeps what waits to be said of these visits from leaving until the transaction ends. Whoever asks what the patient knows and what
 * waits asks twice; a message that leaves in between would be in neither answer, and be written again.
 */
export async function holdSayingsOf(tx: Tx, appointmentIds: readonly string[]): Promise<void> {
  const ids = [...appointmentIds]
  await sql`
    select from message m where m.clinic_id = current_clinic() and m.state = 'queued' and m.id in (
      select id from message where clinic_id = current_clinic() and appointment_id = any(${ids}::uuid[])
      union all select message_id from message_visit where clinic_id = current_clinic() and appointment_id = any(${ids}::uuid[]))
    order by m.id for share of m`.execute(tx)
}

/** The names of practitioners as a patient of that language reads them, in the order of the ids. */
export async function namesFor(db: Db, practitionerIds: readonly string[], language: 'he' | 'ar' | 'ru' | 'en'): Promise<string[]> {
  const { rows } = await sql<{ id: string; name: string; name_en: string }>`
    select id, name, name_en from resource where clinic_id = current_clinic() and id = any(${[...practitionerIds]}::uuid[])`.execute(db)
  const nameOf = (id: string): string[] => rows.filter((row) => row.id === id).map(({ name, name_en }) => (language === 'he' || language === 'ar' ? name : name_en || name))
  return [...new Set(practitionerIds)].flatMap(nameOf)
}
