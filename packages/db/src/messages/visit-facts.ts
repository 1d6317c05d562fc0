import { sql } from 'kysely'
import type { SendingHours } from '@yoman/domain/reminders/sending-hours'
import type { Instant, PlainTime } from '@yoman/domain/time'
import type { Db } from '../database.ts'

export type Channel = 'sms' | 'email'
export type Language = 'he' | 'ar' | 'ru' | 'en'

/** All that a message about a visit needs: what it says, to whom, and what forbids it. */
export interface VisitFacts {
  appointmentId: string
  branchId: string
  patientId: string
  startsAt: Instant
  status: string
  language: Language
  patientGivenName: string
  practitionerName: string
  practitionerNameEn: string
  clinicName: string
  branchName: string
  /** The branch's phone, else the clinic's; as it was typed, empty where neither is known. */
  phone: string
  email: string | null
  /** Where to, in E.164, the first to be asked first: the patient's numbers; of a minor who has none the guardian's. */
  phones: string[]
  /** The patient has refused messages of the clinic's service on this channel. */
  refused: boolean
  hours: SendingHours
}

/** The name of a clinic or branch for whoever reads in the patient's language. */
export const spoken = (of: 'b' | 'c') => sql`case when p.language in ('he', 'ar') then ${sql.ref(`${of}.name`)} else coalesce(nullif(${sql.ref(`${of}.name_en`)}, ''), ${sql.ref(`${of}.name`)}) end`

interface Row extends Omit<VisitFacts, 'hours'> {
  zone: string
  quietFrom: PlainTime
  quietTo: PlainTime
  eveCutoff: PlainTime
  sabbathPolicy: 'back' | 'forward'
}

/** The facts of one visit for a channel; undefined where there is no such visit or it has no patient. `lock` keeps the visit as it is until the transaction ends. */
export async function loadVisitFacts(db: Db, appointmentId: string, channel: Channel, lock = false): Promise<VisitFacts | undefined> {
  // A statement of its own: what is read in the same one as a lock is as old as the wait for it.
  if (lock) await sql`select from appointment where clinic_id = current_clinic() and id = ${appointmentId} for no key update`.execute(db)
  const { rows } = await sql<Row>`
    select a.id as "appointmentId", a.branch_id as "branchId", a.patient_id as "patientId", a.starts_at as "startsAt", a.status,
      p.language, p.given_name as "patientGivenName", p.email,
      r.name as "practitionerName", r.name_en as "practitionerNameEn",
      ${spoken('c')} as "clinicName", ${spoken('b')} as "branchName", coalesce(nullif(b.phone, ''), c.phone, '') as phone,
      b.time_zone as zone, c.quiet_from as "quietFrom", c.quiet_to as "quietTo", c.eve_cutoff as "eveCutoff", c.sabbath_policy as "sabbathPolicy",
      message_phones(p.clinic_id, p.id, (a.starts_at at time zone b.time_zone)::date) as phones,
      coalesce((select k.state = 'refused' from consent k where k.clinic_id = p.clinic_id and k.patient_id = p.id and k.channel = ${channel}
        and k.purpose = 'service' order by k.recorded_at desc, k.id desc limit 1), false) as refused
    from appointment a
      join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
      join clinic c on c.id = a.clinic_id
      join resource r on r.clinic_id = a.clinic_id and r.id = a.practitioner_id
    where a.clinic_id = current_clinic() and a.id = ${appointmentId}
  `.execute(db)
  const row = rows[0]
  if (!row) return undefined
  const { zone, quietFrom, quietTo, eveCutoff, sabbathPolicy, ...facts } = row
  return { ...facts, hours: { zone, quietFrom, quietTo, eveCutoff, sabbathPolicy } }
}

/** The clinic's own text, or undefined where it speaks with ours. */
export const findTemplate = (db: Db, kind: 'reminder' | 'booked' | 'moved' | 'cancelled' | 'invoice' | 'offer' | 'series_changed' | 'series_cancelled' | 'form', channel: Channel, language: Language) =>
  db
    .selectFrom('message_template')
    .select(['subject', 'body', 'version'])
    .where('clinic_id', '=', sql<string>`current_clinic()`)
    .where('kind', '=', kind)
    .where('channel', '=', channel)
    .where('language', '=', language)
    .executeTakeFirst()

/** Who writes: the clinic's name, where answers to its e-mails go, and a branch and phone as they stand in messages. */
export async function findSender(db: Db): Promise<{ name: string; email: string | null; branchName: string; phone: string }> {
  const { rows } = await sql<{ name: string; email: string | null; branchName: string; phone: string }>`
    select c.name, c.email, coalesce(b.name, '') as "branchName", coalesce(nullif(b.phone, ''), c.phone, '') as phone
    from clinic c left join branch b on b.clinic_id = c.id and b.active where c.id = current_clinic() order by b.created_at, b.id limit 1
  `.execute(db)
  const [sender] = rows
  if (!sender) throw new Error('the transaction has no clinic')
  return sender
}
