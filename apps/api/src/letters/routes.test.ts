import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { testApi } from '@yoman/testing/api'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const doctor = await api.as(hadar.staff.doctor)
const hygienist = await api.as(hadar.staff.hygienist)
const assistant = await api.as(hadar.staff.assistant)
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const stranger = await api.as(thames.staff.doctor)
await api.database.ownerPool.query('update staff_role set branch_id = $1 where staff_id = $2', [hadar.branches.north, hadar.staff.otherDoctor.id])
const north = await api.as(hadar.staff.otherDoctor)

await api.database.ownerPool.query(`update practitioner set licence_number = '1-12345' where id = $1`, [hadar.practitioners.doctor])
const encounterId = uuid()
await api.database.ownerPool.query(`insert into encounter (clinic_id, id, patient_id, practitioner_id, branch_id, started_at) values ($1, $2, $3, $4, $5, '2026-11-22T06:30:00Z')`, [hadar.id, encounterId, hadar.patients.sara, hadar.practitioners.doctor, hadar.branches.center])
await doctor('PUT /encounters/:id/procedures', { params: { id: encounterId }, body: { version: 1, procedures: [{ id: uuid(), priceItemId: hadar.prices.filling, quantity: 1, tooth: '36' }] } })
await doctor('PUT /encounters/:id/draft', { params: { id: encounterId }, body: { baseSeq: 0, body: 'עששת עמוקה בשן 36' } })

type New = Inputs['POST /letters']['body']
const about = (more: Partial<New> = {}) => ({ patientId: hadar.patients.sara, branchId: hadar.branches.center, kind: 'summary' as const, language: 'he' as const, ...more })
const amoxicillin = { name: 'Amoxicillin 500 mg caps', dose: 'כמוסה 3 פעמים ביום', days: 7, quantity: '21 caps' }
const sign = (more: Partial<New> = {}, as = doctor) => as('POST /letters', { body: { id: uuid(), attachmentId: uuid(), templateSeq: 0, title: 'סיכום ביקור', body: 'הכול בסדר', drugs: [], ...about(), ...more } })
const draft = (more: Partial<New> = {}, as = doctor) => as('GET /letter-drafts', { query: about(more) as Inputs['GET /letter-drafts']['query'] })

describe('a letter begins', () => {
  test('from the clinic’s text, filled with what the record knows of this visit', async () => {
    const { status, body } = await draft({ encounterId })
    expect(status).toBe(200)
    expect(body).toMatchObject({ title: 'סיכום ביקור', templateSeq: 0, doctor: { licence: '1-12345' }, hasIdentifier: true, today: '2026-11-22' })
    expect(body.body).toContain('שרה לוי ביקר/ה במרפאה ביום 22/11/2026')
    expect(body.body).toContain('עששת עמוקה בשן 36')
    expect(body.body).toContain('(36)')
    expect(body.body).not.toMatch(/[{}]/)
  })

  test('in the language of the patient, without lines of which nothing is known', async () => {
    const { body } = await draft({ patientId: hadar.patients.olga, language: 'ru' })
    expect(body.title).toBe('Выписка о визите')
    expect(body.body).not.toContain('Осмотр')
    expect((await draft({ patientId: hadar.patients.ahmad, language: 'ar', kind: 'referral' })).body.body).toContain('أحمد منصور')
  })

  test('for whoever treats: the desk, an assistant and another clinic begin none, a hygienist no prescription', async () => {
    expect((await draft({}, desk)).status).toBe(403)
    expect((await draft({}, assistant)).status).toBe(403)
    expect((await draft({}, hygienist)).status).toBe(200)
    for (const kind of ['prescription', 'sick_note'] as const) expect((await draft({ kind }, hygienist)).status).toBe(403)
    expect((await draft({}, north)).status).toBe(403)
    expect((await sign({}, north)).status).toBe(403)
    expect((await draft({ branchId: hadar.branches.north }, north)).status).toBe(200)
    expect((await draft({}, stranger)).problem.code).toBe('reference_unknown')
    expect((await draft({ patientId: hadar.patients.olga, encounterId })).problem.code).toBe('reference_unknown')
  })
})

describe('a letter that is signed', () => {
  test('is kept as it is, once, sealed, with its paper in the record', async () => {
    const given = { id: uuid(), attachmentId: uuid() }
    const { status, body } = await sign({ ...given, encounterId, kind: 'prescription', title: 'מרשם', body: '', drugs: [amoxicillin] })
    expect([status, body]).toEqual([201, expect.objectContaining({ id: given.id, kind: 'prescription', title: 'מרשם', filed: true, withdrawn: false, signedBy: { staffId: hadar.staff.doctor.id, name: hadar.staff.doctor.name } })])
    expect((await sign({ ...given, kind: 'prescription', title: 'מרשם', body: '', drugs: [amoxicillin] })).body).toEqual(body)
    expect((await sign({ ...given, patientId: hadar.patients.olga })).problem.code).toBe('id_taken')
    for (const other of [{ title: 'מרשם שני' }, { body: 'אחרי האוכל' }, { language: 'en' as const }, { drugs: [{ ...amoxicillin, days: 10 }] }]) expect((await sign({ ...given, kind: 'prescription', title: 'מרשם', body: '', drugs: [amoxicillin], ...other })).problem.code).toBe('id_taken')
    const papers = (await doctor('GET /patients/:id/attachments', { params: { id: hadar.patients.sara } })).body.items
    expect(papers.find(({ id }) => id === given.attachmentId)).toMatchObject({ kind: 'letter', content: { title: 'מרשם', mediaType: 'application/pdf' } })
    const [filed, printed] = [await doctor('GET /attachments/:id/content', { params: { id: given.attachmentId } }), await assistant('GET /letters/:id/pdf', { params: { id: given.id } })]
    expect(filed.raw.rawPayload.equals(printed.raw.rawPayload)).toBe(true)
    const { rows } = await api.database.ownerPool.query('select * from letter where id = $1', [given.id])
    expect(JSON.stringify(rows)).not.toContain('Amoxicillin')
    await expect(api.database.ownerPool.query('delete from letter where id = $1', [given.id])).rejects.toThrow('append_only')
    const events = await api.database.db.selectFrom('event').select(['name', 'details']).where('subject_id', '=', given.id).execute()
    expect(events).toContainEqual({ name: 'letter.signed', details: { kind: 'prescription', language: 'he' } })
  })

  test('is refused empty, without a licence or the patient’s number, and for a narcotic', async () => {
    const prescription = { kind: 'prescription' as const, drugs: [amoxicillin] }
    expect((await sign({ body: ' ' })).problem.code).toBe('letter_empty')
    expect((await sign({ ...prescription, drugs: [] })).problem.code).toBe('letter_empty')
    expect((await sign({ ...prescription, drugs: [amoxicillin, { ...amoxicillin, name: 'Percocet 5' }] })).problem).toMatchObject({ code: 'drug_needs_special_form', params: { name: 'Percocet 5' } })
    expect((await sign({ ...prescription, patientId: hadar.patients.ahmad })).problem.code).toBe('identifier_missing')
    expect((await sign({ kind: 'sick_note', branchId: hadar.branches.north }, north)).problem.code).toBe('licence_missing')
    expect((await sign({ kind: 'referral', title: 'הפניה', branchId: hadar.branches.north }, north)).status).toBe(201)
  })

  test('is looked at before, marked as a draft, and leaves nothing but a trace', async () => {
    const before = (await doctor('GET /letters', { query: { patientId: hadar.patients.rivka } })).body.items.length
    const { raw } = await doctor('POST /letter-previews', { body: { ...about({ patientId: hadar.patients.rivka }), title: 'סיכום', body: 'א', drugs: [] } })
    expect(raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await doctor('GET /letters', { query: { patientId: hadar.patients.rivka } })).body.items).toHaveLength(before)
    const events = await api.database.db.selectFrom('event').select('details').where('name', '=', 'letter.read').where('patient_id', '=', hadar.patients.rivka).execute()
    expect(events.map(({ details }) => details)).toContainEqual({ part: 'preview', kind: 'summary' })
  })

  test('is clinical: the desk sees that there is a paper and no word of it; withdrawn, it says so', async () => {
    const { body } = await sign({ kind: 'referral', title: 'הפניה לאף אוזן גרון' })
    expect((await desk('GET /letters', { query: { patientId: hadar.patients.sara } })).status).toBe(403)
    expect((await desk('GET /letters/:id/pdf', { params: { id: body.id } })).status).toBe(403)
    const papers = await desk('GET /patients/:id/attachments', { params: { id: hadar.patients.sara } })
    expect(papers.body.items.find(({ id }) => id === body.attachmentId)).toMatchObject({ kind: 'referral', content: null })
    await doctor('POST /attachments/:id/withdrawal', { params: { id: body.attachmentId }, body: { version: 1, reason: 'נכתב למטופל הלא נכון' } })
    expect((await doctor('GET /letters', { query: { patientId: hadar.patients.sara } })).body.items.find(({ id }) => id === body.id)).toMatchObject({ withdrawn: true })
    expect((await stranger('GET /letters/:id/pdf', { params: { id: body.id } })).status).toBe(404)
    expect((await stranger('GET /letters', { query: { patientId: hadar.patients.sara } })).status).toBe(404)
  })
})

describe('the texts of a clinic', () => {
  const write = (seq: number, body: string, as = owner) => as('PUT /letter-templates/:kind/:language', { params: { kind: 'summary', language: 'en' }, body: { seq, title: 'Summary', body } })

  test('are shipped in four languages, and written over by the clinic with known placeholders alone', async () => {
    const { body } = await doctor('GET /letter-templates')
    expect(body.items).toHaveLength(16)
    expect(body.items.every(({ seq }) => seq === 0)).toBe(true)
    expect((await write(0, 'Seen: {nonsense}')).problem).toMatchObject({ code: 'template_placeholder_unknown', params: { placeholder: 'nonsense' } })
    expect((await write(0, 'Seen: {patientName}', doctor)).status).toBe(403)
    expect(await write(0, 'Seen: {patientName}')).toMatchObject({ status: 200, body: { seq: 1, body: 'Seen: {patientName}', shipped: { title: 'Visit summary' } } })
    expect((await draft({ language: 'en' })).body).toMatchObject({ title: 'Summary', body: 'Seen: Sara Levi', templateSeq: 1 })
  })

  test('keep their older versions; who was slower is told', async () => {
    const answers = await Promise.all([write(1, 'A {date}'), write(1, 'B {date}')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const { rows } = await api.database.ownerPool.query('select seq from letter_template order by seq')
    expect(rows).toEqual([{ seq: 1 }, { seq: 2 }])
    const events = await api.database.db.selectFrom('event').select('details').where('name', '=', 'letter_template.changed').execute()
    expect(events.map(({ details }) => details)).toContainEqual({ kind: 'summary', language: 'en', seq: 2 })
  })
})
