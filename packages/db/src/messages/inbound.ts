import { type Insertable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { ReplyChannel } from '@yoman/domain/messages/read-reply'
import type { Db, Tx } from '../database.ts'
import type { InboundMessageTable } from './table.ts'

/** For a provider's callback, which knows a message's id alone: whose is it? Undefined where there is none. */
export async function clinicOfMessage(db: Db, messageId: string): Promise<string | undefined> {
  const row = await db.selectFrom('message').select('clinic_id').where('id', '=', messageId).executeTakeFirst()
  return row?.clinic_id
}

/** Whom a number answers: the clinic that wrote to it last, else one that knows the number, else the only one of the house. */
export async function clinicOfNumber(db: Db, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ clinic_id: string }>`
    (select clinic_id, 0 as rank, first_tried_at as at from message where to_address = ${number} and channel <> 'email' and first_tried_at is not null)
    union all (select clinic_id, 1, null from patient_phone where number = ${number})
    union all (select (array_agg(id))[1], 2, null from clinic having count(*) = 1)
    order by rank, at desc limit 1
  `.execute(db)
  return rows[0]?.clinic_id
}

/** Whom the number belongs to, and for whom it was written to (a parent's for a child), the longest known first. */
export async function patientsOfNumber(db: Db, number: string): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from patient p where p.clinic_id = current_clinic() and p.active and p.id in (
      select patient_id from patient_phone where clinic_id = current_clinic() and number = ${number}
      union select patient_id from message where clinic_id = current_clinic() and to_address = ${number} and channel <> 'email' and first_tried_at is not null)
    order by p.id`.execute(db)
  return rows
}

/** Whose number at WhatsApp this is. */
export async function clinicOfSender(db: Db, sender: string): Promise<string | undefined> {
  const row = await db.selectFrom('whatsapp_setting').select('clinic_id').where('sender', '=', sender).executeTakeFirst()
  return row?.clinic_id
}

export interface Answered {
  visit: { id: string; patient_id: string; status: string }
  /** Whether the newest message to the number (on the channel of the answer, where any went by it) spoke of it. Where that was another one (a question of the desk's, an offer), the answer is not to this. */
  isAsked: boolean
  /** Whether the number was told of no other visit to come. */
  isOnly: boolean
}

/** What was said within so many minutes is one asking: the reminders of brothers and sisters leave together. */
const togetherMinutes = 60

/**
 * The visit to come that an answer from this number is about: the one that it was told of last, on the channel of the answer if on any; of several that it was told of together
 * those not yet confirmed before the others, the soonest first. Undefined where it was told of none.
 */
export async function visitAnswered(db: Db, number: string, channel: ReplyChannel, now: Instant): Promise<Answered | undefined> {
  const { rows } = await sql<Answered['visit'] & Omit<Answered, 'visit'>>`
    with told as (select m.clinic_id, m.id, m.appointment_id, m.channel = ${channel} as same, coalesce(m.sent_at, greatest(m.created_at, m.not_before)) as at from message m
        where m.clinic_id = current_clinic() and m.channel <> 'email' and m.to_address = ${number} and m.state in ('sending', 'sent', 'delivered', 'unknown')),
      newest as (select id from told order by same desc, at desc, id desc limit 1),
      about as (select id, appointment_id, at, same from told where appointment_id is not null
        union select t.id, v.appointment_id, t.at, t.same from told t join message_visit v on v.clinic_id = t.clinic_id and v.message_id = t.id),
      ahead as (select a.id, a.patient_id, a.status, a.starts_at, bool_or(s.same) as same, coalesce(max(s.at) filter (where s.same), max(s.at)) as at, bool_or(s.id = (select id from newest)) as asked
        from about s join appointment a on a.clinic_id = current_clinic() and a.id = s.appointment_id
        where a.starts_at > ${now}::timestamptz and a.status in ('booked', 'confirmed') group by a.id, a.patient_id, a.status, a.starts_at)
    select id, patient_id, status, coalesce(bool_or(asked) over (), false) as "isAsked", count(*) over () = 1 as "isOnly" from ahead
    order by not same, at < (select max(o.at) from ahead o where o.same = ahead.same) - make_interval(mins => ${togetherMinutes}), status = 'confirmed', starts_at, id limit 1
  `.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { isAsked, isOnly, ...visit } = row
  return { visit, isAsked, isOnly }
}

/** The visit that a call is about, while it is still to come at the time that was said: whoever presses a digit speaks of no other one. */
export async function visitOfCall(db: Db, messageId: string, now: Instant): Promise<Answered | undefined> {
  const { rows } = await sql<Answered['visit']>`
    select a.id, a.patient_id, a.status from message m join appointment a on a.clinic_id = m.clinic_id and a.id = m.appointment_id and a.starts_at = m.appointment_starts_at
    where m.clinic_id = current_clinic() and m.id = ${messageId}::uuid and m.channel = 'voice' and a.starts_at > ${now}::timestamptz and a.status in ('booked', 'confirmed')`.execute(db)
  return rows[0] && { visit: rows[0], isAsked: true, isOnly: true }
}

/** How the visit stands that an answer, kept before, was about; undefined where it was about none. @param providerId the provider's id of the answer. */
export async function statusAnswered(db: Db, providerId: string): Promise<string | undefined> {
  const { rows } = await sql<{ status: string }>`
    select a.status from inbound_message i join appointment a on a.clinic_id = i.clinic_id and a.id = i.appointment_id
    where i.clinic_id = current_clinic() and i.provider_id = ${providerId}`.execute(db)
  return rows[0]?.status
}

/** Keeps what came in; the same message twice is kept once. @returns whether it is new. */
export async function insertInbound(tx: Tx, row: Insertable<InboundMessageTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.insertInto('inbound_message').values(row).onConflict((on) => on.constraint('inbound_message_once').doNothing()).executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
