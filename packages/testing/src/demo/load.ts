import type { Pool } from '@yoman/db/connect'
import type { Vault } from '@yoman/db/keys/vault'
import type { FileStore } from '@yoman/domain/attachments/file-store'
import type { Instant } from '@yoman/domain/time'
import { read, transact } from '@yoman/use-cases/transact'
import { fileSamples } from './attachments.ts'
import { placeMeetings } from './blocks.ts'
import { closeDesks } from './cash-desk.ts'
import { makeClinic } from './clinic.ts'
import { makeContacts } from './contacts.ts'
import { giveUpDebts } from './debts.ts'
import { makeDiary } from './diary.ts'
import { addDiscountRules, discountVisit } from './discounts.ts'
import { makeDuplicates } from './duplicates.ts'
import { makeFamilies } from './families.ts'
import { makeFields } from './fields.ts'
import { makeForms } from './forms.ts'
import { makeConversations } from './conversations.ts'
import { makeFlow } from './flow.ts'
import { makeRows } from './insert.ts'
import { makeMessages } from './messages.ts'
import { makeMoney } from './money.ts'
import { makeNeeds } from './needs.ts'
import { makeNoteTexts } from './note-texts.ts'
import { addOrganisations } from './organisations.ts'
import { makePapers } from './papers.ts'
import { makeParking } from './parking.ts'
import { makePatients } from './patients.ts'
import { connectPayments } from './payment-links.ts'
import { signSamplePlans } from './plans.ts'
import { makeRandom } from './random.ts'
import { makeRecord } from './record.ts'
import { makeReminders } from './reminders.ts'
import { addFundPrices } from './price-lists.ts'
import { placeSeries } from './series.ts'
import { makeShares } from './shares.ts'
import { signDocuments } from './signing.ts'
import { sendStatements } from './statements.ts'
import { makeTags } from './tags.ts'
import { makeTeeth } from './teeth.ts'
import { makeWaitlist } from './waitlist.ts'

export interface DemoOptions {
  pool: Pool // the owner's
  vault: Vault
  now: Instant
  /** Where sample pictures go; without one the demo has none. */
  files?: FileStore
  patients?: number
}

/** Loads the demo clinic, the same on every machine for the same day. Does nothing where a clinic already exists. */
export async function loadDemo({ pool, vault, now, files, patients: count = 3_000 }: DemoOptions): Promise<'loaded' | 'there already'> {
  const random = makeRandom(20_261_122)
  const clinicId = random.id()
  if (await exists(pool, clinicId)) return 'there already'
  await transact({ pool, clinicId }, async (tx) => {
    const half = await tx.selectFrom('clinic').select('id').where('id', '=', clinicId).execute()
    if (half.length > 0) return // a start that was interrupted between the two transactions
    await tx.insertInto('clinic').values({ id: clinicId, name: 'מרפאות שקד', name_en: 'Shaked Clinics', legal_name: 'מרפאות שקד בע״מ', vat_number: '514238765', language: 'he', email: 'office@shaked.example', phone: '+97235550100' }).execute()
    await vault.createDataKey(tx, clinicId)
  })
  const sealing = { vault, clinicId, sealer: await read({ pool, clinicId }, (db) => vault.sealerOf(db, clinicId)) }
  const rows = makeRows()
  const clinic = await makeClinic(random, rows, clinicId)
  makeNoteTexts(rows, clinic)
  addDiscountRules(rows, clinic)
  const patients = makePatients(random, rows, sealing, count, now)
  const visits = makeDiary(random, rows, clinic, patients, now)
  const done = makeRecord(random, rows, sealing, clinic, visits, now)
  const invoices = makeMoney(random, rows, clinic, visits, done, now)
  makeMessages(random, rows, clinic, visits, invoices)
  makeReminders(random, rows, clinic, visits, now)
  makeNeeds(random, rows, clinic)
  makeFlow(random, rows, clinic, visits, now)
  makeWaitlist(rows, clinic, patients, visits, now)
  makeTeeth(rows, clinic, visits)
  makeParking(rows, clinic, visits, now)
  makeTags(rows, clinic, patients, now)
  makePapers(rows, clinic, visits, now)
  makeContacts(rows, sealing, clinic, visits, now)
  makeConversations(rows, clinic, visits, now)
  makeFamilies(rows, clinic, patients, now.toZonedDateTimeISO('Asia/Jerusalem').toPlainDate())
  makeShares(rows, clinic, now)
  await addOrganisations({ pool, vault }, clinicId, now)
  await rows.insert(pool, clinicId)
  await closeDesks({ pool, vault }, clinic, now)
  await giveUpDebts({ pool, vault }, clinic, now)
  await signDocuments({ pool, vault }, clinic, now)
  await sendStatements({ pool, vault }, clinic, now)
  await connectPayments({ pool, vault }, clinic, now)
  await addFundPrices({ pool, vault }, clinic, now)
  await discountVisit({ pool, vault }, clinic, visits, now)
  await placeMeetings(random, { pool, vault }, clinic, now)
  await placeSeries(random, { pool, vault }, clinic, visits, now)
  await makeForms({ pool, vault }, clinic, visits, now, await makeFields({ pool, vault }, clinic, visits, now))
  if (files) await fileSamples(random, { pool, vault, files }, clinic, visits, now)
  await makeDuplicates({ pool, vault }, clinic, now)
  if (files) await signSamplePlans({ pool, vault, files }, clinic, visits, now)
  await pool.query('analyze')
  return 'loaded'
}

/** Whether the demo clinic is whole: its row is written first, its diary in the last transaction. */
async function exists(pool: Pool, clinicId: string): Promise<boolean> {
  const found = await read({ pool, clinicId }, (db) => db.selectFrom('branch').select('id').where('clinic_id', '=', clinicId).limit(1).execute())
  return found.length > 0
}
