import type { Instant } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import type { Random } from './random.ts'
import type { DemoLine } from './record.ts'

const basisPoints = 1800
const methods = ['card', 'card', 'card', 'bit', 'transfer', 'cash'] as const
const business = { name: 'מרפאות שקד', legalName: 'מרפאות שקד בע״מ', vatNumber: '514238765', address: 'אבן גבירול 71, תל אביב-יפו', phone: '+97235550100', email: 'office@shaked.example' }

/** An invoice-receipt (320) for most past visits and a request for payment (300) for the few not yet paid, numbered without gaps. */
export function makeMoney(random: Random, rows: Rows, clinic: DemoClinic, done: Map<DemoVisit, { encounterId: string; lines: DemoLine[] }>): void {
  const last = { '300': 0, '320': 0 }
  const inOrder = [...done].sort(([a], [b]) => a.end.epochMilliseconds - b.end.epochMilliseconds)
  for (const [visit, { encounterId, lines }] of inOrder) {
    const kind = random.chance(0.93) ? '320' : '300'
    addInvoice(random, rows, clinic, visit, encounterId, lines, kind, ++last[kind])
  }
  for (const kind of ['300', '320'] as const) rows.add('document_counter', { clinic_id: clinic.clinicId, kind, last_number: last[kind] })
}

function addInvoice(random: Random, rows: Rows, clinic: DemoClinic, visit: DemoVisit, encounter_id: string, lines: DemoLine[], kind: '300' | '320', number: number): void {
  const clinic_id = clinic.clinicId
  const id = random.id()
  const total = lines.reduce((sum, line) => sum + line.agorot, 0)
  const vat = Math.round((total * basisPoints) / (10_000 + basisPoints))
  const { patient } = visit
  rows.add('invoice', {
    clinic_id, id, kind, number, branch_id: visit.branchId, patient_id: patient.id, encounter_id, appointment_id: visit.id, language: patient.language,
    issued_at: visit.end.toString(), issued_on: localDate(visit.end), vat_basis_points: basisPoints, net_agorot: total - vat, vat_agorot: vat, total_agorot: total,
    business, payer: { name: `${patient.givenName} ${patient.familyName}`, address: `${patient.street}, ${patient.city}` }, issued_by: clinic.receptionistId,
    original_made_at: patient.eInvoice ? visit.end.toString() : null,
  })
  for (const [index, line] of lines.entries())
    rows.add('invoice_line', { clinic_id, invoice_id: id, line: index + 1, price_item_id: line.priceId, description: line.name, quantity: 1, unit_price_agorot: line.agorot, total_agorot: line.agorot })
  if (kind === '320')
    rows.add('payment', { clinic_id, id: random.id(), patient_id: patient.id, appointment_id: visit.id, invoice_id: id, method: random.pick(methods), amount_agorot: total, received_at: visit.end.toString(), received_by: clinic.receptionistId })
}

const localDate = (at: Instant): string => at.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().toString()
