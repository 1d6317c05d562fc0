import { type Instant, minutesBetween } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import type { DemoPatient } from './patients.ts'
import { makeRandom } from './random.ts'

const wishes = [
  { urgency: 'urgent', weekdays: [], parts: [], waited: 2, until: 10, note: 'כאבים, אפשר גם בהתראה קצרה' },
  { urgency: 'soon', weekdays: [7, 1, 2], parts: ['morning'], waited: 9, until: 30, note: '' },
  { urgency: 'normal', weekdays: [], parts: ['evening'], waited: 21, until: null, note: 'רק אחרי העבודה' },
  { urgency: 'normal', weekdays: [], parts: [], waited: 14, until: null, note: '' },
  { urgency: 'normal', weekdays: [2, 4], parts: [], waited: 6, until: 45, note: 'נוסעים לחו״ל בחודש הבא' },
  { urgency: 'normal', weekdays: [], parts: ['morning', 'afternoon'], waited: 4, until: null, note: '' },
] as const

/** Some who wait at the first branch: every second one has a visit two weeks ahead and would come earlier. A chance of its own, so that the rest of the demo stays as it was. */
export function makeWaitlist(rows: Rows, clinic: DemoClinic, patients: DemoPatient[], visits: DemoVisit[], now: Instant): void {
  const random = makeRandom(20_261_123)
  const branchId = clinic.branches[0]?.id
  const today = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate()
  const ahead = visits.filter((visit) => visit.branchId === branchId && (visit.status === 'booked' || visit.status === 'confirmed') && minutesBetween(now, visit.start) > 14 * 24 * 60)
  wishes.forEach(({ urgency, weekdays, parts, waited, until, note }, index) => {
    const visit = index % 2 === 1 ? ahead[index * 7] : undefined
    const type = visit?.type ?? clinic.visitTypes.filter(({ profession }) => profession === (index % 4 === 2 ? 'hygienist' : 'doctor'))[0]
    const patient = visit?.patient ?? patients[random.int(100, patients.length - 1)]
    if (!type || !patient || branchId === undefined) return
    const id = random.id()
    rows.add('waitlist_entry', {
      clinic_id: clinic.clinicId, id, branch_id: branchId, patient_id: patient.id, visit_type_id: type.id, duration_minutes: visit ? minutesBetween(visit.start, visit.end) : null,
      weekdays, parts, urgency, until_date: until === null ? null : today.add({ days: until }).toString(), note, appointment_id: visit?.id ?? null,
      waiting_since: now.subtract({ hours: waited * 24 }).toString(), created_by: clinic.receptionistId,
    })
    if (visit) rows.add('waitlist_practitioner', { clinic_id: clinic.clinicId, entry_id: id, practitioner_id: visit.practitioner.id })
  })
}
