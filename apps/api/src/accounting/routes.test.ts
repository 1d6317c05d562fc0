import { v7 as uuid } from 'uuid'
import { parse } from 'csv-parse/sync'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { beforeAll, beforeEach, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const accountant = await api.as(hadar.staff.accountant)
const other = await api.as(thames.staff.owner)

const accounts = { cash: '1001', card: '1002', transfer: '1003', bit: '1004', cheque: '1005', customers: '2000', vat: '4000', income: '6000', rounding: '7000' }
const body = { service: 'priority' as const, address: 'https://erp.example.co.il/odata/Priority/tabula.ini/', company: 'demo', user: 'api', key: 'the-secret-of-tests', report: '', accounts, firstOn: '2026-01-01' }
const days = { from: '2026-01-01', to: '2026-12-31' }
const one = async <T>(query: string, ...values: unknown[]): Promise<T> => (await api.database.ownerPool.query<Record<string, unknown>>(query, values)).rows[0] as T // what the query says

beforeAll(async () => {
  expect((await owner('PUT /accounting-connection', { body })).status).toBe(200)
}, 60_000)
// Each test finds the clinic connected, whatever the one before it did.
beforeEach(async () => {
  expect((await owner('PUT /accounting-connection', { body })).body.state).toBe('testing')
})

/** A document with its entry in the given state, as the worker leaves it. */
async function anEntry(state: 'accepted' | 'different' | 'missing' | 'refused', minute: number): Promise<string> {
  const id = uuid()
  const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
  await bookAppointment(ctx, { id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara, startsAt: castNow.add({ minutes: 5 * minute }), durationMinutes: 5, outsideHours: true })
  for (const step of [recordArrival, startTreatment, completeAppointment]) await step(ctx, id)
  const bill = (await desk('POST /appointments/:id/invoice', { params: { id } })).body
  const { receipts: [receipt] } = (await desk('POST /split-payments', { body: { invoiceId: bill.id, means: [{ id: uuid(), method: 'transfer', amountAgorot: bill.totalAgorot }] } })).body
  if (!receipt) throw new Error('a payment on a bill is receipted')
  const connection = await one<{ id: string }>("select id from accounting_connection where clinic_id = $1 and state <> 'off'", hadar.id)
  const held = state === 'accepted' || state === 'different' ? { id: '7', date: '2026-11-22', lines: [{ account: '1003', debit: 100, credit: 0 }, { account: '6000', debit: 0, credit: 100 }] } : null
  await api.database.ownerPool.query(`insert into accounting_entry (clinic_id, connection_id, invoice_id, state, differences, problem, message, reference, payload, payload_hash, total_agorot, held, held_agorot, queued_at, attempt)
    values ($1, $2, $3, $4, $5, $6, '=cmd', $7, '{}', $8, $9, $10, $11, now(), 1)`, [hadar.id, connection.id, receipt.id, state, state === 'different' ? ['amount'] : [], state === 'refused' ? 'rejected' : null, `YM320-${minute}-abcdef`, 'a'.repeat(64), receipt.totalAgorot, held, held && 100])
  return receipt.id
}

it('is connected by the owner or the accountant, to an address of the public network, and tells nobody what opens it', async () => {
  expect((await other('GET /accounting-connection', {})).body).toMatchObject({ state: 'off', service: null, accounts: null })
  expect((await desk('GET /accounting-connection', {})).status).toBe(403)
  expect((await desk('PUT /accounting-connection', { body })).status).toBe(403)
  for (const address of ['http://erp.example.co.il', 'https://127.0.0.1', 'https://localhost', 'https://169.254.169.254/latest']) expect((await owner('PUT /accounting-connection', { body: { ...body, address } })).problem.code).toBe('accounting_address_invalid')
  expect((await owner('PUT /accounting-connection', { body: { ...body, key: '' } })).problem.code).toBe('accounting_secret_missing')
  expect((await owner('PUT /accounting-connection', { body: { ...body, accounts: { ...accounts, vat: '' } } })).problem).toMatchObject({ code: 'accounting_key_missing', params: { account: 'vat' } })
  const connected = await accountant('PUT /accounting-connection', { body })
  expect(connected.body).toMatchObject({ state: 'testing', service: 'priority', address: 'https://erp.example.co.il/odata/Priority/tabula.ini', firstOn: '2026-01-01', accounts })
  expect(connected.raw.body).not.toContain(body.key)
  const row = await one<{ secret_sealed: Buffer }>("select secret_sealed from accounting_connection where clinic_id = $1 and state <> 'off'", hadar.id)
  expect(row.secret_sealed.includes(body.key)).toBe(false)
  const { count } = await one<{ count: number }>('select count(*)::integer as count from event where details::text like $1', `%${body.key}%`)
  expect(count).toBe(0)
})

it('has accounts that are changed by whoever saw the last', async () => {
  const { version } = (await owner('GET /accounting-connection', {})).body
  const change = (given: number, by = owner) => by('PUT /accounting-connection/accounts', { body: { accounts: { ...accounts, income: '6100' }, version: given } })
  expect((await change(version ?? 0, desk)).status).toBe(403)
  expect((await change(version ?? 0)).body).toMatchObject({ accounts: { income: '6100' } })
  expect((await change(version ?? 0)).problem.code).toBe('accounting_changed')
  expect((await other('PUT /accounting-connection/accounts', { body: { accounts, version: 1 } })).problem.code).toBe('accounting_off')
})

it('lays each document beside what the service has of it, and sends again what it surely has not', async () => {
  const [accepted, different, missing, refused] = [await anEntry('accepted', 1), await anEntry('different', 2), await anEntry('missing', 3), await anEntry('refused', 4)]
  const all = (await accountant('GET /accounting-entries', { query: { ...days, limit: 3 } })).body
  const rest = (await accountant('GET /accounting-entries', { query: { ...days, limit: 200, ...(all.next === null ? {} : { cursor: all.next }) } })).body
  const listed = [...all.items, ...rest.items].map(({ invoiceId }) => invoiceId)
  expect([all.items.length, new Set(listed).size]).toEqual([3, listed.length])
  expect(listed).toEqual(expect.arrayContaining([accepted, different, missing, refused]))
  expect((await owner('GET /accounting-entries', { query: { ...days, state: 'different' } })).body.items.filter(({ invoiceId }) => invoiceId === different)).toMatchObject([{ differences: ['amount'], held: { totalAgorot: 100, accounts: ['1003', '6000'] } }])
  const counted = (await owner('GET /accounting-reconciliations', { query: days })).body.counts
  expect(counted.map(({ state }) => state)).toEqual(expect.arrayContaining(['accepted', 'different', 'missing', 'refused']))
  expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(listed.length)
  expect((await owner('GET /accounting-reconciliations', { query: { from: '2026-02-01', to: '2026-01-01' } })).problem.code).toBe('book_period_invalid')

  const again = (id: string, by = owner) => by('POST /accounting-entries/:id/sendings', { params: { id } })
  expect((await again(refused, desk)).status).toBe(403)
  expect((await again(accepted)).problem.code).toBe('accounting_entry_kept')
  expect((await again(different)).problem.code).toBe('accounting_entry_kept')
  expect([(await again(missing)).status, (await again(refused, accountant)).status]).toEqual([204, 204])
  expect(await one('select state, payload from accounting_entry where invoice_id = $1', missing)).toEqual({ state: 'waiting', payload: '{}' })
  expect(await one('select state, payload from accounting_entry where invoice_id = $1', refused)).toEqual({ state: 'waiting', payload: null })
  expect((await again(missing)).problem.code).toBe('accounting_entry_kept')
  expect((await again(uuid())).status).toBe(404)
})

it('leaves as a file that no spreadsheet runs', async () => {
  const id = await anEntry('different', 5)
  const { items } = (await owner('GET /accounting-entries', { query: { ...days, limit: 200 } })).body
  const number = items.find(({ invoiceId }) => invoiceId === id)?.number
  const csv = await accountant('GET /accounting-entries/csv', { query: { ...days, language: 'en' } })
  const rows = parse(csv.raw.rawPayload.toString('utf8'), { bom: true, columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(items.length)
  expect(rows.find(({ Kind, Number: one }) => Kind === '320' && one === String(number))).toMatchObject({ Kind: '320', 'Sum there': '1.00', Differences: 'amount', Reason: "'=cmd" })
  expect((await desk('GET /accounting-entries/csv', { query: { ...days, language: 'en' } })).status).toBe(403)
})

it('is read back when somebody asks, where it is connected', async () => {
  expect((await owner('POST /accounting-readings', { body: days })).problem.code).toBe('accounting_off')
  await api.database.ownerPool.query("update accounting_connection set state = 'connected' where clinic_id = $1", [hadar.id])
  expect((await owner('POST /accounting-readings', { body: { from: '2020-01-01', to: '2026-01-01' } })).problem.code).toBe('book_period_invalid')
  expect((await accountant('POST /accounting-readings', { body: days })).body).toMatchObject({ state: 'connected', reading: true })
  await api.database.ownerPool.query("update accounting_connection set read_problem = 'unreachable' where clinic_id = $1", [hadar.id])
  expect((await owner('GET /accounting-connection', {})).body).toMatchObject({ reading: false, readProblem: 'unreachable' })
  expect((await owner('POST /accounting-readings', { body: days })).body).toMatchObject({ reading: true, readProblem: null })
})

it("knows another clinic's connection and documents not at all", async () => {
  const refused = await anEntry('refused', 6)
  expect((await other('GET /accounting-connection', {})).body.state).toBe('off')
  expect((await other('GET /accounting-entries', { query: days })).body.items).toEqual([])
  expect((await other('POST /accounting-entries/:id/sendings', { params: { id: refused } })).problem.code).toBe('accounting_off')
})

it('is disconnected, and what was sent stays known', async () => {
  const sent = await anEntry('accepted', 7)
  expect((await desk('DELETE /accounting-connection', {})).status).toBe(403)
  expect((await owner('DELETE /accounting-connection', {})).status).toBe(204)
  expect((await owner('GET /accounting-connection', {})).body.state).toBe('off')
  expect(await one('select count(secret_sealed)::integer as secrets from accounting_connection c where c.clinic_id = $1', hadar.id)).toEqual({ secrets: 0 })
  expect(await one('select count(*)::integer as count from accounting_entry where invoice_id = $1', sent)).toEqual({ count: 1 })
})
