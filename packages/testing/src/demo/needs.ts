import type { DemoClinic } from './clinic.ts'
import type { Rows } from './insert.ts'
import type { Random } from './random.ts'

/** A kind of visit that needs more than a doctor and a chair: the panoramic x-ray of its branch. */
export function makeNeeds(random: Random, rows: Rows, { clinicId: clinic_id }: DemoClinic): void {
  const id = random.id()
  rows.add('visit_type', {
    clinic_id, id, name: 'צילום פנורמי וייעוץ', name_en: 'Panoramic X-ray and advice', public_name: 'תור', public_name_en: 'Visit', profession: 'doctor', duration_minutes: 20, place_kind: 'chair', colour: '#475569', paper: 'referral',
  })
  rows.add('visit_type_need', { clinic_id, visit_type_id: id, seq: 1, kind: 'device', profession: null })
}
