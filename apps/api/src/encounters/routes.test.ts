import { v7 as uuid } from 'uuid'
import { castId } from '@yoman/testing/cast'
import { testApi } from '@yoman/testing/api'
import { instant } from '@yoman/domain/time'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const doctor = await api.as(hadar.staff.doctor)
const otherDoctor = await api.as(hadar.staff.otherDoctor)
const hygienist = await api.as(hadar.staff.hygienist)
const assistant = await api.as(hadar.staff.assistant)
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const stranger = await api.as(thames.staff.doctor)

/** Vowel points, cantillation, Arabic, emoji with joiners, direction marks, a combining accent, tabs and line breaks. */
const words = 'בְּרֵאשִׁ֖ית טופלה שן 26\u200f\n\tعولج السن\u200e 👩🏽‍⚕️ e\u0301 ß\r\nוגם “מירכאות”'

let minutes = 0
const visit = async (given: { status?: string; patientId?: string } = {}) => {
  const startsAt = instant('2026-11-22T06:00:00Z').add({ minutes: (minutes += 5) })
  const id = castId('visit', String(startsAt))
  await api.database.ownerPool.query(
    `insert into appointment (clinic_id, id, branch_id, patient_id, practitioner_id, visit_type_id, starts_at, ends_at, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $7::timestamptz + interval '5 minutes', $8, $7)`,
    [hadar.id, id, hadar.branches.center, given.patientId ?? hadar.patients.sara, hadar.practitioners.doctor, hadar.visitTypes.checkUp, String(startsAt), given.status ?? 'in_treatment'],
  )
  return id
}
const open = async (given: Parameters<typeof visit>[0] = {}) => {
  const { body, status } = await doctor('POST /encounters', { body: { id: uuid(), appointmentId: await visit(given) } })
  if (status !== 201) throw new Error('no encounter')
  return body
}
const draft = (as: typeof doctor, id: string, baseSeq: number, body: string) => as('PUT /encounters/:id/draft', { params: { id }, body: { baseSeq, body } })
const signature = (as: typeof doctor, id: string, seq: number) => as('POST /encounters/:id/signature', { params: { id }, body: { seq } })
const get = async (id: string) => (await doctor('GET /encounters/:id', { params: { id } })).body
const versionsOf = (id: string) => api.database.db.selectFrom('note_version').selectAll().where('encounter_id', '=', id).orderBy('seq').execute()

describe('opening', () => {
  test('a visit has one encounter, whoever opens it and however often', async () => {
    const appointmentId = await visit()
    const [a, b, c] = await Promise.all([doctor, hygienist, doctor].map((as) => as('POST /encounters', { body: { id: uuid(), appointmentId } })))
    expect([a?.status, b?.status, c?.status]).toEqual([201, 201, 201])
    expect(new Set([a?.body.id, b?.body.id, c?.body.id]).size).toBe(1)
    expect(a?.body).toMatchObject({ appointmentId, patientId: hadar.patients.sara, status: 'draft', note: null, procedures: [] })
  })

  test('what somebody else wrote is not shown without an event of the reading', async () => {
    const appointmentId = await visit()
    const { body } = await doctor('POST /encounters', { body: { id: uuid(), appointmentId } })
    await draft(doctor, body.id, 0, words)
    expect((await hygienist('POST /encounters', { body: { id: uuid(), appointmentId } })).body.note?.body).toBe(words)
    const events = await api.database.db.selectFrom('event').select(['name', 'actor_id']).where('subject_id', '=', body.id).orderBy('seq').execute()
    expect(events.at(-1)).toEqual({ name: 'encounter.read', actor_id: hadar.staff.hygienist.id })
  })

  test('not of a visit that was cancelled or missed, nor of one that is not there', async () => {
    for (const status of ['cancelled', 'no_show']) {
      expect(await doctor('POST /encounters', { body: { id: uuid(), appointmentId: await visit({ status }) } })).toMatchObject({ status: 409, problem: { code: 'appointment_is_final' } })
    }
    expect(await doctor('POST /encounters', { body: { id: uuid(), appointmentId: uuid() } })).toMatchObject({ status: 422, problem: { code: 'reference_unknown' } })
    expect(await stranger('POST /encounters', { body: { id: uuid(), appointmentId: await visit() } })).toMatchObject({ status: 422, problem: { code: 'reference_unknown' } })
  })

  test('an id of another encounter is refused', async () => {
    const { id } = await open()
    expect(await doctor('POST /encounters', { body: { id, appointmentId: await visit() } })).toMatchObject({ status: 409, problem: { code: 'id_taken' } })
  })
})

describe('the note', () => {
  test('survives letter by letter, sealed, a version for each autosave', async () => {
    const { id } = await open()
    expect(await draft(doctor, id, 0, 'טופל')).toMatchObject({ status: 200, body: { seq: 1 } })
    expect(await draft(doctor, id, 1, words)).toMatchObject({ status: 200, body: { seq: 2 } })
    expect((await get(id)).note).toMatchObject({ seq: 2, kind: 'draft', body: words, authorId: hadar.staff.doctor.id })
    const versions = await versionsOf(id)
    expect(versions.map(({ seq, kind }) => [seq, kind])).toEqual([[1, 'draft'], [2, 'draft']])
    expect(versions.some(({ body_sealed }) => body_sealed.includes(Buffer.from('טופל')))).toBe(false)
  })

  test('a repeated autosave writes nothing', async () => {
    const { id } = await open()
    await draft(doctor, id, 0, 'א')
    expect(await draft(doctor, id, 0, 'א')).toMatchObject({ status: 200, body: { seq: 1 } })
    expect(await versionsOf(id)).toHaveLength(1)
  })

  test('two who write at once: one version, and the other is told whose', async () => {
    const { id } = await open()
    const [a, b] = await Promise.all([draft(doctor, id, 0, 'שלי'), draft(otherDoctor, id, 0, 'שלה')])
    expect([a.status, b.status].toSorted()).toEqual([200, 409])
    const [won, lost] = a.status === 200 ? [hadar.staff.doctor, b] : [hadar.staff.otherDoctor, a]
    expect(lost.problem).toMatchObject({ code: 'stale_version', params: { current: 1, authorId: won.id } })
    expect(await versionsOf(id)).toHaveLength(1)
  })

  test('fifty autosaves on one base leave one version', async () => {
    const { id } = await open()
    const answers = await Promise.all(Array.from({ length: 50 }, (_, number) => draft(doctor, id, 0, `גרסה ${number}`)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(49).fill(409)])
  })

  test('characters that Postgres cannot keep are told, not dropped', async () => {
    const { id } = await open()
    for (const body of ['\u0000', 'א\u0007', '\ud800']) expect((await draft(doctor, id, 0, body)).status).toBe(400)
  })

  test('of fifty thousand letters is taken, and of one more is not', async () => {
    const { id } = await open()
    expect((await draft(doctor, id, 0, 'ש'.repeat(50_000))).status).toBe(200)
    expect((await draft(doctor, id, 1, 'ש'.repeat(50_001))).status).toBe(422)
  })
})

describe('the signature', () => {
  test('makes the text final; what follows is an amendment with its reason', async () => {
    const { id } = await open()
    await draft(doctor, id, 0, words)
    const signed = await signature(doctor, id, 1)
    expect(signed).toMatchObject({ status: 201, body: { status: 'signed', signedBy: hadar.staff.doctor.id, note: { seq: 2, kind: 'signed', body: words } } })
    expect(await draft(doctor, id, 2, 'אחר')).toMatchObject({ status: 409, problem: { code: 'note_already_signed' } })
    expect(await signature(doctor, id, 2)).toMatchObject({ status: 409, problem: { code: 'note_already_signed' } })
    const amendment = { id: uuid(), reason: 'טעות בצד', body: 'שן 16 ולא 26' }
    const amend = () => otherDoctor('POST /encounters/:id/amendments', { params: { id }, body: amendment })
    expect(await amend()).toMatchObject({ status: 201 })
    expect(await amend()).toMatchObject({ status: 201, body: { note: { body: words }, amendments: [{ seq: 3, reason: 'טעות בצד', body: 'שן 16 ולא 26', authorId: hadar.staff.otherDoctor.id }] } })
    expect(await versionsOf(id)).toHaveLength(3)
  })

  test('is of the text that was read, by its author, and not of nothing', async () => {
    const { id } = await open()
    expect(await signature(doctor, id, 1)).toMatchObject({ status: 409, problem: { code: 'stale_version' } })
    await draft(doctor, id, 0, ' \n')
    expect(await signature(doctor, id, 1)).toMatchObject({ status: 422, problem: { code: 'note_empty' } })
    await draft(doctor, id, 1, 'טופל')
    expect(await signature(doctor, id, 1)).toMatchObject({ status: 409, problem: { code: 'stale_version', params: { current: 2 } } })
    expect(await signature(otherDoctor, id, 2)).toMatchObject({ status: 409, problem: { code: 'not_the_author' } })
    expect((await signature(doctor, id, 2)).status).toBe(201)
  })

  test('an unsigned note takes no amendment', async () => {
    const { id } = await open()
    expect(await doctor('POST /encounters/:id/amendments', { params: { id }, body: { id: uuid(), reason: 'כי', body: 'כך' } })).toMatchObject({ status: 409, problem: { code: 'note_not_signed' } })
  })

  test('not even the owner of the database changes what was written', async () => {
    const { id } = await open()
    await draft(doctor, id, 0, 'א')
    await expect(api.database.ownerPool.query('update note_version set reason = $2 where encounter_id = $1', [id, 'x'])).rejects.toThrow('append_only')
    await expect(api.database.ownerPool.query('delete from note_version where encounter_id = $1', [id])).rejects.toThrow('append_only')
  })
})

describe('what was done', () => {
  const record = (id: string, version: number, procedures: { id: string; priceItemId: string; quantity: number; tooth?: string | null }[]) =>
    doctor('PUT /encounters/:id/procedures', { params: { id }, body: { version, procedures } })

  test('takes name and price from the list, and keeps the price when the list changes', async () => {
    const { id } = await open()
    const filling = { id: uuid(), priceItemId: hadar.prices.filling, quantity: 2, tooth: '26' }
    expect(await record(id, 1, [filling])).toMatchObject({ status: 200, body: { version: 2, procedures: [{ ...filling, description: 'סתימה', unitPriceAgorot: 45_000 }] } })
    await api.database.ownerPool.query('update price_item set price_agorot = 50000 where id = $1 and clinic_id = $2', [hadar.prices.filling, hadar.id])
    const exam = { id: uuid(), priceItemId: hadar.prices.exam, quantity: 1 }
    const { body } = await record(id, 2, [{ ...filling, quantity: 1 }, exam])
    expect(body.procedures).toMatchObject([{ quantity: 1, unitPriceAgorot: 45_000 }, { tooth: null, unitPriceAgorot: 18_000 }])
    expect(await record(id, 2, [])).toMatchObject({ status: 409, problem: { code: 'stale_version', params: { current: 3 } } })
    expect((await record(id, 3, [])).body.procedures).toEqual([])
  })

  test('refuses a tooth that nobody has, and an item of another clinic', async () => {
    const { id } = await open()
    expect(await record(id, 1, [{ id: uuid(), priceItemId: hadar.prices.exam, quantity: 1, tooth: '56' }])).toMatchObject({ status: 422, problem: { code: 'tooth_unknown' } })
    expect(await record(id, 1, [{ id: uuid(), priceItemId: thames.prices.exam, quantity: 1 }])).toMatchObject({ status: 422, problem: { code: 'reference_unknown' } })
  })

  test('is final with the signature', async () => {
    const { id } = await open()
    await draft(doctor, id, 0, 'טופל')
    const { body } = await signature(doctor, id, 1)
    expect(await record(id, body.version, [])).toMatchObject({ status: 409, problem: { code: 'note_already_signed' } })
  })
})

describe('who may read', () => {
  test('clinical roles alone; the desk by no route, and the owner neither', async () => {
    const secret = 'מילים שאיש בדלפק לא יקרא'
    const { id } = await open({ patientId: hadar.patients.rivka })
    await draft(doctor, id, 0, secret)
    const params = { id }
    expect((await assistant('GET /encounters/:id', { params })).body.note?.body).toBe(secret)
    for (const as of [desk, owner]) {
      expect((await as('GET /encounters/:id', { params })).status).toBe(403)
      expect((await as('GET /room-days', { query: { date: '2026-11-22' } })).status).toBe(403)
      const page = await as('GET /patients/:id', { params: { id: hadar.patients.rivka } })
      expect(page).toMatchObject({ status: 200, body: { encounters: null } })
      expect(page.raw.body).not.toContain(secret)
    }
    expect((await doctor('GET /patients/:id', { params: { id: hadar.patients.rivka } })).body.encounters).toMatchObject([{ id, note: { body: secret } }])
    expect((await assistant('PUT /encounters/:id/draft', { params, body: { baseSeq: 1, body: 'x' } })).status).toBe(403)
    for (const answer of [await stranger('GET /encounters/:id', { params }), await draft(stranger, id, 1, 'x'), await signature(stranger, id, 1)]) expect(answer.status).toBe(404)
  })

  test('every reading and writing leaves its event', async () => {
    const { id } = await open()
    await draft(doctor, id, 0, 'א')
    await get(id)
    await signature(doctor, id, 1)
    const events = await api.database.db.selectFrom('event').select(['name', 'actor_id', 'patient_id', 'details']).where('subject_id', '=', id).orderBy('seq').execute()
    expect(events.map(({ name }) => name)).toEqual(['encounter.opened', 'encounter.drafted', 'encounter.read', 'encounter.signed'])
    expect(JSON.stringify(events)).not.toContain('"א"')
    expect(events.every((event) => event.actor_id === hadar.staff.doctor.id && event.patient_id === hadar.patients.sara)).toBe(true)
  })
})

describe("the room's day", () => {
  test("shows the doctor's own visits in their order, with alerts and what is written", async () => {
    const patientId = hadar.patients.john
    await doctor('PATCH /patients/:id', { params: { id: patientId }, body: { version: 1, alerts: 'אלרגיה ללטקס' } })
    const { id, appointmentId } = await open({ patientId, status: 'arrived' })
    const { body } = await doctor('GET /room-days', { query: { date: '2026-11-22' } })
    expect(body.items.find((item) => item.appointmentId === appointmentId)).toMatchObject({
      status: 'arrived',
      firstVisit: true,
      encounter: { id, status: 'draft' },
      patient: { id: patientId, givenName: 'John', alerts: 'אלרגיה ללטקס' },
    })
    expect(body.items.map(({ startsAt }) => startsAt)).toEqual(body.items.map(({ startsAt }) => startsAt).toSorted())
    expect(body.items.every(({ status }) => status !== 'cancelled')).toBe(true)
  })

  test("another practitioner's day is theirs, and an assistant sees everyone's", async () => {
    await visit()
    const day = async (as: typeof doctor, query: object = {}) => (await as('GET /room-days', { query: { date: '2026-11-22', ...query } })).body.items.length
    expect(await day(hygienist)).toBe(0)
    expect(await day(assistant)).toBeGreaterThan(0)
    expect(await day(hygienist, { practitionerId: hadar.practitioners.doctor })).toBe(await day(doctor))
    expect(await day(assistant, { branchId: hadar.branches.north })).toBe(0)
    expect(await day(doctor, { date: '2026-11-23' })).toBe(0)
  })
})
