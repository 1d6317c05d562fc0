import { composeInvoiceMessage } from '@yoman/messaging/invoices/compose'
import { composeVisitMessage } from '@yoman/messaging/visits/compose'
import { addMinutes, atWallTime, dateIn, type Instant, plainTime } from '@yoman/domain/time'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import type { DemoInvoice } from './money.ts'
import type { Random } from './random.ts'

const zone = 'Asia/Jerusalem'

/** The clinic and a branch as somebody is told of them: in Latin letters to who does not read Hebrew letters every day. */
function houseOf(clinic: DemoClinic, branchId: string, language: string): { clinicName: string; branchName: string; phone: string } {
  const branch = clinic.branches.find(({ id }) => id === branchId)
  const latin = !['he', 'ar'].includes(language)
  return { clinicName: latin ? 'Shaked Clinics' : 'מרפאות שקד', branchName: (latin ? branch?.nameEn : branch?.name) ?? '', phone: branch?.phone ?? '' }
}

/** What was said in the past month, in the words that the product uses: reminders by SMS, invoices by e-mail. */
export function makeMessages(random: Random, rows: Rows, clinic: DemoClinic, visits: DemoVisit[], invoices: DemoInvoice[]): void {
  for (const visit of visits) if (visit.status === 'completed' || visit.status === 'no_show') addReminder(random, rows, clinic, visit)
  for (const invoice of invoices) if (invoice.visit.patient.eInvoice) addInvoiceMail(random, rows, clinic, invoice)
}

function addReminder(random: Random, rows: Rows, clinic: DemoClinic, visit: DemoVisit): void {
  const date = dateIn(zone, visit.start)
  const at = atWallTime(zone, date.subtract({ days: date.dayOfWeek === 7 ? 2 : 1 }), plainTime('10:00')) // a Sunday's leaves on Friday
  const { patient } = visit
  const words = composeVisitMessage({
    kind: 'reminder', channel: 'sms', language: patient.language, own: null,
    visit: { patientFirstName: patient.givenName, ...houseOf(clinic, visit.branchId, patient.language), practitionerName: ['he', 'ar'].includes(patient.language) ? visit.practitioner.name : visit.practitioner.nameEn, startsAt: visit.start, zone },
  })
  const failed = random.chance(0.02)
  addMessage(random, rows, clinic, {
    kind: 'reminder', channel: 'sms', patient_id: patient.id, appointment_id: visit.id, invoice_id: null, dedupe_key: `demo-reminder-${visit.id}`, language: patient.language,
    to_address: patient.phone, ...words, state: failed ? 'failed' : 'delivered', error_code: failed ? '30005' : null,
  }, at)
}

function addInvoiceMail(random: Random, rows: Rows, clinic: DemoClinic, { id, kind, number, total, visit, issuedAt }: DemoInvoice): void {
  const { patient } = visit
  const words = composeInvoiceMessage({
    language: patient.language, own: null, patientFirstName: patient.givenName, ...houseOf(clinic, visit.branchId, patient.language),
    document: { kind, number, total },
  })
  addMessage(random, rows, clinic, {
    kind: 'invoice', channel: 'email', patient_id: patient.id, appointment_id: null, invoice_id: id, dedupe_key: `original-${id}`, language: patient.language,
    to_address: patient.email, ...words, state: 'sent', error_code: null,
  }, addMinutes(issuedAt, 1))
}

function addMessage(random: Random, rows: Rows, clinic: DemoClinic, message: Record<string, unknown>, at: Instant): void {
  const sent = at.toString()
  rows.add('message', {
    clinic_id: clinic.clinicId, id: random.id(), ...message, not_before: sent, attempt: 1, first_tried_at: sent, sent_at: sent,
    settled_at: addMinutes(at, 1).toString(), created_at: sent,
  })
}
