import { unzipSync, zipSync } from 'fflate'
import { parse } from 'csv-parse/sync'
import { v7 as uuid } from 'uuid'
import type { BookCheck } from '@yoman/contract/books'
import type { Inputs, RouteKey } from '@yoman/contract/routes'
import { readByTable, total } from '@yoman/documents/books/read-by-table.fixture'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { completeAppointment, recordArrival, startTreatment } from '@yoman/use-cases/appointments/step'
import { beforeAll, describe, expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const accountant = await api.as(hadar.staff.accountant)
const ctx = castContext(api.cast, hadar, 'doctor', api.database.apiPool, castNow)
let minute = 0

type Request = Inputs['POST /book-exports']['body']
const account = (key: string, name: string) => ({ key, name })
const accounts: Request['accounts'] = {
  cash: account('1001', 'קופה'), card: account('1002', 'אשראי'), transfer: account('1003', 'העברות'), bit: account('1004', 'ביט'), cheque: account('1005', 'שיקים'),
  customers: account('2000', 'מטופלים'), income: account('6000', '=הכנסות'), vat: account('4000', 'מע״מ'), rounding: account('7000', 'עיגולים'),
}
const request = (over: Partial<Request> = {}): Request => ({ id: uuid(), format: 'uniform', from: '2026-11-01', to: '2026-11-30', accounts, ...over })

/** A finished visit of 180 shekels, paid in the given way or not at all. */
async function bill(method?: 'cash' | 'card' | 'bit', patientId = hadar.patients.sara): Promise<void> {
  const id = uuid()
  await bookAppointment(ctx, {
    id, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId,
    startsAt: instant('2026-11-22T08:00:00Z').add({ minutes: 5 * (minute += 1) }), durationMinutes: 5, outsideHours: true,
  })
  await recordArrival(ctx, id)
  await startTreatment(ctx, id)
  await completeAppointment(ctx, id)
  if (method) expect((await desk('POST /payments', { body: { id: uuid(), appointmentId: id, method, amountAgorot: 18_000 } })).status).toBe(201)
  expect((await desk('POST /appointments/:id/invoice', { params: { id } })).status).toBe(201)
}

async function download(id: string): Promise<Record<string, Uint8Array>> {
  const { raw, status } = await accountant('GET /book-exports/:id/file', { params: { id } })
  expect(status).toBe(200)
  return unzipSync(raw.rawPayload)
}
const hebrew = (bytes: Uint8Array | undefined): string => new TextDecoder('iso-8859-8').decode(bytes)
const utf8 = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

async function check(bytes: Uint8Array) {
  const boundary = 'a-boundary-of-no-file'
  const payload = Buffer.concat([Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="OPENFRMT.zip"\r\ncontent-type: application/zip\r\n\r\n`), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  const headers = { authorization: `Bearer ${await api.tokenOf(hadar.staff.accountant)}`, 'content-type': `multipart/form-data; boundary=${boundary}` }
  const raw = await api.app.inject({ method: 'POST', url: specPath('POST /book-checks'), headers, payload })
  const answer: BookCheck & { code: string } = raw.json() // one or the other, by the status
  return { status: raw.statusCode, body: answer, problem: answer }
}
const specPath = (key: RouteKey): string => `/api${key.split(' ')[1] ?? ''}`

beforeAll(async () => {
  await api.database.ownerPool.query("update clinic set vat_number = '514777715', legal_name = 'הדר רפואה בע״מ' where id = $1", [hadar.id])
  for (const method of ['card', 'cash', 'bit', undefined] as const) await bill(method)
  await bill('card', hadar.patients.john)
})

describe('the uniform file', () => {
  it('of a month passes its own check and a reading by the table of the specification', async () => {
    const { status, body } = await accountant('POST /book-exports', { body: request() })
    expect(status).toBe(201)
    expect(body).toMatchObject({ format: 'uniform', path: expect.stringMatching(/^C:\\OPENFRMT\\51477771\.26\\112\d{5}$/), records: { A100: 1, C100: 5, D110: 5, D120: 4, B100: 12, Z900: 1 }, otherBusiness: 0 })
    expect(body.kinds.map(({ kind, count, totalAgorot }) => [kind, count, totalAgorot])).toEqual([['300', 1, 18_000], ['305', 0, 0], ['320', 4, 72_000], ['330', 0, 0], ['400', 0, 0], ['410', 0, 0]])
    expect(body.vat).toEqual([{ basisPoints: 1800, netAgorot: 4 * 15_254, vatAgorot: 4 * 2_746, credits: 0, creditNetAgorot: 0, creditVatAgorot: 0 }])
    expect(body.balance.reduce((sum, { debitAgorot, creditAgorot }) => sum + debitAgorot - creditAgorot, 0)).toBe(0)

    const { raw } = await accountant('GET /book-exports/:id/file', { params: { id: body.id } })
    const checked = await check(raw.rawPayload)
    expect(checked.status).toBe(200)
    expect(checked.body.findings.map(({ code, severity }) => [code, severity])).toEqual([['unregistered', 'note']])
    expect(checked.body).toMatchObject({ business: 'הדר רפואה בע"מ', vatNumber: '514777715', from: '20261101', to: '20261130' })

    const folder = (body.path ?? '').slice(3).replaceAll('\\', '/')
    const files = unzipSync(raw.rawPayload)
    expect(Object.keys(files).sort()).toEqual([`${folder}/BKMVDATA.zip`, `${folder}/INI.TXT`])
    const records = readByTable(hebrew(unzipSync(files[`${folder}/BKMVDATA.zip`] ?? new Uint8Array())['BKMVDATA.TXT']))
    const [head] = readByTable(hebrew(files[`${folder}/INI.TXT`]))
    expect(head).toMatchObject({ 1002: String(records.length).padStart(15, '0'), 1012: body.path, 1024: '20261101', 1025: '20261130' })
    expect(total(records.filter((record) => record[1200] === 'C100'), 1223)).toBe(90_000)
    expect(records.find((record) => record[1200] === 'C100')).toMatchObject({ 1207: expect.stringContaining('שרה') })
  })

  it('is one export for one id, and the same bytes whatever is issued afterwards', async () => {
    const body = request()
    const [first, second] = await Promise.all([accountant('POST /book-exports', { body }), accountant('POST /book-exports', { body })])
    expect(second.body).toEqual(first.body)
    const once = await accountant('GET /book-exports/:id/file', { params: { id: body.id } })
    await bill('card')
    api.passSeconds(3_600)
    const again = await (await api.as(hadar.staff.accountant))('GET /book-exports/:id/file', { params: { id: body.id } })
    expect(again.raw.rawPayload.equals(once.raw.rawPayload)).toBe(true)
    expect((await accountant('POST /book-exports', { body })).body).toEqual(first.body)
    expect((await accountant('POST /book-exports', { body: { ...body, to: '2026-11-29' } })).problem.code).toBe('id_taken')
  })

  it('has a folder of its own, also when several are made in one minute', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => accountant('POST /book-exports', { body: request() })))
    expect(new Set(made.map(({ body }) => body.path)).size).toBe(5)
  })

  it('leaves out what stands under another dealer number, and says so', async () => {
    await api.database.ownerPool.query("update clinic set vat_number = '514777723' where id = $1", [hadar.id])
    const { body } = await accountant('POST /book-exports', { body: request() })
    expect(body).toMatchObject({ records: { C100: 0 }, otherBusiness: 6 })
    await api.database.ownerPool.query("update clinic set vat_number = '' where id = $1", [hadar.id])
    expect((await accountant('POST /book-exports', { body: request() })).problem.code).toBe('vat_number_missing')
    await api.database.ownerPool.query("update clinic set vat_number = '514777715' where id = $1", [hadar.id])
  })
})

describe('journals for other programs', () => {
  it('balance, name the accounts as the accountant does, and hold nothing that a spreadsheet runs', async () => {
    const files = await download((await accountant('POST /book-exports', { body: request({ format: 'quickbooks' }) })).body.id)
    const rows = parse(utf8(files['quickbooks-journal.csv']), { bom: true, columns: true }) as Record<string, string>[]
    const sum = (column: string): number => Math.round(rows.reduce((all, row) => all + Number(row[column]), 0) * 100)
    expect(rows.length).toBe(15)
    expect(sum('Debits')).toBe(90_000)
    expect(sum('Credits')).toBe(90_000)
    expect(rows[0]).toMatchObject({ 'Journal No.': '320-1', 'Journal Date': '11/22/2026', 'Account Name': 'אשראי', Debits: '180.00', Credits: '' })
    expect(rows[1]).toMatchObject({ 'Account Name': "'=הכנסות", Credits: '152.54' })
  })

  it('of Xero carry codes and signed amounts', async () => {
    const files = await download((await accountant('POST /book-exports', { body: request({ format: 'xero' }) })).body.id)
    const rows = parse(utf8(files['xero-journal-001.csv']), { bom: true, columns: true }) as Record<string, string>[]
    expect(rows.slice(0, 3).map((row) => [row['*Date'], row['*AccountCode'], row['*Amount']])).toEqual([['22/11/2026', '1002', '180.00'], ['22/11/2026', '6000', '-152.54'], ['22/11/2026', '4000', '-27.46']])
  })

  it('of Hashavshevet have rows as long as their description says', async () => {
    const files = await download((await accountant('POST /book-exports', { body: request({ format: 'movein' }) })).body.id)
    const [length, ...places] = utf8(files['MOVEIN.PRM']).trim().split('\r\n')
    const rows = hebrew(files['MOVEIN.DOC']).split('\r\n').slice(0, -1)
    expect(rows.map((row) => row.length + 2)).toEqual(rows.map(() => Number(length)))
    const field = (row: string, line: number): string => {
      const [from = 0, to = 0] = (places[line - 2] ?? '').split(' ').map(Number)
      return row.slice(from - 1, to).trim()
    }
    expect([3, 5, 10, 12, 14, 16].map((line) => field(rows[0] ?? '', line))).toEqual(['1', '22/11/2026', '1002', '6000', '152.54', '152.54'])
    expect(rows.reduce((sum, row) => sum + Math.round(Number(field(row, 14)) * 100), 0)).toBe(90_000)
  })
})

describe('a request that makes no sense', () => {
  it('is refused: a period that is none, accounts that are one', async () => {
    expect((await accountant('POST /book-exports', { body: request({ from: '2026-11-30', to: '2026-11-01' }) })).problem.code).toBe('book_period_invalid')
    expect((await accountant('POST /book-exports', { body: request({ from: '2026-12-01', to: '2026-12-31' }) })).problem.code).toBe('book_period_invalid')
    expect((await accountant('POST /book-exports', { body: request({ accounts: { ...accounts, vat: account('6000', 'x') } }) })).problem).toMatchObject({ code: 'account_keys_unclear', params: { key: '6000' } })
    expect((await accountant('POST /book-exports', { body: request({ format: 'quickbooks', accounts: { ...accounts, vat: account('4000', '=הכנסות ') } }) })).problem).toMatchObject({ code: 'account_names_unclear', params: { name: '=הכנסות ' } })
  })

  it('finds what is wrong with a file that is none', async () => {
    expect((await check(Buffer.from('PK but no zip'))).problem.code).toBe('file_unreadable')
    expect((await check(Buffer.alloc(0))).problem.code).toBe('file_empty')
    expect((await check(zipSync({ 'BKMVDATA.TXT': new Uint8Array(33 * 1024 * 1024) }))).problem.code).toBe('file_too_large')
    expect((await check(zipSync({ 'deep/inside/bkmvdata.txt': Buffer.from('A100'), 'other.exe': new Uint8Array(9) }))).body.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['ini_missing', 'length_wrong']))
    const { status, body } = await check(Buffer.from('nothing of the kind'))
    expect(status).toBe(200)
    expect(body.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['ini_missing', 'line_end', 'record_unknown']))
  })
})

it('is the accountant\'s and the owner\'s alone, of their own clinic, and remembered', async () => {
  const { body } = await accountant('POST /book-exports', { body: request() })
  for (const person of ['receptionist', 'doctor', 'hygienist', 'assistant'] as const) {
    const other = await api.as(hadar.staff[person])
    expect((await other('GET /book-exports')).status).toBe(403)
    expect((await other('GET /book-exports/:id/file', { params: { id: body.id } })).status).toBe(403)
  }
  const stranger = await api.as(thames.staff.owner)
  expect((await stranger('GET /book-exports/:id/file', { params: { id: body.id } })).status).toBe(404)
  expect((await stranger('GET /book-exports')).body.items).toEqual([])
  const { items, next } = (await accountant('GET /book-exports', { query: { limit: 2 } })).body
  expect(items[0]?.id).toBe(body.id)
  expect((await accountant('GET /book-exports', { query: { limit: 2, cursor: next ?? '' } })).body.items[0]?.id).not.toBe(items[1]?.id)
  await download(body.id)
  const events = await api.database.db.selectFrom('event').select('name').where('subject_id', '=', body.id).orderBy('seq').execute()
  expect(events.map(({ name }) => name)).toEqual(['books.exported', 'books.read'])
  await expect(api.database.ownerPool.query('update book_export set to_on = to_on where id = $1', [body.id])).rejects.toThrow('append_only')
})

it('is the same file after two records of one person became one', async () => {
  const [survivorId, mergedId, last] = [uuid(), uuid(), uuid()]
  for (const id of [survivorId, mergedId, last]) {
    expect((await desk('POST /patients', { body: { id, givenName: 'כפול', familyName: 'ספרים', phones: [] } })).status).toBe(201)
    await bill('card', id)
  }
  const { body } = await accountant('POST /book-exports', { body: request() })
  const file = async () => (await accountant('GET /book-exports/:id/file', { params: { id: body.id } })).raw
  const before = await file()
  for (const [into, from] of [[survivorId, mergedId], [last, survivorId]] as const) {
    const id = uuid()
    expect((await desk('POST /patient-merges', { body: { id, survivorId: into, mergedId: from, choices: {}, reason: 'אותו אדם' } })).status).toBe(201)
    expect((await (await api.as(hadar.staff.doctor))('POST /patient-merges/:id/approval', { params: { id } })).body).toMatchObject({ state: 'merged' })
    const after = await file()
    expect(after.statusCode).toBe(200)
    expect(after.rawPayload.equals(before.rawPayload)).toBe(true)
  }
})
