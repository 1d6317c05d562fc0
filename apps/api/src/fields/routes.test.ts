import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { testApi } from '@yoman/testing/api'
import { beforeAll, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const owner = await api.as(hadar.staff.owner)
const doctor = await api.as(hadar.staff.doctor)
const assistant = await api.as(hadar.staff.assistant)
const desk = await api.as(hadar.staff.receptionist)
const accountant = await api.as(hadar.staff.accountant)
const stranger = await api.as(thames.staff.owner)

type New = Inputs['POST /fields']['body']
const words = (he: string, en = '') => ({ he, en, ar: '', ru: '' })
const none = words('')
const define = (given: Partial<New>, as = owner) => as('POST /fields', { body: { id: uuid(), subject: 'patient', key: `k${uuid().replaceAll('-', '_')}`, kind: 'text', labels: words('שדה', 'Field'), hints: none, group: none, options: [], unit: '', formula: '', sensitivity: 'desk', editors: [], asked: 'never', raisesAlert: false, ...given } })
const made = async (given: Partial<New>) => {
  const { status, body } = await define(given)
  expect(status).toBe(201)
  return body
}
const params = { id: hadar.patients.sara }
const write = (as: typeof doctor, fieldId: string, value: Inputs['PUT /patients/:id/fields']['body']['values'][number]['value'], version = 0) => as('PUT /patients/:id/fields', { params, body: { values: [{ fieldId, value, version }] } })
const seenBy = async (as: typeof doctor, fieldId: string) => (await as('GET /patients/:id/fields', { params })).body.items.find((one) => one.fieldId === fieldId)

describe('the definitions', () => {
  test('are made by the owner, read by the staff, and stand in the order that was given', async () => {
    const a = await made({ key: 'hobby' })
    const b = await made({ key: 'weight', kind: 'number', unit: 'ק״ג' })
    expect((await define({}, desk)).status).toBe(403)
    expect((await owner('PUT /field-order', { body: { subject: 'patient', ids: [b.id, a.id] } })).status).toBe(204)
    const { body } = await accountant('GET /fields')
    expect(body.items.filter(({ id }) => [a.id, b.id].includes(id)).map(({ key, sees, edits }) => [key, sees, edits])).toEqual([['weight', false, false], ['hobby', false, false]])
    expect((await stranger('GET /fields')).body.items).toEqual([])
  })

  test('are made once, however often they are sent; a key is one field’s', async () => {
    const first = await made({ key: 'allergies' })
    expect(await define({ id: first.id, key: 'allergies' })).toMatchObject({ status: 201, body: { id: first.id } })
    expect(await define({ id: first.id, key: 'others' })).toMatchObject({ status: 409, problem: { code: 'id_taken' } })
    expect(await define({ key: 'allergies' })).toMatchObject({ status: 409, problem: { code: 'field_key_taken' } })
    expect((await define({ key: 'allergies', subject: 'visit' })).status).toBe(201)
  })

  test('change on top of what was read; what is out of use keeps its values and takes no new ones', async () => {
    const { id, version, subject: _s, key: _k, kind: _d, id: _i, sees: _e, edits: _t, ...rest } = await made({})
    expect((await write(desk, id, 'before')).status).toBe(200)
    const put = (given: object, from = version) => owner('PUT /fields/:id', { params: { id }, body: { ...rest, ...given, version: from } })
    expect(await put({ retired: true })).toMatchObject({ status: 200, body: { retired: true, version: 2 } })
    expect(await put({ retired: false })).toMatchObject({ status: 409, problem: { code: 'stale_version', params: { current: 2 } } })
    expect(await seenBy(desk, id)).toMatchObject({ value: 'before' })
    expect(await write(desk, id, 'after', 1)).toMatchObject({ status: 403, problem: { code: 'field_not_yours' } })
    expect(await put({ sensitivity: 'clinical' }, 2)).toMatchObject({ status: 422, problem: { code: 'field_form_wrong' } })
  })

  test('that cannot be are refused with their reason', async () => {
    expect(await define({ kind: 'calculated', formula: '1 +' })).toMatchObject({ status: 422, problem: { code: 'formula_wrong', params: { at: 3 } } })
    expect(await define({ kind: 'choice' })).toMatchObject({ status: 422, problem: { code: 'field_options_missing' } })
    expect(await define({ labels: none })).toMatchObject({ status: 422, problem: { code: 'field_label_missing' } })
  })
})

describe('values', () => {
  test('of a class reach only who may see it, and change only by who may', async () => {
    const [clinical, money, own] = await Promise.all([made({ sensitivity: 'clinical' }), made({ sensitivity: 'money' }), made({ sensitivity: 'owner' })])
    expect((await write(doctor, clinical.id, 'אלרגיה לפניצילין')).status).toBe(200)
    expect((await write(desk, money.id, 'הסדר תשלומים')).status).toBe(200)
    expect((await write(owner, own.id, 'קרוב משפחה')).status).toBe(200)
    for (const [as, field] of [[desk, clinical], [assistant, clinical], [owner, clinical], [doctor, money], [desk, own]] as const) expect(await write(as, field.id, 'x')).toMatchObject({ status: 403, problem: { code: 'field_not_yours' } })
    const sees = async (as: typeof doctor) => Promise.all([clinical, money, own].map(async ({ id }) => (await seenBy(as, id)) !== undefined))
    expect(await Promise.all([doctor, assistant, desk, owner].map(sees))).toEqual([[true, false, false], [true, false, false], [false, true, false], [false, true, true]])
    const answer = await desk('GET /patients/:id/fields', { params })
    expect(answer.raw.body).not.toContain('פניצילין')
    expect(await desk('GET /patients/:id/field-history', { params, query: { fieldId: clinical.id } })).toMatchObject({ status: 403, problem: { code: 'field_not_yours' } })
  })

  test('that are clinical lie sealed, their history too', async () => {
    const { id } = await made({ sensitivity: 'clinical' })
    await write(doctor, id, 'הריון')
    const rows = await api.database.db.selectFrom('custom_value').leftJoin('custom_value_change', 'custom_value_change.value_id', 'custom_value.id').select(['custom_value.value', 'custom_value.value_sealed', 'custom_value_change.value as was', 'custom_value_change.value_sealed as was_sealed']).where('field_id', '=', id).execute()
    expect(rows).toMatchObject([{ value: null, was: null }])
    for (const sealed of [rows[0]?.value_sealed, rows[0]?.was_sealed]) expect(sealed?.toString('utf8')).not.toContain('הריון')
  })

  test('keep who said what and when; the same said again changes nothing', async () => {
    const { id } = await made({ kind: 'number' })
    await write(desk, id, 70)
    expect((await write(desk, id, 70, 1)).body.items.find(({ fieldId }) => fieldId === id)).toMatchObject({ version: 1 })
    expect((await write(doctor, id, 71.5, 1)).status).toBe(200)
    expect((await write(desk, id, null, 2)).status).toBe(200)
    const { body } = await desk('GET /patients/:id/field-history', { params, query: { fieldId: id } })
    expect(body.items.map(({ value, recordedBy }) => [value, recordedBy])).toEqual([[null, hadar.staff.receptionist.id], [71.5, hadar.staff.doctor.id], [70, hadar.staff.receptionist.id]])
    const events = await api.database.db.selectFrom('event').select(['name', 'details']).where('subject_id', '=', params.id).where('name', '=', 'field_value.recorded').execute()
    expect(events.length).toBeGreaterThanOrEqual(3)
    expect(JSON.stringify(events)).not.toContain('71.5')
  })

  test('are written by one of two who write at once; the other is told', async () => {
    const { id } = await made({})
    const both = await Promise.all([write(desk, id, 'אחד'), write(doctor, id, 'שניים')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.problem.code).toBe('stale_version')
  })

  test('are all written or none', async () => {
    const [text, number] = await Promise.all([made({}), made({ kind: 'number' })])
    const answer = await desk('PUT /patients/:id/fields', { params, body: { values: [{ fieldId: text.id, value: 'x', version: 0 }, { fieldId: number.id, value: 'x', version: 0 }] } })
    expect(answer).toMatchObject({ status: 422, problem: { code: 'field_value_wrong', params: { fieldId: number.id } } })
    expect(await seenBy(desk, text.id)).toBeUndefined()
  })

  test('are calculated from what the reader sees', async () => {
    const weight = await made({ key: 'kilos', kind: 'number', sensitivity: 'clinical' })
    const double = await made({ key: 'dose', kind: 'calculated', formula: 'kilos * 15', sensitivity: 'clinical' })
    const years = await made({ key: 'years', kind: 'calculated', formula: 'age()' })
    await write(doctor, weight.id, 20)
    expect([(await seenBy(doctor, double.id))?.value, await seenBy(desk, double.id), (await seenBy(desk, years.id))?.value]).toEqual([300, undefined, 42])
    expect(await define({ kind: 'calculated', formula: 'kilos', sensitivity: 'desk' })).toMatchObject({ status: 422, problem: { code: 'formula_leaks', params: { name: 'kilos' } } })
  })

  test('of a file name a document of this patient', async () => {
    const { id } = await made({ kind: 'file' })
    expect(await write(desk, id, uuid())).toMatchObject({ status: 422, problem: { code: 'reference_unknown' } })
  })

  test('of another clinic’s patient or field do not exist', async () => {
    const { id } = await made({})
    expect((await stranger('GET /patients/:id/fields', { params })).status).toBe(404)
    expect((await write(stranger, id, 'x')).status).toBe(404)
    const theirs = await stranger('PUT /patients/:id/fields', { params: { id: thames.patients.sara }, body: { values: [{ fieldId: id, value: 'x', version: 0 }] } })
    expect(theirs).toMatchObject({ status: 403, problem: { code: 'field_not_yours' } })
  })

  test('that are read leave a trace', async () => {
    await desk('GET /patients/:id/fields', { params: { id: hadar.patients.olga } })
    const events = await api.database.db.selectFrom('event').select(['name', 'details']).where('patient_id', '=', hadar.patients.olga).where('name', '=', 'patient.read').execute()
    expect(events).toEqual([{ name: 'patient.read', details: { part: 'fields', of: 'patient' } }])
  })
})

describe('of a visit and its note', () => {
  const visit = uuid()
  const note = uuid()
  beforeAll(async () => {
    await desk('POST /appointments', { body: { id: visit, branchId: hadar.branches.center, patientId: hadar.patients.sara, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, startsAt: '2026-11-24T08:00:00Z' } })
    expect((await doctor('POST /encounters', { body: { id: note, appointmentId: visit } })).status).toBe(201)
  })

  test('values stand with the visit, and those of the note with clinical eyes only', async () => {
    const referral = await made({ subject: 'visit', key: 'referral' })
    const pulse = await made({ subject: 'note', key: 'pulse', kind: 'number', sensitivity: 'clinical' })
    expect((await desk('PUT /appointments/:id/fields', { params: { id: visit }, body: { values: [{ fieldId: referral.id, value: 'טופס 17', version: 0 }] } })).status).toBe(200)
    expect((await doctor('PUT /encounters/:id/fields', { params: { id: note }, body: { values: [{ fieldId: pulse.id, value: 72, version: 0 }] } })).status).toBe(200)
    expect((await doctor('GET /appointments/:id/fields', { params: { id: visit } })).body.items).toMatchObject([{ fieldId: referral.id, value: 'טופס 17' }])
    expect((await assistant('GET /encounters/:id/fields', { params: { id: note } })).body.items).toMatchObject([{ fieldId: pulse.id, value: 72 }])
    expect((await desk('GET /encounters/:id/fields', { params: { id: note } })).status).toBe(403)
    expect(await desk('PUT /patients/:id/fields', { params, body: { values: [{ fieldId: referral.id, value: 'x', version: 0 }] } })).toMatchObject({ status: 403, problem: { code: 'field_not_yours' } })
  })

  test('of a visit are written by who works in its branch', async () => {
    const { id: fieldId } = await made({ subject: 'visit' })
    const north = await api.as(hadar.staff.northReceptionist)
    expect(await north('PUT /appointments/:id/fields', { params: { id: visit }, body: { values: [{ fieldId, value: 'x', version: 0 }] } })).toMatchObject({ status: 403, problem: { code: 'forbidden' } })
    expect((await desk('GET /appointments/:id/fields', { params: { id: visit } })).body.items.some((one) => one.fieldId === fieldId)).toBe(false)
  })

  test('of a note stay as they were when it is signed', async () => {
    const { id: fieldId } = await made({ subject: 'note', kind: 'number', sensitivity: 'clinical' })
    const put = (value: number, version: number) => doctor('PUT /encounters/:id/fields', { params: { id: note }, body: { values: [{ fieldId, value, version }] } })
    expect((await put(36, 0)).status).toBe(200)
    expect((await doctor('PUT /encounters/:id/draft', { params: { id: note }, body: { baseSeq: 0, body: 'בדיקה תקינה' } })).status).toBe(200)
    expect((await doctor('POST /encounters/:id/signature', { params: { id: note }, body: { seq: 1 } })).status).toBe(201)
    expect(await put(41, 1)).toMatchObject({ status: 409, problem: { code: 'note_already_signed' } })
    expect((await doctor('GET /encounters/:id/fields', { params: { id: note } })).body.items.find((one) => one.fieldId === fieldId)).toMatchObject({ value: 36, version: 1 })
  })
})
