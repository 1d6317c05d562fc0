import { v7 as uuid } from 'uuid'
import { zipSync } from 'fflate'
import type { CastPerson } from '@yoman/testing/cast'
import { testApi, urlOf } from '@yoman/testing/api'
import { describe, expect, test } from 'vitest'
import { workbook } from './workbook.fixture.ts'

const api = await testApi()
const { hadar, thames } = api.cast
const owner = await api.as(hadar.staff.owner)
const desk = await api.as(hadar.staff.receptionist)
const stranger = await api.as(thames.staff.owner)

async function upload(file: string | Buffer, { id = uuid(), kind = 'patients', name = 'patients.csv', person = hadar.staff.owner }: { id?: string; kind?: 'patients' | 'appointments'; name?: string; person?: CastPerson } = {}) {
  const boundary = 'a-boundary-of-the-test'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const raw = await api.app.inject({
    method: 'POST',
    url: urlOf('POST /imports', {}, { id, kind }),
    headers: { authorization: `Bearer ${await api.tokenOf(person)}`, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(file), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  })
  return { status: raw.statusCode, body: raw.json() as Awaited<ReturnType<typeof job>>, problem: raw.json() as { code: string } } // the status tells which it is
}
const job = async (id: string) => (await owner('GET /imports/:id', { params: { id } })).body
const settled = (id: string) => expect.poll(async () => (await job(id)).status, { timeout: 15_000, interval: 20 }).not.toMatch(/checking|running/).then(() => job(id))
const check = async (id: string, given: Partial<{ version: number; mapping: Awaited<ReturnType<typeof job>>['mapping'] }> = {}) => {
  const { version, mapping } = await job(id)
  const answer = await owner('POST /imports/:id/check', { params: { id }, body: { version, mapping, ...given } as never }) // a test may send what the table forbids
  return answer.status === 202 ? settled(id) : Promise.reject(new Error(answer.problem.code))
}
const run = async (id: string) => {
  const answer = await owner('POST /imports/:id/run', { params: { id }, body: { version: (await job(id)).version } })
  return answer.status === 202 ? settled(id) : Promise.reject(new Error(answer.problem.code))
}
const verdicts = async (id: string) => (await owner('GET /imports/:id/rows', { params: { id } })).body.items.map(({ verdict, problems }) => (verdict === 'error' ? problems.map(({ column, code }) => `${column} ${code}`).join(' ') : verdict))
const found = async (text: string) => (await desk('POST /patient-searches', { body: { text } })).body.items

const hebrew = [
  'ת.ז,שם פרטי,שם משפחה,תאריך לידה,מין,טלפון נייד,דוא"ל,עיר,קופת חולים,הערות',
  '00018,שרה,לוי,02/05/1984,נ,050-1234501,,חיפה,כללית,', // in the record by her id
  '12345678-2,גאולה,בן־עמי,1/2/53,נ,0547654321,geula@example.com,"תל אביב - יפו",מכבי,"רגישה, לדבר בעדינות"',
  ',מנחם,שׁוּלְמָן,31.12.2010,ז,547654399 / 03-5551234,,נתניה,מאוחדת,🦷',
  '12345678-2,גאולה,בנ עמי,01/02/1953,נ,,,,,', // the second row again
  '123456789,טעות,בספרה,30/02/1990,?,123,לא מייל,,קופה לא ידועה,',
  ',,,,,050-1112223,,,,',
].join('\r\n')

describe('patients from a clinic\'s file', () => {
  test('headings are understood, a dry run tells row by row, and then everything new is there', async () => {
    const id = uuid()
    const uploaded = await upload(hebrew, { id })
    expect(uploaded).toMatchObject({ status: 201, body: { status: 'uploaded', totalRows: 6, mapping: ['nationalId', 'givenName', 'familyName', 'birthDate', 'sex', 'phone', 'email', 'city', 'healthFund', 'deskNote'] } })
    expect(await check(id)).toMatchObject({ status: 'checked', checkedRows: 6, counts: { new: 2, same: 1, duplicate: 1, error: 2 } })
    expect(await verdicts(id)).toEqual([
      'same', 'new', 'new', 'duplicate',
      '0 national_id_invalid 3 date_unreadable 4 word_unknown 5 phone_invalid 6 email_invalid 8 word_unknown',
      '1 name_missing',
    ])
    expect(await found('גאולה')).toEqual([])
    expect(await run(id)).toMatchObject({ status: 'done', doneRows: 2 })
    const [geula] = await found('123456782')
    const page = (await desk('GET /patients/:id', { params: { id: geula?.id ?? '' } })).body.patient
    expect(page).toMatchObject({ givenName: 'גאולה', familyName: 'בן־עמי', birthDate: '1953-02-01', sex: 'female', email: 'geula@example.com', healthFund: '103', deskNote: 'רגישה, לדבר בעדינות', address: { city: 'תל אביב - יפו' } })
    const [menachem] = await found('03-5551234')
    expect(menachem).toMatchObject({ familyName: 'שׁוּלְמָן', phones: ['+972547654399', '+97235551234'], birthDate: '2010-12-31' })
    expect(await owner('POST /imports/:id/run', { params: { id }, body: { version: (await job(id)).version } })).toMatchObject({ status: 409, problem: { code: 'import_already_run' } })
    const events = await api.database.db.selectFrom('event').select('name').where('patient_id', '=', geula?.id ?? '').execute()
    expect(events).toContainEqual({ name: 'patient.created' })
  })

  test('what could not be read comes back as a file, is corrected and fed again', async () => {
    const id = uuid()
    await upload('שם פרטי,שם משפחה,טלפון\n"אבי ""הגדול""",=cmd|calc,12\nטובה,כרמי,050-7778881\n', { id })
    await check(id)
    await run(id)
    const { raw } = await owner('GET /imports/:id/errors', { params: { id } })
    expect(raw.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(raw.body).toBe('\ufeffשם פרטי,שם משפחה,טלפון,problems\r\n"אבי ""הגדול""",\'=cmd|calc,12,טלפון: phone_invalid\r\n')
    const corrected = await upload(raw.body.replace(',12,', ',050-7778882,'))
    expect(corrected.body.mapping).toEqual(['givenName', 'familyName', 'phone', null])
    await check(corrected.body.id)
    expect(await run(corrected.body.id)).toMatchObject({ doneRows: 1 })
    expect((await found('050-7778882'))[0]).toMatchObject({ givenName: 'אבי "הגדול"', familyName: '=cmd|calc' })
  })

  test.each([
    ['UTF-8 with its mark', Buffer.from('\ufeffשם מלא;טלפון\nיהודה הלוי;050-7770001\n')],
    ['Windows-1255', Buffer.concat([Buffer.from([0xf9, 0xed]), Buffer.from(','), Buffer.from([0xe8, 0xec, 0xf4, 0xe5, 0xef]), Buffer.from('\r\n'), Buffer.from([0xe9, 0xe4, 0xe5, 0xe3, 0xe4, 0x20, 0xe4, 0xec, 0xe5, 0xe9]), Buffer.from(',050-7770001\r\n')])],
    ['UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('שם\tטלפון\nיהודה הלוי\t050-7770001\n', 'utf16le')])],
  ])('%s is read', async (_name, bytes) => {
    const { body } = await upload(bytes)
    const { body: rows } = await owner('GET /imports/:id/rows', { params: { id: body.id } })
    expect(body.mapping).toEqual(['fullName', 'phone'])
    expect(rows.items).toMatchObject([{ row: 1, cells: ['יהודה הלוי', '050-7770001'], verdict: null }])
  })

  test('a workbook with real dates and numbers', async () => {
    const { body, status } = await upload(workbook([['שם פרטי', 'משפחה', 'ת.ז.', 'תאריך לידה', 'נייד'], ['ענת', 'גור', 777777715, { date: '1979-11-03' }, 507770002], [null, null, null, null, null]]), { name: 'מטופלים.xlsx' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ totalRows: 1, fileName: 'מטופלים.xlsx' })
    await check(body.id)
    expect(await verdicts(body.id)).toEqual(['new'])
    await run(body.id)
    expect((await found('777777715'))[0]).toMatchObject({ givenName: 'ענת', birthDate: '1979-11-03', phones: ['+972507770002'] })
  })

  test('all or nothing: when one row has no place any more, none is taken', async () => {
    const { body } = await upload('name,phone,id\nNew One,050-6660001,\nNew Two,050-6660002,111111118\n')
    await check(body.id)
    expect((await desk('POST /patients', { body: { id: uuid(), givenName: 'מהיר', phones: [], identifier: { kind: 'national_id', value: '111111118' } } })).status).toBe(201)
    expect(await run(body.id)).toMatchObject({ status: 'failed', problem: 'national_id_taken' })
    expect(await found('New One')).toEqual([])
    expect(await check(body.id)).toMatchObject({ counts: { new: 1, same: 1 } })
    expect(await run(body.id)).toMatchObject({ status: 'done', doneRows: 1 })
  })

  test('needs a dry run first, the current version, and columns that say who it is', async () => {
    const { body } = await upload('טלפון,עיר\n050-1112224,חולון\n')
    const params = { id: body.id }
    expect(await owner('POST /imports/:id/run', { params, body: { version: 1 } })).toMatchObject({ status: 409, problem: { code: 'import_not_ready' } })
    expect(await owner('POST /imports/:id/check', { params, body: { version: 1, mapping: ['phone', 'city'] } })).toMatchObject({ status: 422, problem: { code: 'column_missing', params: { column: 'givenName' } } })
    expect(await owner('POST /imports/:id/check', { params, body: { version: 2, mapping: ['phone', 'fullName'] } })).toMatchObject({ status: 409, problem: { code: 'stale_version' } })
    expect(await owner('POST /imports/:id/check', { params, body: { version: 1, mapping: ['fullName', 'fullName'] } })).toMatchObject({ status: 422, problem: { code: 'column_missing' } })
  })

  test.each<[string, string | Buffer, string]>([
    ['nothing', '', 'file_empty'],
    ['headings alone', 'שם,טלפון\n', 'file_empty'],
    ['bytes of a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]), 'file_unreadable'],
    ['a quote that never ends', 'שם,טלפון\n"דנה,050\n', 'file_unreadable'],
    ['a zip that is no workbook', Buffer.from(zipSync({ 'a.txt': new Uint8Array([1]) })), 'file_unreadable'],
    ['a broken zip', Buffer.from('PK\x03\x04 broken'), 'file_unreadable'],
  ])('%s is told', async (_name, bytes, code) => {
    expect(await upload(bytes)).toMatchObject({ status: 422, problem: { code } })
  })

  test('a body that is no upload, and one that breaks off, are told', async () => {
    const headers = { authorization: `Bearer ${await api.tokenOf(hadar.staff.owner)}` }
    const send = (type: string, payload: string) => api.app.inject({ method: 'POST', url: `/api/imports?id=${uuid()}&kind=patients`, headers: { ...headers, 'content-type': type }, payload })
    for (const raw of [await send('application/json', '{}'), await send('multipart/form-data; boundary=x', '--x\r\ncontent-disp'), await send('multipart/form-data', 'x'), await send('multipart/form-data; boundary=x', '--x--\r\n')]) {
      expect(raw.statusCode, raw.body).toBeGreaterThanOrEqual(400)
      expect(raw.statusCode, raw.body).toBeLessThan(500)
    }
  })

  test('is the owner\'s alone, and nobody else\'s clinic\'s', async () => {
    expect((await upload(hebrew, { person: hadar.staff.receptionist })).status).toBe(403)
    const { body } = await upload(hebrew)
    expect((await stranger('GET /imports/:id', { params: { id: body.id } })).status).toBe(404)
    expect((await stranger('GET /imports/:id/rows', { params: { id: body.id } })).status).toBe(404)
    expect((await stranger('POST /imports/:id/check', { params: { id: body.id }, body: { version: 1, mapping: [] } })).status).toBe(404)
    expect((await owner('GET /imports')).body.items.map(({ id }) => id)).toContain(body.id)
    expect((await stranger('GET /imports')).body.items).toEqual([])
    expect((await desk('GET /imports/:id/errors', { params: { id: body.id } })).status).toBe(403)
    const rows = await api.database.db.selectFrom('import_row').select('cells_sealed').where('job_id', '=', body.id).execute()
    expect(rows).toHaveLength(6)
    expect(rows.some(({ cells_sealed }) => cells_sealed.includes(Buffer.from('שרה')))).toBe(false)
  })
})

describe('appointments to come', () => {
  const file = [
    'תז,טלפון,שם,מטפל,סוג תור,תאריך,שעה,דקות',
    '000000018,,,ד"ר מיכל,בדיקה,29/11/2026,08:00,',
    ',052-1234502,أحمد منصور,שירי,ניקוי,29/11/26,9:15,60',
    '000000018,,,מיכל,בדיקה,29/11/2026,08:15,', // she has one until 08:30
    '000000018,,,ד"ר מיכל,בדיקה,29/11/2026,08:00,',
    '000000018,,,ד"ר אף אחד,,29/11/2026,08:00,',
    ',050-0000000,לא ידוע,מיכל,,30/11/2026,08:00,',
    '000000018,,,מיכל,,1/11/2026,08:00,',
    '000000018,,,מיכל,,26/3/2027,02:30,', // the clocks skip it
  ].join('\n')

  test('are booked by the diary\'s own rule, with their reminders', async () => {
    const { body } = await upload(file, { kind: 'appointments' })
    expect(body.mapping).toEqual(['nationalId', 'phone', 'fullName', 'practitioner', 'visitType', 'date', 'time', 'durationMinutes'])
    expect(await check(body.id)).toMatchObject({ counts: { new: 2, same: 0, duplicate: 1, error: 5 } })
    expect(await verdicts(body.id)).toEqual(['new', 'new', 'null slot_taken', 'duplicate', '3 practitioner_unknown', 'null patient_unknown', 'null starts_in_the_past', '6 time_unreadable'])
    expect(await run(body.id)).toMatchObject({ status: 'done', doneRows: 2 })
    const visits = await api.database.db.selectFrom('appointment').selectAll().where('clinic_id', '=', hadar.id).orderBy('starts_at').execute()
    expect(visits.map(({ patient_id, starts_at, ends_at }) => [patient_id, String(starts_at), String(ends_at)])).toEqual([
      [hadar.patients.sara, '2026-11-29T06:00:00Z', '2026-11-29T06:30:00Z'],
      [hadar.patients.ahmad, '2026-11-29T07:15:00Z', '2026-11-29T08:15:00Z'],
    ])
    const again = await upload(file, { kind: 'appointments' })
    expect(await check(again.body.id)).toMatchObject({ counts: { new: 0, same: 2, duplicate: 1 } })
  })
})
