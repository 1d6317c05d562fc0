import type { Instant } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import type { Sealing } from './patients.ts'
import { makeRandom } from './random.ts'

const said: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['call_in', 'ביקשה להקדים את התור, אפשר גם בבוקר'],
  ['call_out', 'השארנו הודעה לגבי התור הבא'],
  ['call_in', 'שאל על מחיר כתר, נמסר טווח'],
  ['desk', 'קיבלה אישור לביטוח'],
  ['call_in', 'כאבים אחרי העקירה, הועבר לרופא'],
  ['email', 'שלח טופס 17'],
]

/** What was said by phone and at the desk: to some of those who were here, and with somebody who has no record. */
export function makeContacts(rows: Rows, { sealer }: Pick<Sealing, 'sealer'>, { clinicId: clinic_id, receptionistId: written_by, branches }: DemoClinic, visits: readonly DemoVisit[], now: Instant): void {
  const random = makeRandom(74) // its own, so that the rest of the demo stays as it is
  const add = (more: Record<string, unknown>, way: string, words: string, written_at: Instant): void => {
    const id = random.id()
    rows.add('contact', { clinic_id, id, ...more, way, words_sealed: sealer.seal({ table: 'contact', column: 'words_sealed', rowId: id }, words), task_id: null, written_by, written_at: written_at.toString() })
  }
  for (const visit of visits.filter(({ status }) => status === 'completed')) {
    if (!random.chance(0.12)) continue
    const [way, words] = random.pick(said)
    add({ branch_id: visit.branchId, patient_id: visit.patient.id }, way, words, visit.start.subtract({ hours: random.int(1, 72) }))
  }
  const [branch] = branches
  if (branch) add({ branch_id: branch.id, patient_id: null, caller_name: 'אבי, ספק ציוד', caller_phone: '+972507654321' }, 'call_in', 'המכשיר חוזר מהתיקון ביום שלישי', now.subtract({ hours: 16 }))
}
