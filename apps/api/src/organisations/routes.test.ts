import { v7 as uuid } from 'uuid'
import { composeInvoiceMessage } from '@yoman/messaging/invoices/compose'
import { instant, plainDate } from '@yoman/domain/time'
import { findDueDebts } from '@yoman/db/debts/reminders'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { queueInvoiceMail } from '@yoman/use-cases/invoices/queue-mail'
import { read } from '@yoman/use-cases/transact'
import { afterEach, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const dayOfVisit = instant('2026-11-25T07:00:00Z')
let minute = 0

afterEach(() => api.setNow(castNow))

async function aVisit(patientId = hadar.patients.sara): Promise<string> {
  const id = uuid()
  await bookAppointment(castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow), {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId,
    startsAt: instant('2026-11-25T08:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  return id
}

async function over(id: string) {
  api.setNow(dayOfVisit)
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, dayOfVisit)
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  return (await desk('POST /appointments/:id/invoice', { params: { id } })).body
}

const fields = { name: 'אלון תעשיות בע״מ', nameLatin: 'Alon Industries', dealerNumber: '777777715', address: 'הברזל 7, תל אביב', email: 'accounts@alon.example', takesEmail: true, language: 'he' as const }
const add = async (over: Partial<typeof fields> = {}) => (await desk('POST /organisations', { body: { id: uuid(), ...fields, ...over } })).body
const choose = (id: string, organisationId: string | null) => desk('PUT /appointments/:id/payer', { params: { id }, body: { organisationId } })

it('is added once, is changed by its version, and has a number whose check digit fits', async () => {
  const body = { id: uuid(), ...fields, dealerNumber: '77-7777715' }
  expect(await desk('POST /organisations', { body })).toMatchObject({ status: 201, body: { dealerNumber: '777777715', version: 1, active: true } })
  expect((await desk('POST /organisations', { body })).body.version).toBe(1)
  expect((await desk('POST /organisations', { body: { ...body, name: 'אחר' } })).problem.code).toBe('id_taken')
  expect((await desk('POST /organisations', { body: { ...body, id: uuid(), dealerNumber: '777777716' } })).problem.code).toBe('dealer_number_invalid')
  const change = { version: 1, ...fields, active: false }
  expect(await desk('PUT /organisations/:id', { params: { id: body.id }, body: change })).toMatchObject({ status: 200, body: { version: 2, active: false } })
  expect((await desk('PUT /organisations/:id', { params: { id: body.id }, body: change })).problem.code).toBe('stale_version')
  expect((await desk('GET /organisations', {})).body.items).toContainEqual(expect.objectContaining({ id: body.id, active: false }))
  const other = await api.as(thames.staff.owner)
  expect((await other('GET /organisations', {})).body.items).toEqual([])
  expect((await other('PUT /organisations/:id', { params: { id: body.id }, body: { ...change, version: 2 } })).status).toBe(404)
  expect((await (await api.as(hadar.staff.doctor))('GET /organisations', {})).status).toBe(403)
})

it('pays for a visit that was billed to it: its document says who it was that day, and stays as it was', async () => {
  const [alon, id] = [await add(), await aVisit()]
  expect((await choose(id, alon.id)).body.payer).toEqual({ organisationId: alon.id, name: fields.name, fixed: false })
  const document = await over(id)
  expect(document).toMatchObject({ kind: '300', organisation: { id: alon.id, name: fields.name, dealerNumber: '777777715' } })
  expect((await choose(id, null)).problem.code).toBe('already_billed')
  await desk('PUT /organisations/:id', { params: { id: alon.id }, body: { version: 1, ...fields, name: 'אלון אחזקות', active: true } })
  const { receipts: [receipt] } = (await desk('POST /split-payments', { body: { invoiceId: document.id, means: [{ id: uuid(), method: 'transfer', amountAgorot: 18_000 }] } })).body
  expect(receipt).toMatchObject({ kind: '320', organisation: { id: alon.id, name: fields.name, dealerNumber: '777777715' } })
  // Credited whole it may be billed to somebody else.
  await owner('POST /invoices/:id/credits', { params: { id: receipt?.id ?? '' }, body: { id: uuid(), reason: 'טעות במשלם', part: { rest: true } } })
  expect((await choose(id, null)).body.payer).toMatchObject({ organisationId: null, fixed: false })
})

it('pays for all visits of a patient until the desk chooses otherwise for one', async () => {
  const [alon, id] = [await add(), await aVisit(hadar.patients.john)]
  const patient = { id: hadar.patients.john }
  expect((await desk('GET /patients/:id/payer', { params: patient })).body).toEqual({ organisationId: null })
  expect((await desk('PUT /patients/:id/payer', { params: patient, body: { organisationId: uuid() } })).problem.code).toBe('reference_unknown')
  await desk('PUT /patients/:id/payer', { params: patient, body: { organisationId: alon.id } })
  expect((await desk('GET /patients/:id/payer', { params: patient })).body).toEqual({ organisationId: alon.id })
  expect((await desk('GET /appointments/:id/bill', { params: { id } })).body.payer.organisationId).toBe(alon.id)
  expect((await choose(id, null)).body.payer.organisationId).toBeNull()
  await desk('PUT /patients/:id/payer', { params: patient, body: { organisationId: null } })
})

it('has its documents by its own mail, where it agreed, and owes its own debts: nobody reminds the patient', async () => {
  const patientId = hadar.patients.rivka
  const [alon, silent] = [await add(), await add({ name: 'ביטוח דרור', takesEmail: false })]
  const [own, theirs, unmailed] = [await aVisit(patientId), await aVisit(patientId), await aVisit(patientId)]
  await choose(theirs, alon.id)
  await choose(unmailed, silent.id)
  const [ownBill, theirBill, silentBill] = [await over(own), await over(theirs), await over(unmailed)]
  expect([theirBill.mailing, silentBill.mailing]).toEqual(['queued', 'no_consent'])
  const ctx = castContext(api.cast, hadar, 'owner', api.database.apiPool, dayOfVisit)
  expect(await queueInvoiceMail(ctx, theirBill.id, composeInvoiceMessage)).toBe('queued')
  expect(await queueInvoiceMail(ctx, silentBill.id, composeInvoiceMessage)).toBe('nothing')
  const { rows: [message] } = await api.database.ownerPool.query<{ to_address: string; body: string }>('select to_address, body from message where invoice_id = $1', [theirBill.id])
  expect(message?.to_address).toBe('accounts@alon.example')
  expect(message?.body).toContain(fields.name)

  const debts = (await desk('GET /debts', { query: { limit: 200 } })).body.items.filter(({ patient }) => patient.id === patientId)
  expect(debts.map(({ organisation, totalAgorot }) => [organisation?.name ?? null, totalAgorot]).sort()).toEqual([[null, 18_000], [fields.name, 18_000], ['ביטוח דרור', 18_000]].sort())
  const page = (await desk('GET /debts', { query: { limit: 1 } })).body
  expect((await desk('GET /debts', { query: { limit: 200, cursor: page.next ?? '' } })).body.items).toHaveLength(page.totals.debtors - 1)
  expect((await desk('GET /debts/:patientId', { params: { patientId } })).body.items.map(({ organisationId }) => organisationId)).toEqual(expect.arrayContaining([null, alon.id, silent.id]))

  await owner('PUT /debt-settings', { body: { daysToPay: 0, reminding: true, steps: [{ step: 1, afterDays: 0, way: 'sms' }], version: 0 } })
  const due = await read(ctx, (db) => findDueDebts(db, { today: plainDate('2026-12-20'), daysToPay: 0, now: instant('2026-12-20T08:00:00Z'), restSince: instant('2026-12-19T08:00:00Z') }, 500))
  const ids = due.map(({ invoiceId }) => invoiceId)
  expect(ids).toContain(ownBill.id)
  expect(ids).not.toContain(theirBill.id)
  await desk('POST /split-payments', { body: { invoiceId: ownBill.id, means: [{ id: uuid(), method: 'transfer', amountAgorot: 18_000 }] } })
  expect((await owner('POST /debts/:patientId/reminders', { params: { patientId }, body: { id: uuid() } })).problem.code).toBe('nothing_owed')
})

it("keeps the patient's money and an organisation's apart", async () => {
  const [alon, early, billed] = [await add(), await aVisit(hadar.patients.ahmad), await aVisit(hadar.patients.ahmad)]
  const { receipts: [advance] } = (await desk('POST /split-payments', { body: { appointmentId: early, means: [{ id: uuid(), method: 'card', amountAgorot: 5_000 }] } })).body
  expect((await choose(early, alon.id)).problem.code).toBe('already_billed')
  await choose(billed, alon.id)
  const bill = await over(billed)
  expect((await desk('GET /patients/:id/credits', { params: { id: hadar.patients.ahmad } })).body.items).toMatchObject([{ id: advance?.id, organisationId: null }])
  expect((await desk('POST /invoices/:id/deductions', { params: { id: bill.id }, body: { id: uuid(), sourceId: advance?.id ?? '' } })).problem.code).toBe('nothing_to_deduct')
})

const pay = async (appointmentId: string, amountAgorot: number) => (await desk('POST /split-payments', { body: { appointmentId, means: [{ id: uuid(), method: 'card', amountAgorot }] } })).body.receipts
const paysFor = (id: string, organisationId: string | null) => desk('PUT /patients/:id/payer', { params: { id }, body: { organisationId } })

it('is fixed with money that comes in advance: neither another payer of the patient nor an organisation out of use turns it into the money of another', async () => {
  const patientId = hadar.patients.olga
  const [alon, own] = [await add(), await aVisit(patientId)]
  await pay(own, 5_000)
  await paysFor(patientId, alon.id)
  expect((await desk('GET /appointments/:id/bill', { params: { id: own } })).body).toMatchObject({ paidAgorot: 5_000, payer: { organisationId: null, fixed: true } })
  const theirs = await aVisit(patientId)
  expect(await pay(theirs, 5_000)).toMatchObject([{ kind: '320', organisation: { id: alon.id } }])
  await desk('PUT /organisations/:id', { params: { id: alon.id }, body: { version: 1, ...fields, active: false } })
  await paysFor(patientId, null)
  expect(await over(own)).toMatchObject({ kind: '300', organisation: null, balanceAgorot: 13_000 })
  expect(await over(theirs)).toMatchObject({ kind: '300', organisation: { id: alon.id }, balanceAgorot: 13_000 })
})

it('is fixed with money that waits for the document of its day: it is receipted to whoever paid it', async () => {
  const patientId = hadar.patients.noam
  const [alon, own] = [await add(), await aVisit(patientId)]
  api.setNow(dayOfVisit)
  expect(await pay(own, 5_000)).toEqual([])
  expect((await choose(own, alon.id)).problem.code).toBe('already_billed')
  await paysFor(patientId, alon.id)
  expect((await desk('GET /appointments/:id/bill', { params: { id: own } })).body).toMatchObject({ paidAgorot: 5_000, payer: { organisationId: null, fixed: true } })
  expect(await over(own)).toMatchObject({ kind: '300', organisation: null, balanceAgorot: 13_000 })
  await paysFor(patientId, null)
})

it('owes what the patient neither promises nor is asked for, and is one who owes for however many patients', async () => {
  const due = async () => (await desk('GET /debts', { query: { limit: 200 } })).body
  const before = (await due()).totals.debtors
  const alon = await add()
  const [sara, theirs, own] = [await aVisit(), await aVisit(hadar.patients.john), await aVisit(hadar.patients.john)]
  for (const id of [sara, theirs]) await choose(id, alon.id)
  for (const id of [sara, theirs]) await over(id)
  expect((await due()).totals.debtors).toBe(before + 1)
  const promise = () => desk('POST /debts/:patientId/promises', { params: { patientId: hadar.patients.john }, body: { id: uuid(), dueAt: '2026-12-20T08:00:00Z' } })
  expect((await promise()).problem.code).toBe('nothing_owed')
  const bill = await over(own)
  expect((await promise()).status).toBe(201)
  const rows = (await due()).items.filter(({ patient }) => patient.id === hadar.patients.john)
  expect(rows.map(({ organisation, promise: promised }) => [organisation?.id ?? null, promised !== null]).sort()).toEqual([[alon.id, false], [null, true]].sort())
  await desk('POST /split-payments', { body: { invoiceId: bill.id, means: [{ id: uuid(), method: 'transfer', amountAgorot: 18_000 }] } })
  const { rows: tasks } = await api.database.ownerPool.query<{ status: string }>("select status from task where patient_id = $1 and about = 'promised_to_pay'", [hadar.patients.john])
  expect(tasks).toEqual([{ status: 'kept' }])
})
