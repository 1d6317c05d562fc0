import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import { atWallTime, type Instant, plainTime } from '@yoman/domain/time'
import { writeOffDebt } from '@yoman/use-cases/debts/write-off'
import { read } from '@yoman/use-cases/transact'
import { v5 as named } from 'uuid'
import { business } from './business.ts'
import type { DemoClinic } from './clinic.ts'
import type { DemoVisit } from './diary.ts'
import type { Rows } from './insert.ts'
import { employerAsPayer, employerId } from './organisations.ts'
import { ownerContext } from './owner.ts'

const zone = 'Asia/Jerusalem'
/** How old they are, in days, and what is owed; with those given up a number of documents that three divides, as the cheques of the demo are counted by threes. */
const debts = [[134, 185_000], [97, 42_000], [74, 96_000], [66, 25_000], [48, 38_000], [39, 120_000]] as const
/** Older ones that the clinic gave up: how old, what was owed, how many days ago and why. The last was an employer's. */
const givenUp = [
  [431, 64_000, 61, 'הביטוח דחה את התביעה, והוסכם לא לגבות'],
  [388, 27_500, 33, 'עלות הגבייה גבוהה מהחוב'],
  [296, 118_000, 12, 'המעסיק משלם רק על טיפולים שאחרי ההסכם'],
] as const

interface Old {
  name: string
  daysAgo: number
  total: number
  visit: DemoVisit | undefined
  byEmployer: boolean
}

/** Requests for payment of before the demo's diary begins, that nobody paid: debts of every age. @returns the last of their numbers. */
export function addOldDebts(rows: Rows, clinic: DemoClinic, visits: readonly DemoVisit[], now: Instant): number {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const owed = debts.map(([daysAgo, total], index): Old => ({ name: `old debt ${index + 1}`, daysAgo, total, visit: visits[index * 7], byEmployer: false }))
  const lost = givenUp.map(([daysAgo, total], index): Old => ({ name: givenUpName(index), daysAgo, total, visit: visits[(debts.length + index) * 7], byEmployer: index === givenUp.length - 1 }))
  for (const [index, old] of [...lost, ...owed].entries()) if (old.visit) addOne(rows, clinic, { ...old, visit: old.visit }, index + 1, today.subtract({ days: old.daysAgo }))
  return lost.length + owed.length
}

const givenUpName = (index: number): string => `given-up debt ${index + 1}`

/** The owner gives the oldest of them up, each with its reason. */
export async function giveUpDebts(services: { pool: Pool; vault: Vault }, clinic: DemoClinic, now: Instant): Promise<void> {
  const ids = givenUp.map((_, index) => named(givenUpName(index), clinic.clinicId))
  const documents = await read({ ...services, clinicId: clinic.clinicId }, (db) => db.selectFrom('invoice').select(['id', 'patient_id']).where('clinic_id', '=', clinic.clinicId).where('id', 'in', ids).execute())
  for (const [index, [, , daysAgo, reason]] of givenUp.entries()) {
    const document = documents.find(({ id }) => id === ids[index])
    const ctx = ownerContext(services, clinic, now.subtract({ hours: 24 * daysAgo }))
    if (document) await writeOffDebt(ctx, document.patient_id, { id: named(`${givenUpName(index)} given up`, clinic.clinicId), invoiceId: document.id, reason })
  }
}

function addOne(rows: Rows, clinic: DemoClinic, { name, total, byEmployer, visit: { patient, branchId } }: Old & { visit: DemoVisit }, number: number, issuedOn: Parameters<typeof atWallTime>[1]): void {
  const [clinic_id, id] = [clinic.clinicId, named(name, clinic.clinicId)]
  const vat = Math.round((total * 18) / 118)
  rows.add('invoice', {
    clinic_id, id, kind: '300', number, branch_id: branchId, patient_id: patient.id, encounter_id: null, appointment_id: null, language: patient.language,
    issued_at: atWallTime(zone, issuedOn, plainTime('17:00')).toString(), issued_on: issuedOn.toString(), vat_basis_points: 1800, net_agorot: total - vat, vat_agorot: vat, total_agorot: total,
    business, payer: byEmployer ? employerAsPayer(clinic_id, patient) : { name: `${patient.givenName} ${patient.familyName}`, address: `${patient.street}, ${patient.city}` }, organisation_id: byEmployer ? employerId(clinic_id) : null,
    issued_by: clinic.receptionistId, original_made_at: null,
  })
  rows.add('invoice_line', { clinic_id, invoice_id: id, line: 1, price_item_id: null, description: 'יתרה לתשלום', quantity: 1, unit_price_agorot: total, total_agorot: total })
}
