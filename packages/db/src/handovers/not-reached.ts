import { sql } from 'kysely'
import type { Instant } from '@yoman/domain/time'
import type { Db } from '../database.ts'

export interface NotReachedRow {
  appointmentId: string
  practitionerId: string
  startsAt: Instant
  patientId: string
  given_name: string
  family_name: string
  given_name_latin: string
  family_name_latin: string
  phone: string | null
  reason: 'no_phone' | 'failed' | 'refused' | 'not_sent'
}

/**
 * Visits of a period that nobody confirmed and of which no reminder reached the patient or is on its way: it failed, the patient
 * refused, it was too late, or there is no phone to send it to. Soonest first.
 */
export async function notReached(db: Db, branchId: string, { start, end }: { start: Instant; end: Instant }): Promise<NotReachedRow[]> {
  const { rows } = await sql<NotReachedRow>`
    select * from (
      select a.id as "appointmentId", a.practitioner_id as "practitionerId", a.starts_at as "startsAt", p.id as "patientId",
        p.given_name, p.family_name, p.given_name_latin, p.family_name_latin, f.number as phone,
        case when exists (select from message m where m.clinic_id = a.clinic_id and m.appointment_id = a.id and m.kind = 'reminder'
              and m.appointment_starts_at = a.starts_at and m.state in ('queued', 'sending', 'sent', 'delivered')) then null
          when exists (select from message m where m.clinic_id = a.clinic_id and m.appointment_id = a.id and m.kind = 'reminder'
              and m.appointment_starts_at = a.starts_at and m.state in ('failed', 'unknown')) then 'failed'
          when f.number is null then 'no_phone'
          when r.skip_reason = 'no_consent' then 'refused'
          when r.skip_reason is not null then 'not_sent' end as reason
      from appointment a
        join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
        left join lateral (select number from patient_phone f where f.clinic_id = p.clinic_id and f.patient_id = p.id order by f.rank, f.id limit 1) f on true
        left join lateral (select r.skip_reason from reminder r where r.clinic_id = a.clinic_id and r.appointment_id = a.id and r.appointment_starts_at = a.starts_at
          and r.state = 'skipped' and r.skip_reason in ('no_consent', 'nothing_to_send_to', 'too_late') order by r.due_at desc limit 1) r on true
      where a.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and a.starts_at >= ${start} and a.starts_at < ${end} and a.status = 'booked'
    ) as ahead where reason is not null order by "startsAt", "appointmentId" limit 500`.execute(db)
  return rows
}
