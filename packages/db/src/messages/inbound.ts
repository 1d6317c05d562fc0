import { type Insertable, sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db, Tx } from '../database.ts'
import type { InboundMessageTable } from './table.ts'

/** For a provider's callback, which knows a message's id alone: whose is it? Undefined where there is none. */
export async function clinicOfMessage(db: Db, messageId: string): Promise<string | undefined> {
  const row = await db.selectFrom('message').select('clinic_id').where('id', '=', messageId).executeTakeFirst()
  return row?.clinic_id
}

/** Whom a number answers: the clinic that wrote to it last, else one that knows the number. */
export async function clinicOfNumber(db: Db, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ clinic_id: string }>`
    (select clinic_id, 0 as rank, first_tried_at as at from message where to_address = ${number} and channel = 'sms' and first_tried_at is not null)
    union all (select clinic_id, 1, null from patient_phone where number = ${number})
    order by rank, at desc limit 1
  `.execute(db)
  return rows[0]?.clinic_id
}

/** Whom the number belongs to, and for whom it was written to (a parent's for a child), the longest known first. */
export async function patientsOfNumber(db: Db, number: string): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from patient p where p.clinic_id = current_clinic() and p.active and p.id in (
      select patient_id from patient_phone where clinic_id = current_clinic() and number = ${number}
      union select patient_id from message where clinic_id = current_clinic() and to_address = ${number} and channel = 'sms' and first_tried_at is not null)
    order by p.id`.execute(db)
  return rows
}

/** The visit that an answer from this number is about: the soonest to come of which the number was told; those not yet confirmed before the others. */
export async function visitAnswered(db: Db, number: string, now: Instant): Promise<{ id: string; patient_id: string; status: string } | undefined> {
  const { rows } = await sql<{ id: string; patient_id: string; status: string }>`
    select a.id, a.patient_id, a.status from appointment a
    where a.clinic_id = current_clinic() and a.starts_at > ${now}::timestamptz and a.status in ('booked', 'confirmed')
      and exists (select from message m where m.clinic_id = a.clinic_id and m.appointment_id = a.id and m.channel = 'sms' and m.to_address = ${number}
        and m.state in ('sending', 'sent', 'delivered', 'unknown'))
    order by a.status = 'confirmed', a.starts_at limit 1
  `.execute(db)
  return rows[0]
}

/** Keeps what came in; the same message twice is kept once. @returns whether it is new. */
export async function insertInbound(tx: Tx, row: Insertable<InboundMessageTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.insertInto('inbound_message').values(row).onConflict((on) => on.constraint('inbound_message_once').doNothing()).executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
