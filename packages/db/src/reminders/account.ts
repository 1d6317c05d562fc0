import { sql } from 'kysely'
import type { Accountable } from '@yoman/domain/reminders/account'
import { type Period, instant } from '@yoman/domain/time'
import { utc } from '../appointments/diary.ts'
import type { Db } from '../database.ts'

/** A visit ahead with whom it is for and everything that was said of its present start. */
export interface AccountRow extends Accountable {
  appointmentId: string
  practitionerId: string
  visitTypeId: string
  startsAt: string
  patient: { id: string; givenName: string; familyName: string; givenNameLatin: string; familyNameLatin: string; phone: string | null }
  /** Calls that stand, oldest first. */
  calls: { id: string; outcome: Accountable['calls'][number]['outcome']; reason: string; byName: string; at: string }[]
}

interface Read extends Omit<AccountRow, 'reminders' | 'messages'> {
  reminders: { state: Accountable['reminders'][number]['state']; skipReason: string | null; dueAt: string }[]
  messages: (Pick<Accountable['messages'][number], 'kind' | 'state' | 'channel'> & { notBefore: string; heldSince: string | null; sentAt: string | null })[]
}

/** All visits of a branch in a period, soonest first; of the cancelled ones those whose place in the diary was theirs to the end. At most 2,000. */
export async function accountRows(db: Db, branchId: string, { start, end }: Period): Promise<AccountRow[]> {
  const { rows } = await sql<{ row: Read }>`
    select json_build_object('appointmentId', a.id, 'practitionerId', a.practitioner_id, 'visitTypeId', a.visit_type_id, 'startsAt', ${utc('a.starts_at')},
      'status', a.status, 'cancelledBy', a.cancel_reason,
      'patient', json_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name, 'givenNameLatin', p.given_name_latin, 'familyNameLatin', p.family_name_latin,
        'phone', coalesce((select number from patient_phone f where f.clinic_id = p.clinic_id and f.patient_id = p.id order by f.rank, f.id limit 1),
          (message_phones(p.clinic_id, p.id, (a.starts_at at time zone b.time_zone)::date))[1])),
      'reminders', coalesce((select json_agg(json_build_object('state', r.state, 'skipReason', r.skip_reason, 'dueAt', ${utc('r.due_at')}) order by r.due_at, r.id)
        from reminder r where r.clinic_id = a.clinic_id and r.appointment_id = a.id and r.appointment_starts_at = a.starts_at), '[]'),
      'messages', coalesce((select json_agg(json_build_object('kind', case m.kind when 'reminder' then 'reminder' else 'notice' end, 'state', m.state, 'channel', m.channel, 'notBefore', ${utc('m.not_before')}, 'heldSince', ${utc('m.held_since')}, 'sentAt', ${utc('m.sent_at')}) order by m.created_at, m.id)
        from message m where m.clinic_id = a.clinic_id and m.id = any(array(
          select o.id from message o where o.clinic_id = a.clinic_id and o.appointment_id = a.id and o.appointment_starts_at = a.starts_at and (o.kind = 'cancelled') = (a.status = 'cancelled')
            and o.kind in ('reminder', 'booked', 'moved', 'cancelled')
          union all select v.message_id from message_visit v where v.clinic_id = a.clinic_id and v.appointment_id = a.id and v.starts_at = a.starts_at and v.cancelled = (a.status = 'cancelled')))), '[]'),
      'toldOfAnotherStart', exists (select from message o where o.clinic_id = a.clinic_id and o.appointment_id = a.id and o.appointment_starts_at <> a.starts_at
          and o.kind in ('reminder', 'booked', 'moved') and o.state in ('sending', 'sent', 'delivered', 'unknown'))
        or exists (select from message_visit v join message o on o.clinic_id = v.clinic_id and o.id = v.message_id where v.clinic_id = a.clinic_id and v.appointment_id = a.id and v.starts_at <> a.starts_at
          and not v.cancelled and o.state in ('sending', 'sent', 'delivered', 'unknown')),
      'calls', coalesce((select json_agg(json_build_object('id', c.id, 'outcome', c.outcome, 'reason', c.reason, 'byName', s.name, 'at', ${utc('c.made_at')}) order by c.made_at, c.id)
        from reminder_call c join staff s on s.clinic_id = c.clinic_id and s.id = c.made_by
        where c.clinic_id = a.clinic_id and c.appointment_id = a.id and c.appointment_starts_at = a.starts_at and c.taken_back_at is null), '[]')) as row
    from appointment a join patient p on p.clinic_id = a.clinic_id and p.id = a.patient_id
      join branch b on b.clinic_id = a.clinic_id and b.id = a.branch_id
    where a.clinic_id = current_clinic() and a.branch_id = ${branchId}::uuid and a.starts_at >= ${start} and a.starts_at < ${end}
      and a.status <> 'held' and (a.status <> 'cancelled' or a.cancel_reason in ('patient', 'clinic'))
    order by a.starts_at, a.id limit 2000`.execute(db)
  return rows.map(({ row }) => ({
    ...row,
    reminders: row.reminders.map((one) => ({ ...one, dueAt: instant(one.dueAt) })),
    messages: row.messages.map((one) => ({ ...one, notBefore: instant(one.notBefore), heldSince: one.heldSince === null ? null : instant(one.heldSince), sentAt: one.sentAt === null ? null : instant(one.sentAt) })),
  }))
}
