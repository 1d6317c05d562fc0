import type { Instant } from '@yoman/domain/time'
import { business } from './business.ts'
import { addOldDebts } from './debts.ts'
import { addCheques, addPayments } from './payments.ts'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import { employerAsPayer, employerId, fitsEmployer } from './organisations.ts'
import type { DemoPatient } from './patients.ts'
import type { Random } from './random.ts'
import type { DemoLine } from './record.ts'

const basisPoints = 1800
const methods = ['card', 'card', 'card', 'bit', 'transfer', 'cash'] as const

export interface DemoInvoice {
  id: string
  kind: '300' | '320'
  number: number
  total: number
  visit: DemoVisit
  issuedAt: Instant
}

/** An invoice-receipt (320) for most past visits and a request for payment (300) for the few not yet paid, those of one patient by an employer, numbered without gaps. */
export function makeMoney(random: Random, rows: Rows, clinic: DemoClinic, visits: readonly DemoVisit[], done: Map<DemoVisit, { encounterId: string; lines: DemoLine[] }>, now: Instant): DemoInvoice[] {
  const last = { '300': addOldDebts(rows, clinic, [...done.keys()], now), '320': 0 }
  const inOrder = [...done].sort(([a], [b]) => a.end.epochMilliseconds - b.end.epochMilliseconds)
  const issued: DemoInvoice[] = []
  let employee: DemoPatient | null = null
  for (const [index, [visit, { encounterId, lines }]] of inOrder.entries()) {
    const kind = random.chance(0.93) ? '320' : '300'
    // Visits that end together are billed one after the other, as their numbers are.
    const issuedAt = visit.end.add({ seconds: index % 300 })
    const number = ++last[kind]
    const unpaid = kind === '300' && number % 3 !== 0 // cheques answer the others
    if (employee === null && unpaid && fitsEmployer(visits, visit.patient, now)) employee = visit.patient
    issued.push(addInvoice(random, rows, clinic, { visit, encounterId, lines, kind, number, issuedAt, byEmployer: unpaid && employee === visit.patient }))
  }
  if (employee) rows.add('patient_payer', { clinic_id: clinic.clinicId, patient_id: employee.id, organisation_id: employerId(clinic.clinicId) })
  addCheques(rows, clinic, issued, now)
  for (const kind of ['300', '320'] as const) rows.add('document_counter', { clinic_id: clinic.clinicId, kind, last_number: last[kind] })
  return issued
}

interface Billed extends Omit<DemoInvoice, 'id' | 'total'> {
  encounterId: string
  lines: DemoLine[]
  byEmployer: boolean
}

function addInvoice(random: Random, rows: Rows, clinic: DemoClinic, { visit, encounterId: encounter_id, lines, kind, number, issuedAt, byEmployer }: Billed): DemoInvoice {
  const clinic_id = clinic.clinicId
  const id = random.id()
  const total = lines.reduce((sum, line) => sum + line.agorot - line.discount, 0)
  const vat = Math.round((total * basisPoints) / (10_000 + basisPoints))
  const { patient } = visit
  rows.add('invoice', {
    clinic_id, id, kind, number, branch_id: visit.branchId, patient_id: patient.id, encounter_id, appointment_id: visit.id, language: patient.language,
    issued_at: issuedAt.toString(), issued_on: localDate(issuedAt), vat_basis_points: basisPoints, net_agorot: total - vat, vat_agorot: vat, total_agorot: total,
    business, payer: byEmployer ? employerAsPayer(clinic_id, patient) : { name: `${patient.givenName} ${patient.familyName}`, address: `${patient.street}, ${patient.city}` }, organisation_id: byEmployer ? employerId(clinic_id) : null, issued_by: clinic.receptionistId,
    original_made_at: patient.eInvoice ? issuedAt.toString() : null,
  })
  for (const [index, line] of lines.entries())
    rows.add('invoice_line', { clinic_id, invoice_id: id, line: index + 1, price_item_id: line.priceId, description: line.name, quantity: 1, unit_price_agorot: line.agorot, discount_agorot: line.discount, total_agorot: line.agorot - line.discount })
  if (kind === '320') addPayments(rows, clinic, { id: random.id(), visit, receiptId: id, total, number, method: random.pick(methods) })
  return { id, kind, number, total, visit, issuedAt }
}

const localDate = (at: Instant): string => at.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().toString()
