// Who owes is reminded step by step, once, politely, and never when it was paid meanwhile.
import { v7 as uuid } from 'uuid'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { instant, plainDate } from '@yoman/domain/time'
import { castContext } from '@yoman/testing/cast'
import { pauseReminders } from '@yoman/use-cases/debts/by-hand'
import { writeOffDebt } from '@yoman/use-cases/debts/write-off'
import { promiseToPay } from '@yoman/use-cases/debts/promise'
import { changeDebtRules, debtRules } from '@yoman/use-cases/debts/settings'
import { recordPayment } from '@yoman/use-cases/invoices/record-payment'
import { beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from './desk.fixture.ts'
import { remindOfDebts } from './sweeps.ts'

const desk = await openDesk()
const { db } = desk.database
const { clinic } = desk
const { ahmad } = clinic.patients
const number = '+972521234502'
const monday = '2026-11-23T08:00:00Z' // ten in the morning in Israel
let documents = 0

/** A transaction invoice (300) of 180 shekels of a day. */
async function bill(issuedOn: string): Promise<string> {
  const id = uuid()
  await db.insertInto('invoice').values({
    clinic_id: clinic.id, id, kind: '300', number: 900 + (documents += 1), branch_id: clinic.branches.center, patient_id: ahmad, encounter_id: null, appointment_id: null, based_on_id: null, language: 'he',
    issued_at: instant(`${issuedOn}T10:00:00Z`), issued_on: issuedOn as never, vat_basis_points: 1800, net_agorot: 15_254, vat_agorot: 2_746, total_agorot: 18_000, // a date travels as text
    business: { name: 'x', legalName: 'x', vatNumber: '514238765', address: '', branchName: '', phone: '', email: '' }, payer: { name: 'x', nameLatin: '', address: '' }, issued_by: null, original_made_at: null, reason: '', cheque_id: null,
  }).execute()
  await db.insertInto('invoice_line').values({ clinic_id: clinic.id, invoice_id: id, line: 1, price_item_id: null, description: 'x', quantity: 1, unit_price_agorot: 18_000, total_agorot: 18_000 }).execute()
  return id
}

const pay = (invoiceId: string) => recordPayment(desk.as('receptionist'), { appointmentId: null, invoiceId, means: [{ id: uuid(), method: 'card', amount: 18_000, reference: '1', cheque: null, card: null }] }, moneyText)
const sweep = () => remindOfDebts(desk.services)
const taken = (invoiceId: string) => db.selectFrom('debt_reminder').select(['step', 'way', 'skip_reason']).where('invoice_id', '=', invoiceId).orderBy('step').execute()
const message = () => db.selectFrom('message').selectAll().where('kind', '=', 'debt').orderBy('created_at', 'desc').executeTakeFirstOrThrow()
const remind = async (reminding: boolean) => changeDebtRules(desk.as('owner'), { ...(await debtRules(desk.as('owner'))), reminding })

beforeEach(async () => {
  desk.setNow(monday)
  // What earlier tests left is settled.
  for (const { invoice_id } of await db.selectFrom('open_request').select('invoice_id').where('clinic_id', '=', clinic.id).execute()) await pay(invoice_id)
  await db.updateTable('task').set({ status: 'kept', closed_at: instant(monday) }).where('status', '=', 'open').execute()
  await db.updateTable('debt_pause').set({ ended_at: instant(monday) }).execute()
  await remind(true)
})

describe('reminders of a debt', () => {
  it('are not sent about what was given up, also where that was after they were queued', async () => {
    const id = await bill('2026-11-03')
    await sweep()
    expect(await taken(id)).toHaveLength(1)
    const before = desk.smsTo(number).length
    await writeOffDebt(desk.as('owner'), ahmad, { id: uuid(), invoiceId: id, reason: 'לא ניתן לגבייה' })
    await desk.work()
    expect(await message()).toMatchObject({ state: 'skipped', error_code: 'paused' })
    desk.setNow('2026-12-07T08:00:00Z')
    await sweep()
    expect([await taken(id), desk.smsTo(number).length]).toEqual([[expect.objectContaining({ step: 1 })], before])
    await pay(id)
  })

  it('are off until the owner turns them on', async () => {
    const id = await bill('2026-11-10')
    await remind(false)
    await sweep()
    expect(await taken(id)).toEqual([])
  })

  it('are taken step by step, each once, with days of rest between them, and end with a call for the desk', async () => {
    desk.setNow('2026-12-13T08:00:00Z') // later than what the tests before sent
    const id = await bill('2026-11-03')
    const before = desk.smsTo(number).length
    await Promise.all([sweep(), sweep()]) // two workers at once
    await sweep()
    await desk.work()
    expect(await taken(id)).toEqual([{ step: 1, way: 'sms', skip_reason: null }])
    expect(desk.smsTo(number)).toHaveLength(before + 1)
    expect(desk.smsTo(number).at(-1)).toContain('3.11.2026')
    desk.setNow('2026-12-16T08:00:00Z')
    await sweep()
    expect(await taken(id)).toHaveLength(1) // three days later: too soon, though the second step is due
    desk.setNow('2026-12-21T08:00:00Z')
    await sweep()
    expect((await taken(id)).map(({ way }) => way)).toEqual(['sms', 'sms']) // no consent to documents by e-mail: by SMS instead
    await desk.work()
    desk.setNow('2026-12-29T08:00:00Z')
    await sweep()
    await sweep()
    expect((await taken(id)).map(({ way }) => way)).toEqual(['sms', 'sms', 'call'])
    expect(await db.selectFrom('task').select(['patient_id', 'branch_id']).where('about', '=', 'debt_call').where('status', '=', 'open').execute()).toEqual([{ patient_id: ahmad, branch_id: clinic.branches.center }])
    desk.setNow('2027-03-01T08:00:00Z')
    await sweep()
    expect(await taken(id)).toHaveLength(3)
  })

  it('do not leave for what was paid between the sweep and the sending', async () => {
    desk.setNow('2027-04-11T08:00:00Z')
    const id = await bill('2027-04-01')
    await sweep()
    expect(await message()).toMatchObject({ state: 'queued', invoice_id: id })
    const before = desk.smsTo(number).length
    await pay(id)
    await desk.work()
    expect(await message()).toMatchObject({ state: 'skipped', error_code: 'paid' })
    expect(desk.smsTo(number)).toHaveLength(before)
  })

  it('are not made on the Sabbath or at night, and come after', async () => {
    desk.setNow('2027-05-15T08:00:00Z') // a Saturday
    const id = await bill('2027-05-01')
    await sweep()
    desk.setNow('2027-05-16T01:00:00Z') // four in the morning
    await sweep()
    expect(await taken(id)).toEqual([])
    desk.setNow('2027-05-16T08:00:00Z')
    await sweep()
    expect(await taken(id)).toHaveLength(1)
    await desk.work()
  })

  it('wait for a promise to pay, and for the end of a pause', async () => {
    desk.setNow('2027-06-21T08:00:00Z')
    const id = await bill('2027-06-01')
    await promiseToPay(desk.as('receptionist'), ahmad, { id: uuid(), dueAt: '2027-06-22T13:00:00Z' })
    await sweep()
    expect(await taken(id)).toEqual([])
    desk.setNow('2027-06-23T08:00:00Z')
    await pauseReminders(castContext(desk.cast, clinic, 'receptionist', desk.database.apiPool, instant('2027-06-23T08:00:00Z')), ahmad, { id: uuid(), untilOn: '2027-06-23', reason: 'בבירור' })
    await sweep()
    expect(await taken(id)).toEqual([])
    desk.setNow('2027-06-24T08:00:00Z')
    await sweep()
    expect(await taken(id)).toHaveLength(1)
    await desk.work()
  })

  it("go to a minor's parent who is told of money, never to the child; to nobody where there is none", async () => {
    desk.setNow('2027-07-05T08:00:00Z')
    const mother = clinic.patients.olga
    const { number: hers } = await db.selectFrom('patient_phone').select('number').where('patient_id', '=', mother).orderBy('rank').executeTakeFirstOrThrow()
    const { birth_date: born } = await db.selectFrom('patient').select('birth_date').where('id', '=', ahmad).executeTakeFirstOrThrow()
    const birth = (birth_date: typeof born) => db.updateTable('patient').set({ birth_date }).where('id', '=', ahmad).execute()
    await birth(plainDate('2015-05-01'))
    const alone = await bill('2027-06-20')
    await sweep()
    expect(await taken(alone)).toEqual([{ step: 1, way: null, skip_reason: 'nothing_to_send_to' }])
    await pay(alone)

    desk.setNow('2027-07-19T08:00:00Z')
    const relation = { clinic_id: clinic.id, id: uuid(), patient_id: ahmad, related_id: mother, kind: 'parent' as const, told: ['money' as const], tells: [] }
    await db.insertInto('patient_relation').values(relation).execute()
    const id = await bill('2027-07-10')
    const before = [desk.smsTo(number).length, desk.smsTo(hers).length]
    await sweep()
    await desk.work()
    expect(await message()).toMatchObject({ invoice_id: id, to_address: hers, patient_id: ahmad })
    expect([desk.smsTo(number).length, desk.smsTo(hers).length]).toEqual([before[0], (before[1] ?? 0) + 1])
    await db.deleteFrom('patient_relation').where('id', '=', relation.id).execute()
    await birth(born)
  })

  it('say that nobody can be reached where the patient refused messages', async () => {
    desk.setNow('2027-08-02T08:00:00Z')
    const id = await bill('2027-07-20')
    await db.insertInto('consent').values({ clinic_id: clinic.id, id: uuid(), patient_id: ahmad, channel: 'sms', purpose: 'service', state: 'refused', source: 'desk', evidence: '', recorded_at: instant('2027-08-01T08:00:00Z'), recorded_by: null } as never).execute() // as the record keeps it
    await sweep()
    expect(await taken(id)).toEqual([{ step: 1, way: null, skip_reason: 'no_consent' }])
  })
})
