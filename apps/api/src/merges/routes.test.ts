import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)
const owner = await api.as(hadar.staff.owner)
const stranger = await api.as(thames.staff.owner)

const newPatient = async (body: { givenName: string; familyName?: string; phones?: { number: string }[]; identifier?: { kind: 'national_id'; value: string }; deskNote?: string; alerts?: string }) => {
  const id = uuid()
  const { alerts, ...rest } = body
  expect((await desk('POST /patients', { body: { id, phones: [], ...rest } })).status).toBe(201)
  if (alerts) await doctor('PATCH /patients/:id', { params: { id }, body: { version: 1, alerts } })
  return id
}
const pageOf = async (id: string, as = desk) => (await as('GET /patients/:id', { params: { id } })).body

test('two records of one person become one, with a second person, and two again', async () => {
  const survivorId = await newPatient({ givenName: 'יהודה', familyName: 'אלון', phones: [{ number: '052-7000001' }], alerts: 'אלרגיה לפניצילין' })
  const mergedId = await newPatient({ givenName: 'יאודה', familyName: 'אלון', phones: [{ number: '052-7000002' }], identifier: { kind: 'national_id', value: '123456782' }, alerts: 'מדללי דם' })
  await desk('POST /patients/:id/consents', { params: { id: mergedId }, body: { id: uuid(), channel: 'sms', purpose: 'service', state: 'refused', source: 'desk' } })

  const { body: preview } = await desk('POST /patient-merge-previews', { body: { survivorId, mergedId } })
  expect(preview.fields).toEqual([{ field: 'name', usual: 'survivor' }, { field: 'identifier', usual: 'merged' }, { field: 'phones', usual: 'both' }])
  expect(preview.comesOver).toEqual([{ kind: 'consents', count: 1 }])
  expect(JSON.stringify(preview), 'the desk sees no clinical word').not.toMatch(/פניצילין|מדללי/)

  const id = uuid()
  const proposal = { body: { id, survivorId, mergedId, choices: {}, reason: 'אותו אדם, כתיב אחר' } }
  expect(await desk('POST /patient-merges', proposal)).toMatchObject({ status: 201, body: { state: 'proposed', proposedByMe: true } })
  expect(await desk('POST /patient-merges', proposal), 'a repeated request').toMatchObject({ status: 201, body: { id } })
  expect(await desk('POST /patient-merges', { body: { ...proposal.body, id: uuid(), survivorId: mergedId, mergedId: survivorId } })).toMatchObject({ status: 409, problem: { code: 'merge_proposed' } })
  expect(await desk('POST /patient-merges/:id/approval', { params: { id } })).toMatchObject({ status: 403 })
  expect((await doctor('GET /patient-merges')).body.items).toMatchObject([{ id, proposedByMe: false }])
  expect((await doctor('GET /patient-merges/:id', { params: { id } })).body.preview?.merged.id).toBe(mergedId)

  expect(await doctor('POST /patient-merges/:id/approval', { params: { id } })).toMatchObject({ status: 200, body: { state: 'merged', decidedBy: hadar.staff.doctor.name } })
  const whole = await pageOf(mergedId, doctor) // by the old address
  expect(whole.patient).toMatchObject({ id: survivorId, givenName: 'יהודה', identifier: { masked: '•••••6782' }, alerts: 'אלרגיה לפניצילין\nמדללי דם' })
  expect(whole.patient.phones.map(({ number }) => number)).toEqual(['+972527000001', '+972527000002'])
  expect(whole.consents).toMatchObject([{ state: 'refused' }])
  expect((await desk('POST /patient-searches', { body: { text: '7000002' } })).body.items.map((item) => item.id)).toEqual([survivorId])
  expect(await desk('PATCH /patients/:id', { params: { id: mergedId }, body: { version: 3, deskNote: 'x' } })).toMatchObject({ status: 409, problem: { code: 'patient_merged', params: { patientId: survivorId } } })
  expect((await doctor('GET /patient-merges/:id', { params: { id } })).body.goesBack).toEqual([{ kind: 'consents', count: 1 }])

  const { body: now } = await desk('PATCH /patients/:id', { params: { id: survivorId }, body: { version: whole.patient.version, deskNote: 'נכתב אחרי האיחוד' } })
  expect(now.deskNote).toBe('נכתב אחרי האיחוד')
  expect(await owner('POST /patient-merges/:id/undo', { params: { id } })).toMatchObject({ status: 200, body: { state: 'undone' } })
  expect((await pageOf(survivorId, doctor)).patient).toMatchObject({ identifier: null, alerts: 'אלרגיה לפניצילין', deskNote: 'נכתב אחרי האיחוד', phones: [{ number: '+972527000001' }] })
  expect((await pageOf(mergedId, doctor)).patient).toMatchObject({ id: mergedId, givenName: 'יאודה', alerts: 'מדללי דם', identifier: { masked: '•••••6782' }, phones: [{ number: '+972527000002' }] })
  expect((await pageOf(mergedId)).consents).toMatchObject([{ state: 'refused' }])
  expect(await owner('POST /patient-merges/:id/undo', { params: { id } })).toMatchObject({ status: 409, problem: { code: 'merge_not_standing' } })
  const events = await api.database.db.selectFrom('event').select('name').where('patient_id', '=', survivorId).where('name', 'like', 'patient.%merge%').orderBy('seq').execute()
  expect(events.map(({ name }) => name)).toEqual(['patient.merge_proposed', 'patient.merged', 'patient.unmerged'])
})

test('whoever proposed it cannot approve it, whatever their role; the database says so too', async () => {
  const [survivorId, mergedId] = [await newPatient({ givenName: 'רון' }), await newPatient({ givenName: 'רון' })]
  const id = uuid()
  await doctor('POST /patient-merges', { body: { id, survivorId, mergedId, choices: {} } })
  expect(await doctor('POST /patient-merges/:id/approval', { params: { id } })).toMatchObject({ status: 409, problem: { code: 'merge_by_self' } })
  const forced = api.database.ownerPool.query(`update patient_merge set state = 'merged', decided_by = proposed_by, decided_at = now(), before_sealed = '\\x00' where id = $1`, [id])
  await expect(forced).rejects.toThrow('patient_merge_by_another')
  expect(await desk('POST /patient-merges/:id/refusal', { params: { id } })).toMatchObject({ status: 200, body: { state: 'declined' } })
  expect(await owner('POST /patient-merges/:id/approval', { params: { id } })).toMatchObject({ status: 409, problem: { code: 'merge_decided' } })
})

test('another clinic knows nothing of it', async () => {
  const [survivorId, mergedId] = [await newPatient({ givenName: 'גל' }), await newPatient({ givenName: 'גל' })]
  const id = uuid()
  await desk('POST /patient-merges', { body: { id, survivorId, mergedId, choices: {} } })
  expect((await stranger('GET /patient-merges')).body.items).toEqual([])
  expect((await stranger('GET /patient-merges/:id', { params: { id } })).status).toBe(404)
  expect((await stranger('POST /patient-merge-previews', { body: { survivorId, mergedId } })).status).toBe(404)
  for (const key of ['POST /patient-merges/:id/approval', 'POST /patient-merges/:id/undo'] as const) expect((await stranger(key, { params: { id } })).status).toBe(404)
})

test('a message that waits for the merged record goes to the phone of the one that lives on, once; the undo gives it back', async () => {
  const survivorId = await newPatient({ givenName: 'נעמי', phones: [{ number: '052-7000011' }] })
  const mergedId = await newPatient({ givenName: 'נעמי', phones: [{ number: '052-7000012' }] })
  const message = uuid()
  await api.database.ownerPool.query(`insert into message (clinic_id, id, kind, channel, patient_id, dedupe_key, language, to_address, body, not_before, created_at)
    values ($1, $2, 'booked', 'sms', $3, 'merge test', 'he', '+972527000012', 'x', now(), now())`, [hadar.id, message, mergedId])
  const where = async () => (await api.database.db.selectFrom('message').select(['patient_id', 'to_address']).where('id', '=', message).executeTakeFirstOrThrow())
  const id = uuid()
  await desk('POST /patient-merges', { body: { id, survivorId, mergedId, choices: { phones: 'survivor' } } })
  await doctor('POST /patient-merges/:id/approval', { params: { id } })
  expect(await where()).toEqual({ patient_id: survivorId, to_address: '+972527000011' })
  await doctor('POST /patient-merges/:id/undo', { params: { id } })
  expect(await where()).toEqual({ patient_id: mergedId, to_address: '+972527000012' })
})

test('of merges one upon another the last is undone first, and the trail of a merged record belongs to the one it goes on in', async () => {
  const [a, b, c] = [await newPatient({ givenName: 'אלף' }), await newPatient({ givenName: 'בית' }), await newPatient({ givenName: 'גימל' })]
  const merge = async (survivorId: string, mergedId: string) => {
    const id = uuid()
    await desk('POST /patient-merges', { body: { id, survivorId, mergedId, choices: {} } })
    await doctor('POST /patient-merges/:id/approval', { params: { id } })
    return id
  }
  const first = await merge(b, a)
  const second = await merge(c, b)
  expect((await pageOf(a)).patient.id).toBe(c)
  const trail = (await owner('GET /events', { query: { patientId: c } })).body.items.map(({ patientId }) => patientId)
  expect(trail).toEqual(expect.arrayContaining([a, b, c]))
  expect(await doctor('POST /patient-merges/:id/undo', { params: { id: first } })).toMatchObject({ status: 409, problem: { code: 'merge_not_last' } })
  await doctor('POST /patient-merges/:id/undo', { params: { id: second } })
  expect((await pageOf(a)).patient.id).toBe(b)
  expect(await doctor('POST /patient-merges/:id/undo', { params: { id: first } })).toMatchObject({ status: 200 })
})
