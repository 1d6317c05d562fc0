import { v7 as uuid } from 'uuid'
import { moneyText } from '@yoman/documents/invoices/on-account'
import { composeLinkMessage } from '@yoman/messaging/payment-links/compose'
import { payPlus } from '@yoman/messaging/gateways/payment-links/payplus'
import { startPayPlus } from '@yoman/runtime/payplus/start'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { systemClock } from '@yoman/use-cases/clock'
import { systemContext } from '@yoman/use-cases/context'
import { claimMessage } from '@yoman/use-cases/messages/claim-message'
import { checkKeys } from '@yoman/use-cases/payment-links/connect'
import { lookAfterLink } from '@yoman/use-cases/payment-links/look'
import { afterAll, beforeAll, expect, it } from 'vitest'

const keys = { apiKey: 'key', secretKey: 'secret-of-the-clinic', pageUid: 'page' }
const api = await testApi()
const house = await startPayPlus({ keys, log: () => {} })
afterAll(() => house.stop())
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const doctor = await api.as(hadar.staff.doctor)
const other = await api.as(thames.staff.owner)
let minute = 0

// The worker's part, with the worker's rights.
const ctx = () => systemContext({ pool: api.database.workerPool, vault: api.cast.vault }, hadar.id, castNow)
const looking = { provider: payPlus({ apiUrl: house.apiUrl }), machineClock: systemClock, leaseSeconds: 60, publicUrl: 'http://clinic.example' }
const look = (id: string) => lookAfterLink(ctx(), looking, id, { money: moneyText, compose: composeLinkMessage })

beforeAll(async () => {
  await owner('PUT /payment-provider', { body: keys })
  expect(await checkKeys(ctx(), looking)).toBe('connected')
})

/** A visit that nobody paid. @returns its transaction invoice (300). */
async function aBill(): Promise<{ id: string; number: number; totalAgorot: number }> {
  const id = uuid()
  const staff = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
  await bookAppointment(staff, { id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.ahmad, startsAt: castNow.add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true })
  await recordArrival(staff, id)
  await startTreatment(staff, id)
  await completeAppointment(staff, id)
  return (await desk('POST /appointments/:id/invoice', { params: { id } })).body
}

const ask = (invoiceId: string, by = desk, id = uuid()) => by('POST /invoices/:id/payment-links', { params: { id: invoiceId }, body: { id, ways: ['sms'] } })
const linksOf = async (invoiceId: string) => (await desk('GET /invoices/:id/payment-links', { params: { id: invoiceId } })).body.items
const payments = async (): Promise<number> => Number((await api.database.ownerPool.query<{ count: string }>('select count(*) from payment where link_money_id is not null')).rows[0]?.count)

async function anOpenLink() {
  const bill = await aBill()
  const { id } = (await ask(bill.id)).body
  expect(await look(id)).toBe('open')
  const pageId = [...house.merchant.pages.keys()].at(-1) ?? ''
  return { bill, id, pageId }
}

function post(called: { url: string; body: string; headers: Record<string, string> }, over: { path?: string; headers?: Record<string, string> } = {}) {
  return api.app.inject({ method: 'POST', url: over.path ?? new URL(called.url).pathname, payload: called.body, headers: { ...called.headers, ...over.headers } })
}

it('keeps the keys to itself, and lets the owner alone connect', async () => {
  const { body, raw } = await owner('GET /payment-provider', {})
  expect(body).toMatchObject({ state: 'connected', problem: null })
  expect(raw.body).not.toContain('secret')
  expect((await desk('PUT /payment-provider', { body: keys })).status).toBe(403)
  expect((await desk('DELETE /payment-provider', {})).status).toBe(403)
  const sealed = await api.database.ownerPool.query<{ all: string }>('select payment_provider_connection::text as all from payment_provider_connection')
  expect(sealed.rows[0]?.all).not.toContain(Buffer.from(keys.secretKey).toString('hex'))
})

it('a link whose message reached nobody is said again from the list of messages, and leaves', async () => {
  const { bill } = await anOpenLink()
  const said = await api.database.db.selectFrom('message').select(['id', 'to_address', 'body']).where('invoice_id', '=', bill.id).where('kind', '=', 'payment_link').executeTakeFirstOrThrow()
  await api.database.ownerPool.query("update message set state = 'failed', error_code = '30005', settled_at = created_at where id = $1", [said.id])
  const id = uuid()
  expect((await desk('POST /messages/:id/resends', { params: { id: said.id }, body: { id } })).body).toMatchObject({ id, kind: 'payment_link', state: 'queued', toAddress: said.to_address })
  expect((await linksOf(bill.id))[0]?.messages.map(({ state }) => state)).toEqual(['queued'])
  expect(await claimMessage(ctx(), id, systemClock.now(), 60, () => 1)).toMatchObject({ kind: 'payment_link', to: said.to_address, attempt: 1 })
})

it('asks for what is owed by one link, of what nobody paid and no organisation owes', async () => {
  const bill = await aBill()
  expect((await ask(bill.id, doctor)).status).toBe(403)
  expect((await ask(bill.id, other)).status).toBe(404)
  const first = await ask(bill.id)
  expect([first.status, first.body]).toMatchObject([201, { state: 'requested', amountAgorot: bill.totalAgorot, documentNumber: bill.number, url: null }])
  expect(first.body.sentBy).toEqual(['sms'])
  expect((await ask(bill.id, owner)).body).toMatchObject({ id: first.body.id, sentBy: [] })
  expect((await ask((await aBill()).id, desk, first.body.id)).problem.code).toBe('id_taken')
  expect((await other('GET /invoices/:id/payment-links', { params: { id: bill.id } })).status).toBe(404)
  expect((await other('POST /payment-links/:id/cancellation', { params: { id: first.body.id } })).status).toBe(404)
  expect((await desk('POST /payment-links/:id/cancellation', { params: { id: first.body.id } })).body.state).toBe('cancelled')
  await desk('POST /split-payments', { body: { invoiceId: bill.id, means: [{ id: uuid(), method: 'card', amountAgorot: bill.totalAgorot }] } })
  expect((await ask(bill.id)).problem.code).toBe('nothing_owed')
})

it('believes a callback that the provider signed, in this alone that there is something to ask about: told of fifty times at once, it is one payment', async () => {
  const { bill, id, pageId } = await anOpenLink()
  const before = await payments()
  const told = house.merchant.callback(house.merchant.charge(pageId))
  expect((await Promise.all(Array.from({ length: 50 }, () => post(told)))).map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 50 }, () => 204))
  await Promise.all(Array.from({ length: 50 }, () => look(id)))
  expect((await post(told)).statusCode).toBe(204)
  await look(id)
  expect(await payments()).toBe(before + 1)
  const [link] = await linksOf(bill.id)
  expect(link).toMatchObject({ id, state: 'paid', problem: null })
  const receipt = (await desk('GET /invoices/:id', { params: { id: link?.receiptId ?? '' } })).body
  expect(receipt).toMatchObject({ kind: '320', totalAgorot: bill.totalAgorot, payments: [{ method: 'card', byLink: true, card: { lastFour: '9844', brand: 'mastercard' } }] })
  expect((await desk('POST /payment-links/:id/cancellation', { params: { id } })).problem.code).toBe('payment_link_settled')

  // At the provider, and not in the drawer.
  const cash = (await desk('GET /cash-desk', { query: { branchId: hadar.branches.center } })).body
  const at = cash.byLink.map((one) => one.receipt?.id)
  expect([at.includes(link?.receiptId ?? ''), cash.payments.map((one) => one.receipt?.id).includes(link?.receiptId ?? '')]).toEqual([true, false])
})

it('believes nobody else: forged, of another clinic, of a page that is not ours, with no word, or as a claim that the provider does not bear out', async () => {
  const { id, pageId, bill } = await anOpenLink()
  const told = house.merchant.callback(house.merchant.charge(pageId, { status: '033' }))
  const forged = { ...told, body: told.body.replace('"033"', '"000"') }
  expect((await post(forged)).statusCode).toBe(401)
  expect((await post(told, { headers: { hash: 'AAAA' } })).statusCode).toBe(401)
  expect((await post(told, { headers: { 'user-agent': 'curl' } })).statusCode).toBe(401)
  expect((await post(told, { path: `/hooks/payments/${'x'.repeat(43)}` })).statusCode).toBe(404)
  const unknown = JSON.stringify({ transaction: { uid: 't', payment_request_uid: 'nowhere', status_code: '000', amount: 1, currency: 'ILS', more_info: uuid() } })
  expect((await post({ ...told, body: unknown }, { headers: { hash: house.merchant.sign(unknown) } })).statusCode).toBe(404)
  // Signed well, and untrue: the provider is asked and knows of no such money.
  const claim = JSON.stringify({ transaction: { uid: 'made-up', payment_request_uid: pageId, status_code: '000', amount: bill.totalAgorot / 100, currency: 'ILS', more_info: id } })
  expect((await post({ ...told, body: claim }, { headers: { hash: house.merchant.sign(claim) } })).statusCode).toBe(204)
  await look(id)
  expect((await linksOf(bill.id))[0]).toMatchObject({ state: 'open', receiptId: null })
})

it('shows money that is not what was asked for until somebody decides', async () => {
  const { bill, id, pageId } = await anOpenLink()
  await post(house.merchant.callback(house.merchant.charge(pageId, { amount: bill.totalAgorot / 100 - 1 })))
  await look(id)
  const [money] = (await desk('GET /payment-link-money', {})).body.items
  expect(money).toMatchObject({ invoiceId: bill.id, why: 'other_amount', askedAgorot: bill.totalAgorot, amountAgorot: bill.totalAgorot - 100, currency: 'ILS' })
  expect((await other('GET /payment-link-money', {})).body.items).toEqual([])
  const decide = (body: { decision: 'document'; invoiceId: string } | { decision: 'returned'; reason: string }, by = desk) => by('POST /payment-link-money/:id/decision', { params: { id: money?.id ?? '' }, body })
  expect((await decide({ decision: 'returned', reason: 'x' }, other)).status).toBe(404)
  expect((await decide({ decision: 'returned', reason: 'x' }, doctor)).status).toBe(403)
  expect((await decide({ decision: 'document', invoiceId: bill.id })).body.items).toEqual([])
  expect((await decide({ decision: 'document', invoiceId: bill.id })).problem.code).toBe('link_money_settled')
  expect((await desk('GET /invoices/:id', { params: { id: bill.id } })).body.balanceAgorot).toBe(100)
})

it('takes money for the document of a visit, which it holds before the link', async () => {
  const { bill, id, pageId } = await anOpenLink()
  await post(house.merchant.callback(house.merchant.charge(pageId, { amount: bill.totalAgorot / 100 - 1 })))
  await look(id)
  const money = (await desk('GET /payment-link-money', {})).body.items.find(({ linkId }) => linkId === id)
  const { appointment_id: appointmentId } = (await api.database.ownerPool.query<{ appointment_id: string }>('select appointment_id from invoice where id = $1', [bill.id])).rows[0] ?? { appointment_id: '' }
  const holder = await api.database.ownerPool.connect()
  try {
    await holder.query('begin')
    await holder.query('select from invoice where id = $1 for update', [bill.id])
    const deciding = desk('POST /payment-link-money/:id/decision', { params: { id: money?.id ?? '' }, body: { decision: 'visit', appointmentId } })
    await expect.poll(async () => (await api.database.ownerPool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount, { timeout: 10_000 }).toBe(1)
    await holder.query('select from payment_link where id = $1 for update nowait', [id])
    await holder.query('commit')
    expect((await deciding).status).toBe(200)
  } finally {
    holder.release()
  }
  expect((await desk('GET /invoices/:id', { params: { id: bill.id } })).body.balanceAgorot).toBe(100)
})

it('offers the visits that money can be taken for, and takes it for one as an advance', async () => {
  const { bill, id, pageId } = await anOpenLink()
  for (const late of [false, true]) {
    await post(house.merchant.callback(house.merchant.charge(pageId, { late })))
    await look(id)
  }
  const money = (await desk('GET /payment-link-money', {})).body.items.find(({ linkId }) => linkId === id)
  expect(money).toMatchObject({ why: 'came_twice', amountAgorot: bill.totalAgorot })
  const params = { id: money?.id ?? '' }
  const ahead = async (patientId: string, hours: number): Promise<string> => {
    const visit = uuid()
    await bookAppointment(castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow), { id: visit, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId, startsAt: castNow.add({ hours, minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true })
    return visit
  }
  const [later, next, partly, cancelled] = [await ahead(hadar.patients.ahmad, 96), await ahead(hadar.patients.ahmad, 48), await ahead(hadar.patients.ahmad, 24), await ahead(hadar.patients.ahmad, 72)]
  await ahead(hadar.patients.sara, 48)
  await desk('POST /split-payments', { body: { appointmentId: partly, means: [{ id: uuid(), method: 'card', amountAgorot: 100, reference: '1' }] } })
  await desk('POST /appointments/:id/cancellation', { params: { id: cancelled }, body: { reason: 'other' } })
  const offered = async (by = desk) => (await by('GET /payment-link-money/:id/visits', { params })).body.items.map(({ appointmentId, dueAgorot }) => [appointmentId, dueAgorot])
  expect(await offered()).toEqual([[next, bill.totalAgorot], [later, bill.totalAgorot]])
  expect([(await doctor('GET /payment-link-money/:id/visits', { params })).status, (await other('GET /payment-link-money/:id/visits', { params })).status]).toEqual([403, 404])
  expect((await desk('POST /payment-link-money/:id/decision', { params, body: { decision: 'visit', appointmentId: next } })).status).toBe(200)
  expect((await desk('GET /appointments/:id/bill', { params: { id: next } })).body).toMatchObject({ paidAgorot: bill.totalAgorot, balanceAgorot: 0, payments: [{ byLink: true }] })
  expect((await desk('GET /patients/:id/credits', { params: { id: hadar.patients.ahmad } })).body.items).toEqual(expect.arrayContaining([expect.objectContaining({ kind: '320', appointmentId: next, leftAgorot: bill.totalAgorot })]))
  expect(await offered()).toEqual([])
})

it('is not disconnected while a link can bring money, or the provider is still to be asked about some', async () => {
  const { id } = await anOpenLink()
  expect((await owner('DELETE /payment-provider', {})).problem.code).toBe('payment_links_open')
  expect((await owner('PUT /payment-provider', { body: { ...keys, apiKey: 'other' } })).problem.code).toBe('payment_links_open')
  for (const row of (await api.database.ownerPool.query<{ id: string }>(`select id from payment_link where state in ('requested', 'open')`)).rows) await desk('POST /payment-links/:id/cancellation', { params: { id: row.id } })
  expect(await look(id)).toBe('cancelled')
  for (const row of (await api.database.ownerPool.query<{ id: string }>(`select id from payment_link where state = 'ending'`)).rows) await look(row.id)
  // A callback named what the provider does not know: nothing is left behind that nobody was told of.
  const { items } = (await owner('GET /payment-provider/unsettled', {})).body
  expect(items).toMatchObject([{ transactionId: 'made-up', left: false }])
  expect((await desk('GET /payment-provider/unsettled', {})).status).toBe(403)
  expect((await owner('DELETE /payment-provider', {})).problem).toMatchObject({ code: 'link_money_unsettled', params: { count: 1 } })
  expect((await owner('DELETE /payment-provider', { query: { leaving: 2 } })).problem.code).toBe('link_money_unsettled')
  for (let hours = 2; hours <= 26; hours += 2) for (const row of (await api.database.ownerPool.query<{ id: string }>(`select distinct link_id as id from payment_link_money where state = 'heard'`)).rows) {
    await lookAfterLink(ctx(), { ...looking, machineClock: { now: () => systemClock.now().add({ hours }) } }, row.id, { money: moneyText, compose: composeLinkMessage })
  }
  expect((await owner('DELETE /payment-provider', {})).status).toBe(204)
  expect((await owner('GET /payment-provider', {})).body.state).toBe('off')
  expect((await ask((await aBill()).id)).problem.code).toBe('payment_provider_not_connected')
})
