import { type Instant, isAfter } from '@yoman/domain/time'
import { v5 as named } from 'uuid'
import { business } from './business.ts'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import type { DemoInvoice } from './money.ts'

// Ids made from names, not from the demo's chance: what was drawn before this existed stays as it was.
const idOf = (of: string, name: string): string => named(name, of)

interface Paid {
  id: string
  visit: DemoVisit
  receiptId: string
  total: number
  number: number
  method: 'card' | 'bit' | 'transfer' | 'cash'
}

const brands = ['visa', 'mastercard', 'isracard', 'visa', 'amex'] as const
const noFacts = { cheque_number: null, cheque_bank: null, cheque_branch: null, cheque_account: null, cheque_due_on: null, card_brand: null, card_last_four: null, card_instalments: null }

/** The money of an invoice-receipt: a card with its slip, large sums in instalments, and each ninth partly in cash. */
export function addPayments(rows: Rows, clinic: DemoClinic, { id, visit, receiptId, total, number, method }: Paid): void {
  const inCash = number % 9 === 0 && method !== 'cash' && total >= 20_000 ? 10_000 : 0
  const common = { clinic_id: clinic.clinicId, patient_id: visit.patient.id, appointment_id: visit.id, invoice_id: receiptId, received_at: visit.end.toString(), received_by: clinic.receptionistId }
  const card = method === 'card' ? { card_brand: brands[number % brands.length], card_last_four: String(1_000 + ((number * 7_919) % 9_000)), card_instalments: total > 150_000 ? 3 : 1 } : {}
  rows.add('payment', { ...common, id, method, amount_agorot: total - inCash, reference: method === 'cash' ? '' : String(100_000 + ((number * 104_729) % 900_000)), ...noFacts, ...card })
  if (inCash > 0) rows.add('payment', { ...common, id: idOf(id, 'cash'), method: 'cash', amount_agorot: inCash, reference: '', ...noFacts })
}

const daysBack = 21

/** Each third of the requests of the last weeks was answered with two cheques of later days: a receipt now, tax invoices when they mature. */
export function addCheques(rows: Rows, clinic: DemoClinic, issued: readonly DemoInvoice[], now: Instant): void {
  const recent = issued.filter(({ kind, issuedAt }) => kind === '300' && isAfter(issuedAt, now.subtract({ hours: 24 * daysBack })))
  const answered = recent.filter(({ number }) => number % 3 === 0)
  for (const [index, request] of answered.entries()) addReceipt(rows, clinic, request, index + 1, now)
  if (answered.length > 0) rows.add('document_counter', { clinic_id: clinic.clinicId, kind: '400', last_number: answered.length })
}

function addReceipt(rows: Rows, clinic: DemoClinic, { id: requestId, number: requestNumber, total, visit, issuedAt }: DemoInvoice, number: number, now: Instant): void {
  const [clinic_id, id, patient] = [clinic.clinicId, idOf(requestId, 'receipt'), visit.patient]
  const at = issuedAt.add({ seconds: 1 })
  const first = Math.floor(total / 200) * 100
  rows.add('invoice', {
    clinic_id, id, kind: '400', number, branch_id: visit.branchId, patient_id: patient.id, encounter_id: null, appointment_id: visit.id, based_on_id: requestId, language: patient.language,
    issued_at: at.toString(), issued_on: at.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().toString(), vat_basis_points: 0, net_agorot: total, vat_agorot: 0, total_agorot: total,
    business, payer: { name: `${patient.givenName} ${patient.familyName}`, address: `${patient.street}, ${patient.city}` }, issued_by: clinic.receptionistId, original_made_at: null,
  })
  rows.add('invoice_line', { clinic_id, invoice_id: id, line: 1, price_item_id: null, description: `תשלום על חשבון חשבונית עסקה מס׳ ${requestNumber}`, quantity: 1, unit_price_agorot: total, total_agorot: total })
  for (const [index, amount] of [first, total - first].entries())
    rows.add('payment', {
      clinic_id, id: idOf(id, `cheque ${index}`), patient_id: patient.id, appointment_id: visit.id, invoice_id: id, method: 'cheque', amount_agorot: amount, reference: '', received_at: at.toString(), received_by: clinic.receptionistId,
      ...noFacts, cheque_number: String(1_000_120 + 10 * number + index), cheque_bank: '12', cheque_branch: '605', cheque_account: String(400_000 + number * 31),
      cheque_due_on: now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate().add({ days: 20, months: index }).toString(),
    })
}
