import { sql } from 'kysely'
import type { WrittenReminder } from '@yoman/domain/reminders/what-if'
import type { ReminderWish } from '@yoman/domain/reminders/rules'
import { type Instant, type Period, instant, plainTime } from '@yoman/domain/time'
import { utc } from '../appointments/diary.ts'
import type { Db } from '../database.ts'
import { refuses } from '../messages/refused.ts'
import { type Channel, callerOf, deadNumbers } from '../messages/visit-facts.ts'

/** For whom a reminder is, and what stands in its way. */
export interface Addressee {
  patient: { id: string; givenName: string; familyName: string; givenNameLatin: string; familyNameLatin: string }
  language: 'he' | 'ar' | 'ru' | 'en'
  email: string | null
  phones: string[]
  /** The channels on which the patient's last word about messages of the service was no. */
  refused: Channel[]
  /** Numbers to which WhatsApp carries nothing. */
  noWhatsapp: string[]
  /** Numbers that no call reaches. */
  noVoice: string[]
  /** The clinic makes calls. */
  byVoice: boolean
  /** The clinic has a sender at WhatsApp and an approved text in the patient's language. */
  byWhatsapp: boolean
  wish: ReminderWish | null
}

/** A visit to come with everything that is planned to be said of its present start. */
export interface PlannedVisit extends Addressee {
  appointmentId: string
  practitionerId: string
  visitTypeId: string
  branchId: string
  startsAt: Instant
  status: string
  reminders: (WrittenReminder & { id: string })[]
}

interface Read extends Omit<PlannedVisit, 'startsAt' | 'reminders' | 'wish'> {
  startsAt: string
  reminders: (Omit<PlannedVisit['reminders'][number], 'dueAt'> & { dueAt: string })[]
  wish: { id: string; reminders: 'usual' | 'email' | 'none'; daysBefore: number | null; atTime: string | null } | null
}

const most = 20_000

const whose = { clinic: sql`p.clinic_id`, patient: sql`p.id`, numbers: sql`message_phones(p.clinic_id, p.id, (a.starts_at at time zone b.time_zone)::date)` }

/** Visits still to come that begin in a period, or of which something is due in it; soonest first. At most 20,000. */
export async function plannedVisits(db: Db, branchId: string, visits: Period, due: Period): Promise<PlannedVisit[]> {
  const { rows } = await sql<{ row: Read }>`
    select json_build_object('appointmentId', a.id, 'practitionerId', a.practitioner_id, 'visitTypeId', a.visit_type_id, 'branchId', a.branch_id, 'startsAt', ${utc('a.starts_at')}, 'status', a.status,
      'patient', json_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name, 'givenNameLatin', p.given_name_latin, 'familyNameLatin', p.family_name_latin),
      'language', p.language, 'email', p.email,
      'phones', coalesce(nullif(array(select n.number from patient_phone n where n.clinic_id = p.clinic_id and n.patient_id = p.id order by n.rank, n.id), '{}'), message_phones(p.clinic_id, p.id, (a.starts_at at time zone b.time_zone)::date)),
      'refused', array_remove(array[case when ${refuses('sms', whose)} then 'sms' end, case when ${refuses('email', whose)} then 'email' end, case when ${refuses('whatsapp', whose)} then 'whatsapp' end, case when ${refuses('voice', whose)} then 'voice' end], null),
      'noWhatsapp', ${deadNumbers(sql`p.clinic_id`, 'whatsapp')}, 'noVoice', ${deadNumbers(sql`p.clinic_id`, 'voice')}, 'byVoice', ${callerOf(sql`p.clinic_id`)} is not null, 'byWhatsapp', exists (select from whatsapp_setting s join whatsapp_template t on t.clinic_id = s.clinic_id where s.clinic_id = p.clinic_id and s.sender is not null and t.content_sid is not null and t.language = p.language),
      'wish', (select json_build_object('id', w.id, 'reminders', w.reminders, 'daysBefore', w.extra_days_before, 'atTime', w.extra_at_time) from reminder_wish w where w.clinic_id = p.clinic_id and w.patient_id = p.id),
      'reminders', coalesce((select json_agg(json_build_object('id', r.id, 'ruleId', r.rule_id, 'channel', r.channel, 'state', r.state, 'skipReason', r.skip_reason, 'dueAt', ${utc('r.due_at')}, 'movedFor', r.moved_for,
          'isFallback', r.fallback_of is not null, 'hasMessage', exists (select from message m where m.clinic_id = r.clinic_id and m.dedupe_key = 'reminder-' || r.id)) order by r.due_at, r.id)
        from reminder r where r.clinic_id = a.clinic_id and r.appointment_id = a.id and r.appointment_starts_at = a.starts_at
          and not (r.state = 'skipped' and exists (select from reminder f where f.clinic_id = r.clinic_id and f.fallback_of = r.id))), '[]')) as row
    from appointment a
      join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
    where a.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and a.status in ('booked', 'confirmed')
      and ((a.starts_at >= ${visits.start} and a.starts_at < ${visits.end})
        or (a.id in (select d.appointment_id from reminder d where d.clinic_id = current_clinic() and d.due_at >= ${due.start} and d.due_at < ${due.end})))
    order by a.starts_at, a.id limit ${most}`.execute(db)
  return rows.map(({ row }) => ({
    ...row,
    startsAt: instant(row.startsAt),
    wish: row.wish && { id: row.wish.id, reminders: row.wish.reminders, extra: row.wish.daysBefore === null || row.wish.atTime === null ? null : { daysBefore: row.wish.daysBefore, atTime: plainTime(row.wish.atTime) } },
    reminders: row.reminders.map((one) => ({ ...one, dueAt: instant(one.dueAt) })),
  }))
}
