// A link that is live is asked for again: it is the same link, and goes to where it was not on its way yet.
import { v7 as uuid } from 'uuid'
import { composeLinkMessage } from '@yoman/messaging/payment-links/compose'
import { cancelLink, requestLink, type RequestedLink } from '@yoman/use-cases/payment-links/request'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { openPaymentsDesk, total } from './payments.fixture.ts'

const desk = await openPaymentsDesk()
const { clinic, bill, link } = desk
const { ahmad } = clinic.patients
const [first, second] = ['+972521234502', '+972521234599']
const ask = (invoiceId: string, ways: ('sms' | 'email')[], id = uuid()): Promise<RequestedLink> => requestLink(desk.as('receptionist'), invoiceId, { id, ways }, composeLinkMessage)
const messages = async (invoiceId: string) => (await desk.database.db.selectFrom('message').select(['channel', 'to_address']).where('invoice_id', '=', invoiceId).orderBy('created_at').orderBy('id').execute()).map(({ channel, to_address }) => `${channel} ${to_address}`)
const call = (number: string) => desk.database.ownerPool.query('update patient_phone set number = $2 where patient_id = $1', [ahmad, number])

async function anOpenLink(ways: ('sms' | 'email')[] = ['sms']): Promise<{ invoiceId: string; id: string }> {
  const invoiceId = await bill()
  const { id } = await ask(invoiceId, ways)
  await desk.work()
  expect((await link(id)).state).toBe('open')
  return { invoiceId, id }
}

beforeAll(async () => {
  await desk.database.ownerPool.query(`update patient set email = 'ahmad@example.com' where id = $1`, [ahmad])
  await desk.database.ownerPool.query(`insert into consent (clinic_id, id, patient_id, channel, purpose, state, source, recorded_at) values ($1, $2, $3, 'email', 'e_invoice', 'given', 'desk', '2026-11-01T08:00:00Z')`, [clinic.id, uuid(), ahmad])
})
beforeEach(async () => {
  desk.setNow('2026-11-22T07:00:00Z')
  await call(first)
})

it('goes by the other way, once, however often that is asked for at once', async () => {
  const { invoiceId, id } = await anOpenLink()
  expect(await ask(invoiceId, ['sms'])).toEqual({ id, sentBy: [] })
  const answers = await Promise.all(Array.from({ length: 4 }, () => ask(invoiceId, ['sms', 'email'])))
  expect(answers.map((one) => one.id)).toEqual([id, id, id, id])
  expect(answers.map(({ sentBy }) => sentBy.join()).sort()).toEqual(['', '', '', 'email'])
  await desk.work()
  expect(await ask(invoiceId, ['email'])).toEqual({ id, sentBy: [] })
  expect(await messages(invoiceId)).toEqual([`sms ${first}`, 'email ahmad@example.com'])
  expect(desk.office.ledger.mails().filter(({ to }) => to.includes('ahmad@example.com'))).toHaveLength(1)
  expect(await desk.database.db.selectFrom('payment_link').select(['ways']).where('invoice_id', '=', invoiceId).execute()).toEqual([{ ways: ['sms', 'email'] }])
})

it('goes to a new number too, once', async () => {
  const { invoiceId, id } = await anOpenLink()
  await call(second)
  expect(await ask(invoiceId, ['sms'])).toEqual({ id, sentBy: ['sms'] })
  expect(await ask(invoiceId, ['sms'])).toEqual({ id, sentBy: [] }) // before it has left
  await desk.work()
  expect(await ask(invoiceId, ['sms'])).toEqual({ id, sentBy: [] })
  expect(await messages(invoiceId)).toEqual([`sms ${first}`, `sms ${second}`])
  expect(desk.smsTo(second).filter((body) => body.includes('180.00'))).toHaveLength(1)
})

it('goes again where its message failed', async () => {
  const { invoiceId, id } = await anOpenLink()
  await desk.database.ownerPool.query(`update message set state = 'failed' where invoice_id = $1`, [invoiceId])
  expect(await ask(invoiceId, ['sms'])).toEqual({ id, sentBy: ['sms'] })
  expect(await ask(invoiceId, ['sms'])).toEqual({ id, sentBy: [] })
  expect(await messages(invoiceId)).toEqual([`sms ${first}`, `sms ${first}`])
})

it('goes by both ways when its page is opened, where that was asked for meanwhile', async () => {
  const [invoiceId, id] = [await bill(), uuid()]
  expect(await ask(invoiceId, ['sms'], id)).toEqual({ id, sentBy: ['sms'] })
  expect(await ask(invoiceId, ['sms'], id)).toEqual({ id, sentBy: ['sms'] }) // the same request
  expect(await ask(invoiceId, ['email'])).toEqual({ id, sentBy: ['email'] })
  expect(await ask(invoiceId, ['email'])).toEqual({ id, sentBy: [] })
  expect(await messages(invoiceId)).toEqual([])
  await desk.work()
  expect((await messages(invoiceId)).sort()).toEqual(['email ahmad@example.com', `sms ${first}`])
})

it('goes nowhere where it asks for more than is owed, has run out, or the way leads to nobody; one that is cancelled is followed by another', async () => {
  const part = await anOpenLink()
  await desk.payAtDesk(part.invoiceId, total / 2)
  await expect(ask(part.invoiceId, ['email'])).rejects.toMatchObject({ code: 'payment_link_settled' })
  const late = await anOpenLink()
  desk.setNow('2026-12-06T07:10:00Z')
  await expect(ask(late.invoiceId, ['email'])).rejects.toMatchObject({ code: 'payment_link_settled' })
  desk.setNow('2026-11-22T07:00:00Z')
  await call('+97231234567')
  await expect(ask(late.invoiceId, ['sms'])).rejects.toMatchObject({ code: 'nothing_to_send_to' })
  await cancelLink(desk.as('receptionist'), late.id, desk.services.machineClock.now())
  const another = await ask(late.invoiceId, ['email'])
  expect([another.sentBy, another.id === late.id]).toEqual([['email'], false])
})
