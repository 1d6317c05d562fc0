import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const doctor = await api.as(hadar.staff.doctor)
const hygienist = await api.as(hadar.staff.hygienist)
const assistant = await api.as(hadar.staff.assistant)
const desk = await api.as(hadar.staff.receptionist)
const stranger = await api.as(thames.staff.doctor)

const params = { id: hadar.patients.sara }
type Said = { tooth: string; kind: 'caries' | 'crown' | 'filling' | 'missing'; state?: 'existing' | 'planned'; surfaces?: string; id?: string }
const note = (as: typeof doctor, { id = uuid(), state = 'existing', ...said }: Said) => as('POST /patients/:id/tooth-findings', { params, body: { id, state, ...said } })
const end = (as: typeof doctor, id: string, how: 'done' | 'changed' | 'mistake') => as('POST /tooth-findings/:id/ending', { params: { id }, body: { as: how } })
const reopen = (as: typeof doctor, id: string) => as('POST /tooth-findings/:id/reopening', { params: { id } })
const teeth = async () => (await doctor('GET /patients/:id/teeth', { params })).body

test('what is seen and planned stands with the tooth, its faces in their order, by whom and when', async () => {
  const { status, body } = await note(doctor, { tooth: '36', kind: 'caries', surfaces: 'do' })
  expect([status, body]).toEqual([201, expect.objectContaining({ tooth: '36', kind: 'caries', state: 'existing', surfaces: 'OD', recordedBy: hadar.staff.doctor.id, endedAs: null })])
  await note(hygienist, { tooth: '36', kind: 'filling', state: 'planned', surfaces: 'OD' })
  expect((await teeth()).findings.map(({ kind, state }) => [kind, state])).toEqual([['caries', 'existing'], ['filling', 'planned']])
})

test('the same thing is noted once, however often and by however many it is said', async () => {
  const [a, b] = await Promise.all([doctor, hygienist].map((as) => note(as, { tooth: '11', kind: 'crown' })))
  expect([a?.status, b?.status]).toEqual([201, 201])
  expect(a?.body.id).toBe(b?.body.id)
  const again = await note(doctor, { id: a?.body.id ?? '', tooth: '11', kind: 'crown' })
  expect(again).toMatchObject({ status: 201, body: { id: a?.body.id } })
  expect(await note(doctor, { id: a?.body.id ?? '', tooth: '12', kind: 'crown' })).toMatchObject({ status: 409, problem: { code: 'id_taken' } })
  expect((await teeth()).findings.filter(({ tooth }) => tooth === '11')).toHaveLength(1)
})

test('it ends in one way, stays readable, and can be taken back unless it was noted anew', async () => {
  const { body } = await note(doctor, { tooth: '46', kind: 'filling', state: 'planned', surfaces: 'MO' })
  expect(await end(hygienist, body.id, 'done')).toMatchObject({ status: 200, body: { endedAs: 'done', endedBy: hadar.staff.hygienist.id } })
  expect((await end(doctor, body.id, 'done')).status).toBe(200)
  expect(await end(doctor, body.id, 'mistake')).toMatchObject({ status: 409, problem: { code: 'finding_ended' } })
  expect(await reopen(doctor, body.id)).toMatchObject({ status: 200, body: { endedAs: null } })
  await end(doctor, body.id, 'changed')
  await note(doctor, { tooth: '46', kind: 'filling', state: 'planned', surfaces: 'OM' })
  expect(await reopen(doctor, body.id)).toMatchObject({ status: 409, problem: { code: 'finding_known' } })
  expect((await teeth()).findings.find(({ id }) => id === body.id)).toMatchObject({ endedAs: 'changed' })
  const events = await api.database.db.selectFrom('event').select('name').where('subject_id', '=', body.id).orderBy('seq').execute()
  expect(events.map(({ name }) => name)).toEqual(['tooth.noted', 'tooth.ended', 'tooth.reopened', 'tooth.ended'])
})

test('what cannot be is refused with its reason', async () => {
  expect(await note(doctor, { tooth: '56', kind: 'crown' })).toMatchObject({ status: 422, problem: { code: 'tooth_unknown' } })
  expect(await note(doctor, { tooth: '16', kind: 'filling', surfaces: 'X' })).toMatchObject({ status: 422, problem: { code: 'surface_unknown' } })
  expect(await note(doctor, { tooth: '16', kind: 'crown', surfaces: 'O' })).toMatchObject({ status: 422, problem: { code: 'surface_unknown' } })
  expect(await note(doctor, { tooth: '16', kind: 'caries', state: 'planned' })).toMatchObject({ status: 422, problem: { code: 'finding_form_wrong' } })
})

test('clinical eyes only: an assistant reads, a desk does not, another clinic has no such patient', async () => {
  const { body } = await note(doctor, { tooth: '21', kind: 'missing' })
  expect((await assistant('GET /patients/:id/teeth', { params })).status).toBe(200)
  expect((await note(assistant, { tooth: '22', kind: 'missing' })).status).toBe(403)
  expect((await desk('GET /patients/:id/teeth', { params })).status).toBe(403)
  expect((await stranger('GET /patients/:id/teeth', { params })).status).toBe(404)
  expect((await note(stranger, { tooth: '22', kind: 'missing' })).status).toBe(404)
  expect((await end(stranger, body.id, 'mistake')).status).toBe(404)
  expect((await reopen(stranger, body.id)).status).toBe(404)
  const read = await api.database.db.selectFrom('event').select('details').where('name', '=', 'patient.read').where('actor_id', '=', hadar.staff.assistant.id).executeTakeFirst()
  expect(read?.details).toEqual({ part: 'teeth' })
})

test('what was done to a tooth is there with its faces and visit', async () => {
  const encounterId = uuid()
  await api.database.ownerPool.query(
    `insert into encounter (clinic_id, id, patient_id, practitioner_id, branch_id, started_at) values ($1, $2, $3, $4, $5, '2026-11-20T08:00:00Z')`,
    [hadar.id, encounterId, hadar.patients.sara, hadar.practitioners.doctor, hadar.branches.center],
  )
  const procedures = [{ id: uuid(), priceItemId: hadar.prices.exam, quantity: 1, tooth: '36', surfaces: 'dom' }, { id: uuid(), priceItemId: hadar.prices.exam, quantity: 1 }]
  const put = (list: { id: string; priceItemId: string; quantity: number; tooth?: string; surfaces?: string }[]) => doctor('PUT /encounters/:id/procedures', { params: { id: encounterId }, body: { version: 1, procedures: list } })
  expect(await put([{ id: uuid(), priceItemId: hadar.prices.exam, quantity: 1, surfaces: 'M' }])).toMatchObject({ status: 422, problem: { code: 'surface_unknown' } })
  expect((await put(procedures)).body.procedures.map(({ surfaces }) => surfaces)).toEqual(['MOD', ''])
  expect((await teeth()).done).toEqual([expect.objectContaining({ encounterId, tooth: '36', surfaces: 'MOD', practitionerId: hadar.practitioners.doctor, at: '2026-11-20T08:00:00Z', signed: false })])
})
