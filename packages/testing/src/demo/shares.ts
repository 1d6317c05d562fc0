import type { Instant } from '@yoman/domain/time'
import { v5 as named } from 'uuid'
import type { DemoClinic } from './clinic.ts'
import type { Rows } from './insert.ts'

/** What each practitioner is paid; the clinic's own doctor has none, as she is its owner's partner. */
export function makeShares(rows: Rows, clinic: DemoClinic, now: Instant): void {
  const from = now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().with({ day: 1 }).subtract({ months: 6 }).toString()
  const rule = (practitioner: { id: string; staffId: string }, over: { price_item_id?: string; share_basis_points: number | null; fixed_agorot: number | null }) =>
    rows.add('share_rule', {
      clinic_id: clinic.clinicId, id: named(`share ${practitioner.id} ${over.price_item_id ?? 'all'}`, clinic.clinicId), practitioner_id: practitioner.id, price_item_id: null, valid_from: from, created_at: now.toString(), created_by: clinic.ownerId, ...over,
    })
  const picture = clinic.prices.find(({ code }) => code === 'D0220')
  clinic.practitioners.forEach((practitioner, index) => {
    if (index === 0) return
    rule(practitioner, practitioner.profession === 'doctor' ? { share_basis_points: index % 2 === 0 ? 4_500 : 4_000, fixed_agorot: null } : { share_basis_points: null, fixed_agorot: 9_000 })
    if (picture && practitioner.profession === 'doctor') rule(practitioner, { price_item_id: picture.id, share_basis_points: 0, fixed_agorot: null })
  })
}
