import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { receivedOn, takeNumber } from '@yoman/db/invoices/issue'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { readIdentity } from '@yoman/documents/signature/identity'
import { signerOf } from '@yoman/documents/signature/signature.fixture'
import { instant, plainDate } from '@yoman/domain/time'
import { testCertificate } from '@yoman/testing/test-certificate'
import { removeSigningCertificate, setSigningCertificate } from '@yoman/use-cases/invoices/signing'
import { addOrganisation } from '@yoman/use-cases/organisations/organisations'
import { chooseVisitPayer } from '@yoman/use-cases/organisations/choose-payer'
import { recordPayment } from '@yoman/use-cases/invoices/record-payment'
import { read, transact } from '@yoman/use-cases/transact'
import { afterEach, describe, expect, it } from 'vitest'
import { openDesk } from '../desk.fixture.ts'
import { receiptWaiting, taxCheques } from '../sweeps.ts'
import { issueInvoice } from './on-visit-over.ts'

const desk = await openDesk()
let minute = 0

afterEach(async () => {
  await desk.office.faults.clear()
  desk.setNow('2026-11-22T07:00:00Z')
})

/** A check-up of 180 shekels that is over. */
async function aVisitThatIsOver(patient: 'sara' | 'ahmad' | 'olga'): Promise<string> {
  const id = uuid()
  const { clinic } = desk
  await bookAppointment(desk.as('receptionist'), {
    id, branchId: clinic.branches.center, practitionerId: clinic.practitioners.doctor, visitTypeId: clinic.visitTypes.checkUp, patientId: clinic.patients[patient],
    startsAt: instant('2026-11-22T07:30:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5,
  })
  await recordArrival(desk.as('receptionist'), id)
  await startTreatment(desk.as('receptionist'), id)
  await completeAppointment(desk.as('receptionist'), id)
  return id
}
const invoicesOf = (appointmentId: string) => desk.database.db.selectFrom('invoice').selectAll().where('appointment_id', '=', appointmentId).orderBy('issued_at').execute()
const mailsTo = (address: string) => desk.office.ledger.mails().filter((mail) => mail.to.includes(address))

describe('a visit that is over', () => {
  it('gets its document, and who agreed to it gets that by e-mail, as a PDF, once', async () => {
    const id = await aVisitThatIsOver('sara')
    await desk.work()
    await desk.work()
    const invoices = await invoicesOf(id)
    expect(invoices).toMatchObject([{ kind: '300', number: 1, total_agorot: 18_000, language: 'he' }])
    const mails = mailsTo('sara@patients.example')
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({ from: 'reminders@yoman.example', attachments: [{ name: 'invoice-300-1.pdf', type: 'application/pdf' }] })
    expect(mails[0]?.attachments[0]?.bytes).toBeGreaterThan(5_000)
    const raw = desk.office.ledger.rawMail(mails[0]?.id ?? '').toString()
    expect(raw).toContain('application/pdf')
    expect(invoices[0]?.original_made_at).not.toBeNull()
    expect(await desk.database.db.selectFrom('message').select(['state', 'dedupe_key']).where('invoice_id', '=', invoices[0]?.id ?? '').execute()).toEqual([{ state: 'sent', dedupe_key: `original-${invoices[0]?.id}` }])
  })

  it('goes to the organisation that pays, and not to the patient, whatever either agreed to', async () => {
    const { clinic } = desk
    for (const [takesEmail, dealerNumber] of [[true, '777777715'], [false, '']] as const) {
      const [id, organisationId, staff] = [uuid(), uuid(), desk.as('receptionist')]
      const before = desk.office.ledger.mails().length
      await addOrganisation(staff, { id: organisationId, name: 'אלון תעשיות', nameLatin: '', dealerNumber, address: '', email: 'accounts@alon.example', takesEmail, language: 'he' })
      await bookAppointment(staff, {
        id, branchId: clinic.branches.center, practitionerId: clinic.practitioners.doctor, visitTypeId: clinic.visitTypes.checkUp, patientId: clinic.patients[takesEmail ? 'olga' : 'sara'],
        startsAt: instant('2026-11-22T07:30:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5,
      })
      await chooseVisitPayer(staff, id, organisationId)
      await recordArrival(staff, id)
      await startTreatment(staff, id)
      await completeAppointment(staff, id)
      await desk.work()
      const [invoice] = await invoicesOf(id)
      expect(invoice).toMatchObject({ kind: '300', organisation_id: organisationId })
      expect(desk.office.ledger.mails().slice(before).map(({ to }) => to)).toEqual(takesEmail ? [['accounts@alon.example']] : [])
      expect(await desk.database.db.selectFrom('message').select(['state', 'to_address']).where('invoice_id', '=', invoice?.id ?? '').execute()).toEqual(takesEmail ? [{ state: 'sent', to_address: 'accounts@alon.example' }] : [])
    }
  })

  it('is mailed signed, where the clinic has a certificate', async () => {
    const at = desk.services.clock.now().epochMilliseconds
    const certificate = testCertificate('מרפאת הדר', 'סוד', { fromMs: at - 86_400_000, toMs: at + 86_400_000 })
    await setSigningCertificate(desk.as('owner'), { ...readIdentity(certificate, 'סוד'), version: 0 })
    try {
      await aVisitThatIsOver('sara')
      await desk.work()
      const raw = desk.office.ledger.rawMail(mailsTo('sara@patients.example').at(-1)?.id ?? '').toString()
      const base64 = /application\/pdf[\s\S]*?\r?\n\r?\n([A-Za-z0-9+/=\s]+?)\r?\n--/.exec(raw)?.[1] ?? ''
      expect(signerOf(Buffer.from(base64, 'base64'))).toBe('מרפאת הדר')
    } finally {
      await removeSigningCertificate(desk.as('owner'))
    }
  })

  it('mails nothing to who did not agree, and the document is there all the same', async () => {
    const id = await aVisitThatIsOver('olga')
    await desk.work()
    const [invoice] = await invoicesOf(id)
    expect(invoice).toMatchObject({ kind: '300', language: 'ru', original_made_at: null })
    expect(mailsTo('olga@patients.example')).toEqual([])
  })

  it('waits for the doctor\'s signature where a note is open', async () => {
    const { db } = desk.database
    const id = await aVisitThatIsOver('ahmad')
    const encounterId = uuid()
    await db.insertInto('encounter').values({
      clinic_id: desk.clinic.id, id: encounterId, patient_id: desk.clinic.patients.ahmad, appointment_id: id, practitioner_id: desk.clinic.practitioners.doctor, branch_id: desk.clinic.branches.center,
      started_at: instant('2026-11-22T07:30:00Z'), signed_at: null, signed_by: null,
    }).execute()
    await db.insertInto('procedure_done').values({
      clinic_id: desk.clinic.id, id: uuid(), encounter_id: encounterId, price_item_id: desk.clinic.prices.filling, description: 'סתימה', tooth: '26', quantity: 2, unit_price_agorot: 45_000, recorded_by: null, recorded_at: instant('2026-11-22T07:30:00Z'),
    }).execute()
    await desk.work()
    expect(await invoicesOf(id)).toEqual([])
    await db.updateTable('encounter').set({ status: 'signed', signed_at: instant('2026-11-22T08:00:00Z'), signed_by: desk.clinic.staff.doctor.id }).where('id', '=', encounterId).execute()
    for (let twice = 0; twice < 2; twice += 1) await issueInvoice(desk.services, { name: 'encounter.signed', clinicId: desk.clinic.id, subjectId: encounterId, eventId: null })
    expect(await invoicesOf(id)).toMatchObject([{ kind: '300', total_agorot: 90_000, encounter_id: encounterId }])
  })
})

describe('money of a visit that nobody signs', () => {
  async function bookedForToday(): Promise<string> {
    const id = uuid()
    const { clinic } = desk
    await bookAppointment(desk.as('receptionist'), {
      id, branchId: clinic.branches.center, practitionerId: clinic.practitioners.doctor, visitTypeId: clinic.visitTypes.checkUp, patientId: clinic.patients.olga,
      startsAt: instant('2026-11-22T12:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5,
    })
    return id
  }

  async function take(appointmentId: string, method: 'card' | 'cash', amount: number): Promise<void> {
    const means = { id: uuid(), method, amount, reference: '', cheque: null, card: null }
    expect(await recordPayment(desk.as('receptionist'), { appointmentId, invoiceId: null, means: [means] }, moneyText)).toEqual({ receiptIds: [] })
  }

  it('waits for the document of the visit that day, and has its own when the day is over, once', async () => {
    const id = await bookedForToday()
    await take(id, 'card', 18_000)
    desk.setNow('2026-11-22T21:59:00Z') // a minute before midnight in Jerusalem
    expect(await receiptWaiting(desk.services)).toBe(0)
    desk.setNow('2026-11-22T22:00:00Z')
    expect((await Promise.all([receiptWaiting(desk.services), receiptWaiting(desk.services)])).reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await receiptWaiting(desk.services)).toBe(0)
    expect(await invoicesOf(id)).toMatchObject([{ kind: '320', advance: true, total_agorot: 18_000, vat_agorot: 2_746, based_on_id: null }])
  })

  it("stays its payer's, whoever pays for the patient's visits from then on", async () => {
    const id = await bookedForToday()
    await take(id, 'card', 5_000)
    await desk.database.db.deleteFrom('visit_payer').where('appointment_id', '=', id).execute() // as money was taken before this was kept
    desk.setNow('2026-11-22T22:00:00Z')
    expect(await receiptWaiting(desk.services)).toBe(1)
    expect(await desk.database.db.selectFrom('visit_payer').select(['organisation_id', 'chosen_by']).where('appointment_id', '=', id).execute()).toEqual([{ organisation_id: null, chosen_by: null }])
    desk.setNow('2026-11-22T07:00:00Z')
  })

  it('in cash settles a price that is no ten agorot, as it does on the day itself: nothing is owed for ever', async () => {
    const price = (agorot: number) => desk.database.db.updateTable('price_item').set({ price_agorot: agorot }).where('id', '=', desk.clinic.prices.exam).execute()
    await price(18_004)
    const id = await aVisitThatIsOver('olga') // and its document is late
    await take(id, 'card', 8_000)
    desk.setNow('2026-11-23T07:00:00Z')
    await take(id, 'cash', 10_000)
    desk.setNow('2026-11-24T07:00:00Z')
    expect(await receiptWaiting(desk.services)).toBe(1)
    expect((await invoicesOf(id)).map(({ kind, advance, total_agorot: total }) => [kind, advance, total]).sort()).toEqual([['320', true, 10_004], ['320', true, 8_000]])
    await issueInvoice(desk.services, { name: 'appointment.completed', clinicId: desk.clinic.id, subjectId: id, eventId: null })
    const request = (await invoicesOf(id)).find(({ kind }) => kind === '300')
    expect(await read(desk.as('receptionist'), (db) => receivedOn(db, request?.id ?? ''))).toBe(18_004)
    await price(18_000)
    desk.setNow('2026-11-22T07:00:00Z')
  })

  it('does not wait for money of others that cannot be receipted, however many they are', async () => {
    const [first, second, third] = [await bookedForToday(), await bookedForToday(), await bookedForToday()]
    for (const id of [first, second, third]) await take(id, 'card', 18_000)
    desk.setNow('2026-11-22T22:00:00Z')
    const blocked = [first, second, third].sort().slice(0, 2)
    await sql`alter table invoice add constraint not_these_visits check (appointment_id is null or appointment_id not in (${sql.join(blocked.map((id) => sql`${sql.lit(id)}::uuid`))}))`.execute(desk.database.db)
    expect(await receiptWaiting(desk.services, 1)).toBe(1)
    await sql`alter table invoice drop constraint not_these_visits`.execute(desk.database.db)
    expect(await receiptWaiting(desk.services, 1)).toBe(2)
    desk.setNow('2026-11-22T07:00:00Z')
  })
})

async function payByCheque(invoiceId: string, dueOn: string, number = '101'): Promise<{ paymentId: string; receiptIds: string[] }> {
  const paymentId = uuid()
  const cheque = { number, bank: '12', branch: '605', account: '778899', dueOn: plainDate(dueOn) }
  return { paymentId, ...(await recordPayment(desk.as('receptionist'), { appointmentId: null, invoiceId, means: [{ id: paymentId, method: 'cheque', amount: 18_000, reference: '', cheque, card: null }] }, moneyText)) }
}

describe('a cheque for a later day', () => {
  it('gets its tax invoice on that day, once: by two workers at once, and after one that died', async () => {
    const id = await aVisitThatIsOver('olga')
    await desk.work()
    const [request] = await invoicesOf(id)
    const { paymentId, receiptIds } = await payByCheque(request?.id ?? '', '2026-12-22')
    expect(receiptIds).toHaveLength(1)
    const kinds = async () => (await invoicesOf(id)).map(({ kind }) => kind)

    desk.setNow('2026-12-21T21:59:00Z') // a minute before midnight in Jerusalem
    expect(await taxCheques(desk.services)).toBe(0)
    desk.setNow('2026-12-21T22:00:00Z')
    const dying = transact(desk.as('receptionist'), async (tx) => {
      await takeNumber(tx, desk.clinic.id, '305')
      throw new Error('the power went')
    })
    await expect(dying).rejects.toThrow('the power went')
    const written = await Promise.all([taxCheques(desk.services), taxCheques(desk.services), taxCheques(desk.services)])
    expect(written.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await taxCheques(desk.services)).toBe(0)
    expect(await kinds()).toEqual(['300', '400', '305'])
    expect((await invoicesOf(id))[2]).toMatchObject({ number: 1, total_agorot: 18_000, vat_agorot: 2_746, based_on_id: receiptIds[0], cheque_id: paymentId, issued_by: null })
    await expect(desk.database.db.insertInto('invoice').values({ ...(await invoicesOf(id))[2], id: uuid(), number: 99 } as never).execute()).rejects.toThrow('invoice_once_per_cheque')
  })

  it('gets it though another of the clinic cannot have its own, which gets it when it can', async () => {
    const visits = [await aVisitThatIsOver('olga'), await aVisitThatIsOver('olga')]
    await desk.work()
    const cheques: { paymentId: string; receiptIds: string[] }[] = []
    for (const [index, id] of visits.entries()) cheques.push(await payByCheque((await invoicesOf(id))[0]?.id ?? '', `2026-12-2${3 + index}`, `20${index}`))
    const [first, second] = cheques.map(({ paymentId }) => paymentId)
    const taxed = async () => (await Promise.all(visits.map((id) => invoicesOf(id)))).flat().flatMap(({ kind, cheque_id }) => (kind === '305' ? [cheque_id] : []))
    // The first in the queue cannot be written.
    await sql`alter table invoice add constraint not_this_cheque check (cheque_id is distinct from ${sql.lit(first ?? '')}::uuid)`.execute(desk.database.db)
    desk.setNow('2026-12-28T08:00:00Z')
    expect(await taxCheques(desk.services, 1)).toBe(1) // read one at a time: a full page of those that fail holds nobody up
    expect(await taxed()).toEqual([second])
    await sql`alter table invoice drop constraint not_this_cheque`.execute(desk.database.db)
    expect(await taxCheques(desk.services)).toBe(1)
    expect((await taxed()).sort()).toEqual([first, second].sort())
  })

  it('sends its tax invoice as a copy: the original of an ordinary cheque is paper', async () => {
    const id = await aVisitThatIsOver('sara')
    await desk.work()
    await payByCheque((await invoicesOf(id))[0]?.id ?? '', '2026-11-24')
    desk.setNow('2026-11-24T08:00:00Z')
    expect(await taxCheques(desk.services)).toBe(1)
    await desk.work()
    const invoice = (await invoicesOf(id)).find(({ kind }) => kind === '305')
    expect(invoice).toMatchObject({ kind: '305', original_made_at: null })
    const mails = await desk.database.db.selectFrom('message').select('dedupe_key').where('invoice_id', '=', invoice?.id ?? '').execute()
    expect(mails.map(({ dedupe_key }) => dedupe_key.split('-')[0])).toEqual(['copy'])
  })
})

describe('the mail of a document', () => {
  it('is put off while the server puts it off, and arrives once', async () => {
    await desk.office.faults.set({ mail: { refuseForNow: 1 } })
    const before = mailsTo('sara@patients.example').length
    const id = await aVisitThatIsOver('sara')
    await desk.work()
    const [invoice] = await invoicesOf(id)
    const state = () => desk.database.db.selectFrom('message').select(['state', 'attempt']).where('invoice_id', '=', invoice?.id ?? '').executeTakeFirstOrThrow()
    expect(await state()).toMatchObject({ state: 'queued', attempt: 1 })
    desk.setNow('2026-11-22T07:06:00Z')
    await desk.work()
    expect(await state()).toMatchObject({ state: 'sent', attempt: 2 })
    expect(mailsTo('sara@patients.example')).toHaveLength(before + 1)
  })

  it('cut after it was taken, is sent again under the same Message-ID, with the same file', async () => {
    await desk.office.faults.set({ mail: { cutAfterAccept: 1 } })
    const before = mailsTo('sara@patients.example').length
    await aVisitThatIsOver('sara')
    await desk.work()
    for (let look = 0; look < 3; look += 1) {
      desk.passSeconds(121)
      await desk.work()
    }
    const mails = mailsTo('sara@patients.example').slice(before)
    expect(mails).toHaveLength(2)
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1)
    const files = mails.map(({ id }) => desk.office.ledger.rawMail(id).toString().split('application/pdf')[1]?.replace(/\s|--+[\w-]+/g, ''))
    expect(files[0]).toBe(files[1])
  })
})
