import { sql } from 'kysely'
import type { Foreseen } from '@yoman/domain/reminders/forecast'
import type { Closed } from '@yoman/domain/reminders/sending-hours'
import type { Period } from '@yoman/domain/time'
import { utc } from '../appointments/diary.ts'
import type { Db } from '../database.ts'

/** A reminder that is due in a period, with whom it is for and what stands in its way. */
export interface ForeseenRow extends Omit<Foreseen, 'reachable'> {
  id: string
  appointmentId: string
  practitionerId: string
  startsAt: string
  patient: { id: string; givenName: string; familyName: string; givenNameLatin: string; familyNameLatin: string }
  channel: 'sms' | 'email'
  dueAt: string
  skipReason: string | null
  movedFor: Closed | null
  email: string | null
  phones: string[]
}

/** Reminders of visits still to come that are due in a period, those of a rule that was switched off left out; by their time. At most 5,000. */
export async function foreseenRows(db: Db, branchId: string, { start, end }: Period): Promise<ForeseenRow[]> {
  const { rows } = await sql<{ row: ForeseenRow }>`
    select json_build_object('id', r.id, 'appointmentId', a.id, 'practitionerId', a.practitioner_id, 'startsAt', ${utc('a.starts_at')},
      'patient', json_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name, 'givenNameLatin', p.given_name_latin, 'familyNameLatin', p.family_name_latin),
      'channel', r.channel, 'dueAt', ${utc('r.due_at')}, 'state', r.state, 'skipReason', r.skip_reason, 'movedFor', r.moved_for, 'email', p.email,
      'phones', coalesce(nullif(array(select n.number from patient_phone n where n.clinic_id = p.clinic_id and n.patient_id = p.id order by n.rank, n.id), '{}'), message_phones(p.clinic_id, p.id, (a.starts_at at time zone b.time_zone)::date)),
      'refused', coalesce((select k.state = 'refused' from consent k where k.clinic_id = p.clinic_id and k.patient_id = p.id and k.channel = r.channel
        and k.purpose = 'service' order by k.recorded_at desc, k.id desc limit 1), false)) as row
    from reminder r
      join appointment a on a.clinic_id = r.clinic_id and a.id = r.appointment_id and a.starts_at = r.appointment_starts_at
      join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
    where r.clinic_id = current_clinic() and r.due_at >= ${start} and r.due_at < ${end} and a.branch_id = ${branchId}::uuid
      and a.status in ('booked', 'confirmed') and r.skip_reason is distinct from 'rule_off'
    order by r.due_at, r.id limit 5000`.execute(db)
  return rows.map(({ row }) => row)
}

/** How many visits to come in a period have no reminder at all: booked before there was a rule, or by an import. */
export async function countUnplanned(db: Db, branchId: string, { start, end }: Period): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from appointment a
    where a.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and a.starts_at >= ${start} and a.starts_at < ${end} and a.status in ('booked', 'confirmed')
      and not exists (select from reminder r where r.clinic_id = a.clinic_id and r.appointment_id = a.id and r.appointment_starts_at = a.starts_at and r.skip_reason is distinct from 'rule_off')`.execute(db)
  return rows[0]?.n ?? 0
}
