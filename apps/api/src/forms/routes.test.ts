import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { testApi } from '@yoman/testing/api'
import { castNow } from '@yoman/testing/cast'
import { formToken } from '@yoman/use-cases/forms/link'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const owner = await api.as(hadar.staff.owner)
const doctor = await api.as(hadar.staff.doctor)
const assistant = await api.as(hadar.staff.assistant)
const desk = await api.as(hadar.staff.receptionist)
const north = await api.as(hadar.staff.northReceptionist)
const stranger = await api.as(thames.staff.owner)
const patient = api.anonymous

const words = (he: string, en = '') => ({ he, en, ar: '', ru: '' })
const none = words('')
type NewField = Inputs['POST /fields']['body']
const field = (key: string, given: Partial<NewField>): NewField => ({ id: uuid(), subject: 'patient', key, kind: 'text', labels: words(key), hints: none, group: none, options: [], unit: '', formula: '', sensitivity: 'clinical', editors: [], asked: 'first', raisesAlert: false, ...given })
const option = (key: string, he: string, alert = false) => ({ key, labels: words(he), alert, retired: false })
const allergies = field('allergies', { kind: 'choices', labels: words('אלרגיות', 'Allergies'), options: [option('penicillin', 'פניצילין', true), option('latex', 'לטקס', true), option('none', 'אין')] })
const thinners = field('thinners', { kind: 'choice', labels: words('מדללי דם'), options: [option('yes', 'כן', true), option('no', 'לא')] })
const medicines = field('medicines', { labels: words('תרופות') })
const hobby = field('hobby', { sensitivity: 'desk' })
const xray = field('xray', { kind: 'file', sensitivity: 'desk' })

const items = [{ kind: 'text' as const, words: words('נא לענות על כל השאלות.') }, ...[allergies, thinners, medicines].map(({ id }, index) => ({ kind: 'field' as const, fieldId: id, required: index < 2 }))]
const anamnesis = { id: uuid(), kind: 'anamnesis' as const, signed: true, title: words('שאלון רפואי', 'Medical history'), items }

beforeAll(async () => {
  for (const body of [allergies, thinners, medicines, hobby, xray]) expect((await owner('POST /fields', { body })).status).toBe(201)
  expect((await owner('POST /forms', { body: anamnesis })).status).toBe(201)
})
beforeEach(() => api.setNow(castNow))

const device = () => randomBytes(32).toString('base64url')
const give = (to: string, given: Partial<Inputs['POST /patients/:id/forms']['body']> = {}, as = desk) => as('POST /patients/:id/forms', { params: { id: to }, body: { id: uuid(), formId: anamnesis.id, branchId: hadar.branches.center, appointmentId: null, language: 'he', by: 'here', ...given } })
async function link(to: string, given: Parameters<typeof give>[1] = {}) {
  const { status, body } = await give(to, given)
  expect(status).toBe(201)
  return { id: body.response.id, token: formToken(api.cast.vault, hadar.id, body.response.id), device: device() }
}
type Link = Awaited<ReturnType<typeof link>>
const full = [{ fieldId: allergies.id, value: ['penicillin'] }, { fieldId: thinners.id, value: 'no' }, { fieldId: medicines.id, value: 'אקמול' }]
const view = ({ token, device: mine }: Link) => patient('POST /form-views', { body: { token, device: mine } })
const keep = ({ token, device: mine }: Link, answers: typeof full, saves: number) => patient('PUT /form-answers', { body: { token, device: mine, answers, saves } })
const signature = { name: 'שרה לוי', as: 'patient' as const, strokes: [[10, 10, 500, 200, 900, 20]], typed: false }
const sign = ({ token, device: mine }: Link, given: Partial<Inputs['POST /form-submissions']['body']> = {}) => patient('POST /form-submissions', { body: { token, device: mine, language: 'he', answers: full, signature, ...given } })

describe('a form', () => {
  test('is made of texts and fields by the owner, and read by the staff', async () => {
    expect((await desk('POST /forms', { body: { ...anamnesis, id: uuid() } })).status).toBe(403)
    const { body } = await desk('GET /forms')
    expect(body.items.find(({ id }) => id === anamnesis.id)).toMatchObject({ latest: 1, content: { title: { he: 'שאלון רפואי' }, items: [{ kind: 'text' }, { field: { labels: { he: 'אלרגיות' } } }, {}, {}] } })
    expect((await stranger('GET /forms')).body.items).toEqual([])
    expect((await owner('POST /forms', { body: anamnesis })).status).toBe(201)
  })

  test('asks no field twice, no file, and is not empty', async () => {
    const make = (given: object) => owner('POST /forms', { body: { ...anamnesis, id: uuid(), ...given } })
    expect(await make({ title: none })).toMatchObject({ status: 422, problem: { code: 'form_empty' } })
    for (const fields of [[hobby.id, hobby.id], [xray.id], [uuid()]]) expect(await make({ items: fields.map((fieldId) => ({ kind: 'field', fieldId, required: false })) })).toMatchObject({ status: 422, problem: { code: 'form_field_unfit' } })
  })

  test('that changes is a new version; what was given before stays as it was', async () => {
    const id = uuid()
    await owner('POST /forms', { body: { ...anamnesis, id } })
    const before = await link(hadar.patients.noam, { formId: id })
    const put = (version: number, given: object) => owner('PUT /forms/:id', { params: { id }, body: { version, kind: 'anamnesis', signed: true, title: anamnesis.title, items, retired: false, ...given } })
    expect(await put(1, {})).toMatchObject({ status: 200, body: { latest: 1, version: 2 } })
    expect(await put(2, { title: words('שאלון חדש') })).toMatchObject({ status: 200, body: { latest: 2 } })
    expect(await put(1, {})).toMatchObject({ status: 409, problem: { code: 'stale_version' } })
    expect((await view(before)).body.content?.title.he).toBe('שאלון רפואי')
    expect((await view(await link(hadar.patients.noam, { formId: id }))).body.content?.title.he).toBe('שאלון חדש')
    await put(3, { title: words('שאלון חדש'), retired: true })
    expect(await give(hadar.patients.noam, { formId: id })).toMatchObject({ status: 409, problem: { code: 'form_retired' } })
  })
})

test('a form is given in the branches where one works', async () => {
  expect((await give(hadar.patients.sara, {}, north)).status).toBe(403)
  expect((await give(hadar.patients.sara, { branchId: hadar.branches.north }, north)).status).toBe(201)
})

describe('a form that was published', () => {
  const change = async ({ id, subject: _s, key: _k, kind: _d, ...rest }: NewField, given: object) => {
    const version = (await owner('GET /fields')).body.items.find((one) => one.id === id)?.version ?? 0
    expect((await owner('PUT /fields/:id', { params: { id }, body: { ...rest, retired: false, ...given, version } })).status).toBe(200)
  }
  const publish = async (fields: NewField[], given: object = {}) => {
    const form = { ...anamnesis, id: uuid(), items: fields.map(({ id }) => ({ kind: 'field' as const, fieldId: id, required: true })), ...given }
    for (const body of fields) expect((await owner('POST /fields', { body })).status).toBe(201)
    return { form, status: (await owner('POST /forms', { body: form })).status }
  }
  const { olga } = hadar.patients
  const valueOf = async (fieldId: string) => (await doctor('GET /patients/:id/fields', { params: { id: olga } })).body.items.find((one) => one.fieldId === fieldId)?.value

  test('is handed in although a field or an option went out of use since; the response keeps the answer', async () => {
    const gone = field('gone', {})
    const choice = field('choice', { kind: 'choice', options: [option('old', 'ישן'), option('new', 'חדש')] })
    const { form } = await publish([gone, choice])
    const mine = await link(olga, { formId: form.id })
    await change(gone, { retired: true })
    await change(choice, { options: choice.options.map((one) => ({ ...one, retired: one.key === 'old' })) })
    const answers = [{ fieldId: gone.id, value: 'תשובה' }, { fieldId: choice.id, value: 'old' }]
    expect(await sign(mine, { answers })).toMatchObject({ status: 200, body: { state: 'signed' } })
    expect((await doctor('GET /form-responses/:id', { params: { id: mine.id } })).body.answers).toEqual(answers)
    expect([await valueOf(gone.id), await valueOf(choice.id)]).toEqual([undefined, 'old'])
  })

  test('goes out of use although a field of it did; asking that field anew is refused', async () => {
    const gone = field('asked_before', {})
    const { form: { id, ...draft } } = await publish([gone])
    await change(gone, { retired: true })
    expect(await owner('PUT /forms/:id', { params: { id }, body: { ...draft, title: words('שם אחר'), version: 1, retired: true } })).toMatchObject({ status: 422, problem: { code: 'form_field_unfit' } })
    expect(await owner('PUT /forms/:id', { params: { id }, body: { ...draft, version: 1, retired: true } })).toMatchObject({ status: 200, body: { retired: true, latest: 1 } })
  })

  test('reports what became an alert since, and what was one', async () => {
    const free = field('free', {})
    const choice = field('warned', { kind: 'choices', labels: words('רגישות'), options: [option('a', 'אלף'), option('b', 'בית', true)] })
    const { form } = await publish([free, choice])
    const mine = await link(hadar.patients.john, { formId: form.id })
    await change(free, { raisesAlert: true })
    await change(choice, { options: [option('a', 'אלף', true), option('b', 'בית')] })
    expect((await sign(mine, { answers: [{ fieldId: free.id, value: 'קוצב' }, { fieldId: choice.id, value: ['a', 'b'] }] })).status).toBe(200)
    const { body } = await assistant('GET /patients/:id/reported-alerts', { params: { id: hadar.patients.john } })
    expect(body.items.filter(({ responseId }) => responseId === mine.id).map((one) => one.words)).toEqual(['free: קוצב', 'רגישות: אלף, בית'])
  })

  test('is signed or not as it was when it was given', async () => {
    const { form: { id, ...draft } } = await publish([field('plain', { sensitivity: 'desk' })], { signed: false })
    const mine = await link(olga, { formId: id })
    expect(await owner('PUT /forms/:id', { params: { id }, body: { ...draft, signed: true, version: 1, retired: false } })).toMatchObject({ status: 200, body: { signed: true, latest: 2 } })
    const [then, now] = [await view(mine), await view(await link(olga, { formId: id }))]
    expect([then.body.signed, now.body.signed]).toEqual([false, true])
    expect((await sign(mine, { answers: [{ fieldId: draft.items[0]?.fieldId ?? '', value: 'x' }], signature: null })).status).toBe(200)
  })

  test.each(['money', 'owner'] as const)('asks nothing of class %s beside clinical questions: nobody could read it', async (sensitivity) => {
    const apart = field(`apart_${sensitivity}`, { sensitivity })
    expect((await publish([apart, field(`beside_${sensitivity}`, { sensitivity: 'desk' })])).status).toBe(201)
    const mixed = { ...anamnesis, id: uuid(), items: [apart, medicines].map(({ id }) => ({ kind: 'field' as const, fieldId: id, required: false })) }
    expect(await owner('POST /forms', { body: mixed })).toMatchObject({ status: 422, problem: { code: 'form_classes_mixed', params: { fieldId: apart.id } } })
  })
})

describe('the patient’s link', () => {
  test('shows what to answer and nothing of the patient, the record or what is an alert', async () => {
    const mine = await link(hadar.patients.sara)
    const { status, body, raw } = await view(mine)
    expect([status, body.clinicName, body.state, body.content?.items.length]).toEqual([200, 'מרפאת הדר', 'open', 4])
    for (const told of ['שרה', 'לוי', hadar.patients.sara, '0501234501', 'alert', 'clinical', 'sensitivity']) expect(raw.body).not.toContain(told)
    expect(raw.headers['cache-control']).toContain('no-store')
  })

  test('keeps what was answered so far, and gives it back to the same browser alone', async () => {
    const mine = await link(hadar.patients.sara)
    expect((await keep(mine, full.slice(0, 1), 0)).body).toEqual({ saves: 1 })
    expect((await keep(mine, full.slice(0, 2), 1)).body).toEqual({ saves: 2 })
    expect(await keep(mine, full, 1)).toMatchObject({ status: 409, problem: { code: 'stale_version', params: { current: 2 } } })
    expect((await view(mine)).body).toMatchObject({ saves: 2, begunElsewhere: false, answers: full.slice(0, 2) })
    const other = { ...mine, device: device() }
    const seen = await view(other)
    expect(seen.body).toMatchObject({ saves: 0, begunElsewhere: true, answers: [] })
    expect(seen.raw.body).not.toContain('"penicillin"]')
    expect((await desk('GET /patients/:id/forms', { params: { id: hadar.patients.sara } })).body.items.find(({ id }) => id === mine.id)).toMatchObject({ begun: true, state: 'open', mayRead: false })
    const row = await api.database.db.selectFrom('form_response').select('answers_sealed').where('id', '=', mine.id).executeTakeFirst()
    expect(row?.answers_sealed?.toString('utf8')).not.toContain('penicillin')
  })

  test('takes nothing that does not fit, and no signature that is none', async () => {
    const mine = await link(hadar.patients.sara)
    expect(await sign(mine, { answers: full.slice(1) })).toMatchObject({ status: 422, problem: { code: 'form_answer_missing', params: { fieldId: allergies.id } } })
    expect(await sign(mine, { answers: [{ fieldId: thinners.id, value: 'perhaps' }] })).toMatchObject({ status: 422, problem: { code: 'field_value_wrong', params: { fieldId: thinners.id } } })
    for (const wrong of [null, { ...signature, strokes: [] }, { ...signature, strokes: [[1, 1]] }]) expect(await sign(mine, { signature: wrong })).toMatchObject({ status: 422, problem: { code: 'form_signature_missing' } })
    expect((await sign(mine, { signature: { ...signature, strokes: [], typed: true } })).status).toBe(200)
  })

  test('is over when its time is, when it is withdrawn, and when it is signed', async () => {
    const [late, gone, done] = await Promise.all([link(hadar.patients.sara), link(hadar.patients.sara), link(hadar.patients.sara)])
    await sign(done)
    expect(await desk('POST /form-responses/:id/withdrawal', { params: { id: gone.id } })).toMatchObject({ status: 200, body: { state: 'withdrawn' } })
    expect(await desk('POST /form-responses/:id/withdrawal', { params: { id: done.id } })).toMatchObject({ status: 409, problem: { code: 'form_closed' } })
    api.setNow(castNow.add({ hours: 24 * 14 }))
    for (const [one, state] of [[late, 'expired'], [gone, 'withdrawn'], [done, 'signed']] as const) {
      expect((await view(one)).body).toMatchObject({ state, content: null, answers: [] })
      expect(await keep(one, full, 0)).toMatchObject({ status: 409, problem: { code: 'form_closed', params: { state } } })
    }
  })

  test('that opens nothing is told so, guessing is slowed down, and other sites are kept out', async () => {
    const mine = await link(hadar.patients.sara)
    const missed: number[] = []
    for (let time = 0; time < 24; time += 1) missed.push((await view({ ...mine, token: `${'A'.repeat(20)}${String(time).padStart(2, '0')}` })).status)
    expect([missed[0], missed.at(-1)]).toEqual([404, 429])
    expect((await view(mine)).status).toBe(200)
    const foreign = await api.app.inject({ method: 'POST', url: '/api/form-views', payload: { token: mine.token, device: mine.device }, headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } })
    expect(foreign.statusCode).toBe(403)
  })

  test('goes out by SMS without a word of which form; the link stands in no table', async () => {
    const { body } = await give(hadar.patients.ahmad, { by: 'sms', language: 'ar' })
    expect(body).toMatchObject({ link: null, response: { language: 'ar', messageState: 'queued' } })
    const message = await api.database.db.selectFrom('message').select(['id', 'body', 'kind', 'to_address']).where('form_response_id', '=', body.response.id).executeTakeFirst()
    expect(message).toMatchObject({ kind: 'form', to_address: '+972521234502', body: expect.stringContaining('{link}') })
    expect(message?.body).not.toContain('שאלון')
    await api.database.ownerPool.query("update message set state = 'failed', error_code = '30005', settled_at = created_at where id = $1", [message?.id])
    const again = uuid()
    expect((await desk('POST /messages/:id/resends', { params: { id: message?.id ?? '' }, body: { id: again } })).body).toMatchObject({ id: again, kind: 'form', state: 'queued', toAddress: '+972521234502' })
    expect(await give(hadar.patients.rivka, { by: 'sms' })).toMatchObject({ status: 422, problem: { code: 'no_consent' } })
    const silent = uuid()
    await desk('POST /patients', { body: { id: silent, givenName: 'בלי טלפון', phones: [] } })
    expect(await give(silent, { by: 'sms' })).toMatchObject({ status: 422, problem: { code: 'nothing_to_send_to' } })
  })
})

describe('what was signed', () => {
  test('is read by clinical eyes, word for word as it was shown; the desk sees only that it is there', async () => {
    const mine = await link(hadar.patients.olga)
    expect((await sign(mine)).body).toMatchObject({ state: 'signed', content: null })
    const params = { id: mine.id }
    const { status, body } = await assistant('GET /form-responses/:id', { params })
    expect(status).toBe(200)
    expect(body).toMatchObject({ response: { state: 'signed', mayRead: true }, answers: full, signature, signedHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const refused = await desk('GET /form-responses/:id', { params })
    expect(refused).toMatchObject({ status: 403, problem: { code: 'form_not_yours' } })
    expect(refused.raw.body).not.toContain('אקמול')
    expect((await stranger('GET /form-responses/:id', { params })).status).toBe(404)
    const read = await api.database.db.selectFrom('event').select('name').where('subject_id', '=', mine.id).orderBy('seq').execute()
    expect(read.map(({ name }) => name)).toEqual(['form_response.given', 'form_response.signed', 'form_response.read'])
  })

  test('never changes, not even by the hand of the database’s owner', async () => {
    const mine = await link(hadar.patients.olga)
    await sign(mine)
    await expect(api.database.db.updateTable('form_response').set({ answers_sealed: null }).where('id', '=', mine.id).execute()).rejects.toThrow('append_only')
    await expect(api.database.db.updateTable('form_version').set({ published_at: castNow } as never).where('form_id', '=', anamnesis.id).execute()).rejects.toThrow('append_only')
  })

  test('is signed once, whoever presses twice', async () => {
    const mine = await link(hadar.patients.olga)
    const both = await Promise.all([sign(mine), sign(mine)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(await sign({ ...mine, device: device() })).toMatchObject({ status: 409, problem: { code: 'form_closed' } })
    const signed = await api.database.db.selectFrom('event').select('name').where('subject_id', '=', mine.id).where('name', '=', 'form_response.signed').execute()
    expect(signed).toHaveLength(1)
  })

  test('becomes values of the fields, and says that a form said so', async () => {
    await sign(await link(hadar.patients.john))
    const { body } = await doctor('GET /patients/:id/fields', { params: { id: hadar.patients.john } })
    expect(body.items.find(({ fieldId }) => fieldId === medicines.id)).toMatchObject({ value: 'אקמול', source: 'form', recordedBy: null, version: 1 })
  })
})

describe('alerts', () => {
  const params = { id: hadar.patients.noam }
  const alerts = async () => (await doctor('GET /patients/:id', { params })).body.patient.alerts
  const reported = async () => (await assistant('GET /patients/:id/reported-alerts', { params })).body.items
  const settle = (id: string, as: 'accepted' | 'dismissed', who = doctor) => who('POST /reported-alerts/:id/settlement', { params: { id }, body: { as } })

  test('that are reported wait for clinical eyes, and stand beside what the record says', async () => {
    await doctor('PATCH /patients/:id', { params, body: { version: (await doctor('GET /patients/:id', { params })).body.patient.version, alerts: 'קוצב לב' } })
    await sign(await link(hadar.patients.noam), { answers: [{ fieldId: allergies.id, value: ['penicillin', 'latex'] }, { fieldId: thinners.id, value: 'yes' }] })
    const waiting = await reported()
    expect(waiting.map((one) => one.words)).toEqual(['אלרגיות: פניצילין, לטקס', 'מדללי דם: כן'])
    expect((await desk('GET /patients/:id/reported-alerts', { params })).status).toBe(403)
    expect(await alerts()).toBe('קוצב לב')
    const [first, second] = waiting
    expect((await settle(first?.id ?? '', 'accepted', assistant)).status).toBe(403)
    expect(await settle(first?.id ?? '', 'accepted')).toMatchObject({ status: 200, body: { status: 'accepted' } })
    expect((await settle(first?.id ?? '', 'accepted')).status).toBe(200)
    expect(await settle(first?.id ?? '', 'dismissed')).toMatchObject({ status: 409, problem: { code: 'alert_settled' } })
    await settle(second?.id ?? '', 'dismissed')
    expect([await alerts(), await reported()]).toEqual(['קוצב לב\nאלרגיות: פניצילין, לטקס', []])
  })
})
