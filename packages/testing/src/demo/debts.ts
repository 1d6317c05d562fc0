import { atWallTime, type Instant, plainTime } from '@yoman/domain/time'
import { v5 as named } from 'uuid'
import { business } from './business.ts'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'

const zone = 'Asia/Jerusalem'
/** How old they are, in days, and what is owed; a number of documents that three divides, as the cheques of the demo are counted by threes. */
const debts = [[134, 185_000], [97, 42_000], [74, 96_000], [66, 25_000], [48, 38_000], [39, 120_000]] as const

/** Requests for payment of before the demo's diary begins, that nobody paid: debts of every age. @returns the last of their numbers. */
export function addOldDebts(rows: Rows, clinic: DemoClinic, visits: readonly DemoVisit[], now: Instant): number {
  for (const [index, [daysAgo, total]] of debts.entries()) {
    const visit = visits[index * 7]
    if (visit) addOne(rows, clinic, visit, index + 1, total, now.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: daysAgo }))
  }
  return debts.length
}

function addOne(rows: Rows, clinic: DemoClinic, { patient, branchId }: DemoVisit, number: number, total: number, issuedOn: Parameters<typeof atWallTime>[1]): void {
  const [clinic_id, id] = [clinic.clinicId, named(`old debt ${number}`, clinic.clinicId)]
  const vat = Math.round((total * 18) / 118)
  rows.add('invoice', {
    clinic_id, id, kind: '300', number, branch_id: branchId, patient_id: patient.id, encounter_id: null, appointment_id: null, language: patient.language,
    issued_at: atWallTime(zone, issuedOn, plainTime('17:00')).toString(), issued_on: issuedOn.toString(), vat_basis_points: 1800, net_agorot: total - vat, vat_agorot: vat, total_agorot: total,
    business, payer: { name: `${patient.givenName} ${patient.familyName}`, address: `${patient.street}, ${patient.city}` }, issued_by: clinic.receptionistId, original_made_at: null,
  })
  rows.add('invoice_line', { clinic_id, invoice_id: id, line: 1, price_item_id: null, description: 'יתרה לתשלום', quantity: 1, unit_price_agorot: total, total_agorot: total })
}
