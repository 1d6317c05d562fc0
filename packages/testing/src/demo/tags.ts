import type { Instant } from '@yoman/domain/time'
import type { Condition } from '@yoman/domain/patients/filter'
import type { DemoClinic } from './clinic.ts'
import type { DemoPatient } from './patients.ts'
import type { Rows } from './insert.ts'
import { makeRandom } from './random.ts'

const words = [['מגיע עם נהג', 'info', 0.02], ['משפחת עובדים', 'primary', 0.01], ['מעדיפים שיחה', 'neutral', 0.05], ['אחרי שלוש הברזות', 'warning', 0.015]] as const

/** The clinic's own words on some of its patients, and a list that its desk goes through each week. */
export function makeTags(rows: Rows, { clinicId: clinic_id, receptionistId }: DemoClinic, patients: readonly DemoPatient[], now: Instant): void {
  const random = makeRandom(35) // its own, so that the rest of the demo stays as it is
  for (const [name, tone, share] of words) {
    const id = random.id()
    rows.add('tag', { clinic_id, id, name, tone, retired_at: null })
    for (const patient of patients) if (random.chance(share)) rows.add('patient_tag', { clinic_id, patient_id: patient.id, tag_id: id, tagged_by: receptionistId, tagged_at: now })
  }
  const conditions: Condition[] = [{ kind: 'age', from: 60, to: null }, { kind: 'not_seen', months: 6 }, { kind: 'next_visit', has: false }]
  rows.add('patient_filter', { clinic_id, id: random.id(), owner_id: null, written_by: receptionistId, name: 'בני 60 ומעלה לביקורת', conditions })
}
