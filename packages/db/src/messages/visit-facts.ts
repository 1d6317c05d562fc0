import { type RawBuilder, sql } from 'kysely'
import { noticeGraceMinutes } from '@yoman/domain/messages/notice-due'
import { hoursFor, type SendingHours } from '@yoman/domain/reminders/sending-hours'
import type { Instant, PlainTime } from '@yoman/domain/time'
import type { Db } from '../database.ts'
import { refuses } from './refused.ts'

export type Channel = 'sms' | 'email' | 'whatsapp' | 'voice'
/** Whose words may be the clinic's own; those of WhatsApp are approved by others, and those of a call are ours. */
export type TextChannel = Exclude<Channel, 'whatsapp' | 'voice'>
export const hasTexts = (channel: Channel): channel is TextChannel => channel === 'sms' || channel === 'email'
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
  /** In Latin letters; empty where nobody wrote it down. So is the clinic's English name. */
  patientGivenNameLatin: string
  clinicNameEn: string
  practitionerName: string
  practitionerNameEn: string
  clinicName: string
  branchName: string
  /** The branch's phone, else the clinic's; as it was typed, empty where neither is known. */
  phone: string
  email: string | null
  /** Where to, in E.164, the first to be asked first: the patient's numbers; of a minor who has none the guardian's. */
  phones: string[]
  /** Of those numbers, where WhatsApp carries nothing, and those that no call reaches. */
  noWhatsapp: string[]
  noVoice: string[]
  /** The clinic's sender at WhatsApp and what was approved in the patient's language; null where either is missing. */
  whatsapp: { sender: string; contentSid: string; body: string } | null
  /** The number that the clinic calls from; null where it makes no calls. */
  caller: string | null
  /** The patient has refused messages of the clinic's service on this channel. */
  refused: boolean
  /** The patient wishes for no reminders. */
  unwanted: boolean
  hours: SendingHours
  /** So many minutes a notice of a change waits. */
  graceMinutes: number
}

/** The name of a clinic or branch for whoever reads in the patient's language. */
export const spoken = (of: 'b' | 'c') => sql`case when p.language in ('he', 'ar') then ${sql.ref(`${of}.name`)} else coalesce(nullif(${sql.ref(`${of}.name_en`)}, ''), ${sql.ref(`${of}.name`)}) end`

/** Numbers of a clinic that a channel does not reach, as a text[]. */
export const deadNumbers = (clinic: RawBuilder<unknown>, channel: 'whatsapp' | 'voice') => sql`array(select d.address from dead_address d where d.clinic_id = ${clinic} and d.channel = ${channel})`

/** The number that a clinic calls from. */
export const callerOf = (clinic: RawBuilder<unknown>) => sql`(select v.caller from voice_setting v where v.clinic_id = ${clinic})`

const whatsappOf = (clinic: RawBuilder<unknown>, language: RawBuilder<unknown>) => sql`(select json_build_object('sender', s.sender, 'contentSid', t.content_sid, 'body', t.body)
  from whatsapp_setting s join whatsapp_template t on t.clinic_id = s.clinic_id where s.clinic_id = ${clinic} and s.sender is not null and t.content_sid is not null and t.language = ${language})`

interface Row extends Omit<VisitFacts, 'hours'> {
  zone: string
  quietFrom: PlainTime
  quietTo: PlainTime
  eveCutoff: PlainTime
  sabbathPolicy: 'back' | 'forward'
}

/** The facts of one visit for a channel; undefined where there is no such visit or it has no patient. `lock` keeps the visit as it is until the transaction ends. */
export async function loadVisitFacts(db: Db, appointmentId: string, channel: Channel, lock = false): Promise<VisitFacts | undefined> {
  // A statement of its own: what is read in the same one as a lock is as old as the wait for it. Both travel in one flight.
  const locked = lock ? sql`select from appointment where clinic_id = current_clinic() and id = ${appointmentId} for no key update`.execute(db) : undefined
  const [[facts]] = await Promise.all([readVisitFacts(db, channel, sql`a.id = ${appointmentId}`), locked])
  return facts
}

/** The facts of the visits that these reminders of one channel are about. */
export const loadFactsOfReminders = (db: Db, reminderIds: readonly string[], channel: Channel): Promise<VisitFacts[]> =>
  readVisitFacts(db, channel, sql`a.id in (select m.appointment_id from reminder m where m.clinic_id = current_clinic() and m.id = any(${[...reminderIds]}::uuid[]))`)

async function readVisitFacts(db: Db, channel: Channel, which: RawBuilder<unknown>): Promise<VisitFacts[]> {
  const { rows } = await sql<Row>`
    select a.id as "appointmentId", a.branch_id as "branchId", a.patient_id as "patientId", a.starts_at as "startsAt", a.status,
      p.language, p.given_name as "patientGivenName", p.given_name_latin as "patientGivenNameLatin", coalesce(c.name_en, '') as "clinicNameEn",
      case when not exists (select from dead_address d where d.clinic_id = p.clinic_id and d.channel = 'email' and d.address = lower(p.email)) then p.email end as email,
      r.name as "practitionerName", r.name_en as "practitionerNameEn",
      ${spoken('c')} as "clinicName", ${spoken('b')} as "branchName", coalesce(nullif(b.phone, ''), c.phone, '') as phone,
      b.time_zone as zone, c.quiet_from as "quietFrom", c.quiet_to as "quietTo", c.eve_cutoff as "eveCutoff", c.sabbath_policy as "sabbathPolicy",
      n.phones,
      ${refuses(channel, { clinic: sql`p.clinic_id`, patient: sql`p.id`, numbers: sql`n.phones` })} as refused,
      ${deadNumbers(sql`p.clinic_id`, 'whatsapp')} as "noWhatsapp", ${deadNumbers(sql`p.clinic_id`, 'voice')} as "noVoice", ${callerOf(sql`p.clinic_id`)} as caller, ${whatsappOf(sql`p.clinic_id`, sql`p.language`)} as whatsapp,
      exists (select from reminder_wish w where w.clinic_id = p.clinic_id and w.patient_id = p.id and w.reminders = 'none') as unwanted,
      coalesce((select s.grace_minutes from reminder_setting s where s.clinic_id = a.clinic_id), ${noticeGraceMinutes}) as "graceMinutes"
    from appointment a
      join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
      join clinic c on c.id = a.clinic_id
      join resource r on r.clinic_id = a.clinic_id and r.id = a.practitioner_id
      cross join lateral (select message_phones(p.clinic_id, p.id, (a.starts_at at time zone b.time_zone)::date, ${channel === 'email' ? 'sms' : channel}) as phones offset 0) n -- asked once
    where a.clinic_id = current_clinic() and ${which}
  `.execute(db)
  return rows.map(({ zone, quietFrom, quietTo, eveCutoff, sabbathPolicy, ...facts }) => ({ ...facts, hours: hoursFor(channel, { zone, quietFrom, quietTo, eveCutoff, sabbathPolicy }) }))
}

/** The clinic's own text, or undefined where it speaks with ours. */
export const findTemplate = (db: Db, kind: 'reminder' | 'booked' | 'moved' | 'cancelled' | 'invoice' | 'offer' | 'series_changed' | 'series_cancelled' | 'form' | 'debt' | 'statement', channel: TextChannel, language: Language) =>
  db
    .selectFrom('message_template')
    .select(['subject', 'body', 'version'])
    .where('clinic_id', '=', sql<string>`current_clinic()`)
    .where('kind', '=', kind)
    .where('channel', '=', channel)
    .where('language', '=', language)
    .executeTakeFirst()

/** The clinic's own texts of a reminder on a channel, by language. */
export async function findReminderTemplates(db: Db, channel: TextChannel): Promise<ReadonlyMap<Language, { subject: string; body: string }>> {
  const rows = await db.selectFrom('message_template').select(['language', 'subject', 'body']).where('clinic_id', '=', sql<string>`current_clinic()`).where('kind', '=', 'reminder').where('channel', '=', channel).execute()
  return new Map(rows.map(({ language, subject, body }) => [language, { subject, body }]))
}

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

/** What goes into the calendar of whoever gets a mail about a visit. */
export interface VisitEntryFacts {
  appointmentId: string
  version: number
  startsAt: Instant
  endsAt: Instant
  clinicName: string
  place: string
  /** When the message was written: each try of it carries the same bytes. */
  writtenAt: Instant
}

/** Undefined where the message speaks of no visit, or of several. */
export async function findVisitEntry(db: Db, messageId: string): Promise<VisitEntryFacts | undefined> {
  const { rows } = await sql<VisitEntryFacts>`
    select a.id as "appointmentId", a.version, a.starts_at as "startsAt", a.ends_at as "endsAt", ${spoken('c')} as "clinicName",
      concat_ws(', ', ${spoken('b')}, nullif(b.address, ''), nullif(b.city, '')) as place, m.created_at as "writtenAt"
    from message m join appointment a on a.clinic_id = m.clinic_id and a.id = m.appointment_id join patient p on p.clinic_id = m.clinic_id and p.id = m.patient_id
      join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id join clinic c on c.id = a.clinic_id
    where m.clinic_id = current_clinic() and m.id = ${messageId}::uuid and m.kind in ('reminder', 'booked', 'moved', 'cancelled')`.execute(db)
  return rows[0]
}
