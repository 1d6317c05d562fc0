// Who owes gets a statement of account once a month, and nobody is asked for what was paid meanwhile.
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { type PlainDate, instant, plainDate } from '@yoman/domain/time'
import type { CastClinic } from '@yoman/testing/cast'
import { pauseReminders } from '@yoman/use-cases/debts/by-hand'
import { recordPayment } from '@yoman/use-cases/invoices/record-payment'
import { changeStatementSetting, statementSetting } from '@yoman/use-cases/statements/settings'
import { beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from '../desk.fixture.ts'
import { writeStatements } from './write.ts'

const desk = await openDesk()
const { db } = desk.database
const { clinic } = desk
const { sara, noam, olga } = clinic.patients
let documents = 0
/** First day of the month of this test: each has its own, since a month is told once. */
let month = plainDate('2026-10-01')

/** A transaction invoice (300) of 180 shekels of a day. */
async function bill(patientId: string, issuedOn: string): Promise<string> {
  const id = uuid()
  await db.insertInto('invoice').values({
    clinic_id: clinic.id, id, kind: '300', number: 900 + (documents += 1), branch_id: clinic.branches.center, patient_id: patientId, encounter_id: null, appointment_id: null, based_on_id: null, language: 'he',
    issued_at: instant(`${issuedOn}T10:00:00Z`), issued_on: plainDate(issuedOn), vat_basis_points: 1800, net_agorot: 15_254, vat_agorot: 2_746, total_agorot: 18_000,
    business: { name: 'x', legalName: 'x', vatNumber: '514238765', address: '', branchName: '', phone: '', email: '' }, payer: { name: 'x', nameLatin: '', address: '' }, issued_by: null, original_made_at: null, reason: '', cheque_id: null,
  }).execute()
  await db.insertInto('invoice_line').values({ clinic_id: clinic.id, invoice_id: id, line: 1, price_item_id: null, description: 'x', quantity: 1, unit_price_agorot: 18_000, total_agorot: 18_000 }).execute()
  return id
}

const owedOn = async (invoiceId: string) => Number((await sql<{ owed: string }>`select 18000 - received_on(${clinic.id}::uuid, ${invoiceId}::uuid) as owed`.execute(db)).rows[0]?.owed)
const pay = (invoiceId: string, amount = 18_000) => recordPayment(desk.as('receptionist'), { appointmentId: null, invoiceId, means: [{ id: uuid(), method: 'card', amount, reference: '1', cheque: null, card: null }] }, moneyText)
const write = () => writeStatements(desk.services)
const tell = async (readers: 'nobody' | 'owing' | 'moved', day = 1) => changeStatementSetting(desk.as('owner'), { ...(await statementSetting(desk.as('owner'))), readers, day })
const kept = (patient: keyof CastClinic['patients']) =>
  db.selectFrom('account_statement').select(['content', 'owed_agorot', 'skip_reason']).where('patient_id', '=', clinic.patients[patient]).where('month', '=', month).execute()
const lastMessage = () => db.selectFrom('message').select(['state', 'error_code', 'language', 'body']).where('kind', '=', 'statement').orderBy('created_at', 'desc').limit(1).executeTakeFirst()
const mails = (address: string) => desk.office.ledger.mails().filter(({ to }) => to.includes(address))
/** A day of the month, as ISO text. */
const on = (day: number) => month.with({ day }).toString()
/** The first Monday, Tuesday or Wednesday of the month after from a day on; nothing leaves on a Sabbath. */
function after(day: number): PlainDate {
  const first = month.add({ months: 1 }).with({ day })
  return [0, 1, 2, 3, 4].map((days) => first.add({ days })).find(({ dayOfWeek }) => dayOfWeek <= 3) ?? first
}
const setMorning = (day: PlainDate) => desk.setNow(`${day.toString()}T08:00:00Z`)

beforeEach(async () => {
  for (const { invoice_id } of await db.selectFrom('open_request').select('invoice_id').where('clinic_id', '=', clinic.id).execute()) await pay(invoice_id, await owedOn(invoice_id))
  month = month.add({ months: 1 })
  setMorning(month.with({ day: 9 }))
  await tell('owing')
})

describe('statements of account', () => {
  it('are off until the owner turns them on', async () => {
    await tell('nobody')
    await bill(sara, on(3))
    setMorning(after(1))
    expect(await write()).toBe(0)
  })

  it('go to who owes, once, as a PDF with what is open and what happened in the month', async () => {
    const before = mails('sara@patients.example').length
    const old = await bill(sara, month.subtract({ days: 10 }).toString())
    await bill(sara, on(3))
    setMorning(month.with({ day: 12 }))
    await pay(old, 5_000)
    desk.setNow(`${after(1).toString()}T01:00:00Z`) // at night nothing leaves
    expect(await write()).toBe(0)
    setMorning(after(1))
    expect((await Promise.all([write(), write()])).reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await write()).toBe(0)
    await desk.work()
    const [statement] = await kept('sara')
    expect(statement?.owed_agorot).toBe(13_000 + 18_000)
    expect(statement?.content.open.map(({ owed }) => owed)).toEqual([13_000, 18_000])
    expect(statement?.content.documents.slice(-2).map(({ kind, total, received }) => [kind, total, received])).toEqual([['300', 18_000, 0], ['320', 5_000, 5_000]])
    const sent = mails('sara@patients.example').slice(before).filter(({ attachments }) => attachments.some(({ name }) => name.startsWith('statement')))
    expect(sent.map(({ attachments }) => attachments.map(({ name, type }) => [name, type]))).toEqual([[[`statement-${on(1).slice(0, 7)}.pdf`, 'application/pdf']]])
    expect(await lastMessage()).toMatchObject({ state: 'sent', language: 'he' })
    expect((await lastMessage())?.body).toContain('₪310.00')
  })

  it('tell whoever pays of the family together, with the names', async () => {
    await bill(noam, on(5))
    await bill(sara, on(6))
    setMorning(after(1))
    expect(await write()).toBe(1)
    const [statement] = await kept('sara')
    expect(statement?.content.open.map(({ patient, owed }) => [patient, owed])).toEqual([['נועם', 18_000], ['שרה', 18_000]])
    expect(await kept('noam')).toEqual([])
  })

  it('are kept for the desk, with the reason, where they cannot be mailed', async () => {
    await bill(olga, on(5))
    setMorning(after(1))
    expect(await write()).toBe(1)
    await desk.work()
    expect(await kept('olga')).toMatchObject([{ owed_agorot: 18_000, skip_reason: 'no_consent', content: { language: 'ru' } }])
    expect(await db.selectFrom('message').select('id').where('kind', '=', 'statement').where('patient_id', '=', olga).execute()).toEqual([])
  })

  it('do not leave where all was paid since they were written', async () => {
    const id = await bill(sara, on(5))
    setMorning(after(1))
    expect(await write()).toBe(1)
    await pay(id)
    await desk.work()
    expect(await lastMessage()).toMatchObject({ state: 'skipped', error_code: 'paid' })
  })

  it('tell all that is owed on the day of writing, also what was billed since the month', async () => {
    await bill(sara, on(5))
    const day = after(1)
    setMorning(day)
    await bill(sara, day.toString())
    expect(await write()).toBe(1)
    expect(await kept('sara')).toMatchObject([{ owed_agorot: 36_000, content: { on: day.toString() } }])
    await desk.work()
    expect(await lastMessage()).toMatchObject({ state: 'sent' })
  })

  it('do not leave where a part was paid since, or the money is no matter of the reader\'s any more', async () => {
    const id = await bill(sara, on(5))
    setMorning(after(1))
    expect(await write()).toBe(1)
    await pay(id, 17_000)
    await desk.work()
    expect(await lastMessage()).toMatchObject({ state: 'skipped', error_code: 'changed' })

    await pay(id, 1_000)
    month = month.add({ months: 1 })
    await bill(noam, on(5))
    setMorning(after(1))
    expect(await write()).toBe(1)
    const told = await db.selectFrom('patient_relation').select(['id', 'told', 'tells']).where('patient_id', '=', noam).execute()
    await db.updateTable('patient_relation').set({ told: [] }).where('patient_id', '=', noam).execute()
    await desk.work()
    expect(await lastMessage()).toMatchObject({ state: 'skipped', error_code: 'changed' })
    for (const one of told) await db.updateTable('patient_relation').set({ told: one.told }).where('id', '=', one.id).execute()
  })

  it('do not leave where somebody is left alone since they were written', async () => {
    await bill(sara, on(5))
    setMorning(after(1))
    expect(await write()).toBe(1)
    await pauseReminders(desk.as('owner'), sara, { id: uuid(), untilOn: after(1).add({ days: 3 }).toString(), reason: 'אבל' })
    await desk.work()
    expect(await lastMessage()).toMatchObject({ state: 'skipped', error_code: 'paused' })
  })

  it('are written in a week from their day on, and for whoever had a document where the clinic wants that', async () => {
    await pay(await bill(sara, on(5)))
    await tell('moved', 10)
    setMorning(month.add({ months: 1 }).with({ day: 9 }))
    expect(await write()).toBe(0)
    setMorning(month.add({ months: 1 }).with({ day: 17 }))
    expect(await write()).toBe(0)
    setMorning(after(10))
    expect(await write()).toBeGreaterThanOrEqual(1)
    expect(await kept('sara')).toMatchObject([{ owed_agorot: 0, content: { open: [], owed: 0 } }])
  })
})
