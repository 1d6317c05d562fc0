import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import { discountOn } from '@yoman/domain/invoices/discount'
import { addMinutes, type Instant, isAfter } from '@yoman/domain/time'
import { setDiscount } from '@yoman/use-cases/discounts/give'
import { setPayerPart } from '@yoman/use-cases/organisations/payer-parts'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import { fundId } from './organisations.ts'
import { ownerContext } from './owner.ts'

const reasons = ['קרוב משפחה של הצוות', 'פיצוי על המתנה', 'כמה טיפולים ביחד', 'ותיקי המרפאה'] as const
const everyNth = 31

/** What each role may take off, and the reasons that are offered. */
export const addDiscountRules = (rows: Rows, { clinicId }: DemoClinic): void =>
  rows.add('discount_setting', { clinic_id: clinicId, limits: { receptionist: 1_000, doctor: 2_000, hygienist: 2_000, accountant: 0 }, reasons, version: 1 })

/** A tenth or a fifth off the first thing that was done at some visits: the columns of the procedure, null where nothing is off. No dice: who comes when stays what it was. */
export function demoDiscount(clinic: DemoClinic, visit: DemoVisit, place: number, agorot: number) {
  const off = { basisPoints: place % 2 === 0 ? 1_000 : 2_000 }
  const discount = place % everyNth === 0 ? discountOn(agorot, off) : 0
  if (discount === 0) return null
  return {
    discount_agorot: discount, discount_basis_points: off.basisPoints, discount_reason: reasons[(place / everyNth) % reasons.length],
    discount_by: off.basisPoints > 1_000 ? visit.practitioner.staffId : clinic.receptionistId, discount_at: visit.end.toString(),
  }
}

const daysAhead = 8

/** The owner promised a fifth off a visit of next week, and the fund pays three fifths of what is left: it stands on a bill that is not written yet. */
export async function discountVisit(services: { pool: Pool; vault: Vault }, clinic: DemoClinic, visits: readonly DemoVisit[], now: Instant): Promise<void> {
  const visit = visits.find(({ start, status }) => status === 'booked' && isAfter(start, addMinutes(now, daysAhead * 24 * 60)))
  if (!visit) return
  const owner = ownerContext(services, clinic, now)
  await setDiscount(owner, { appointmentId: visit.id, procedureId: null, give: { off: { basisPoints: 2_000 }, reason: reasons[0] } })
  await setPayerPart(owner, visit.id, { organisationId: fundId(clinic.clinicId), part: { basisPoints: 6_000 }, procedureIds: null })
}
