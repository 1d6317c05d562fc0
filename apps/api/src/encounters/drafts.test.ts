import { v7 as uuid } from 'uuid'
import { castId } from '@yoman/testing/cast'
import { testApi } from '@yoman/testing/api'
import { instant } from '@yoman/domain/time'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const doctor = await api.as(hadar.staff.doctor)
const hygienist = await api.as(hadar.staff.hygienist)
const assistant = await api.as(hadar.staff.assistant)
const desk = await api.as(hadar.staff.receptionist)
const stranger = await api.as(thames.staff.doctor)

let minutes = 0
const open = async (): Promise<string> => {
  const startsAt = instant('2026-11-22T06:00:00Z').add({ minutes: (minutes += 5) })
  const appointmentId = castId('visit', String(startsAt))
  await api.database.ownerPool.query(
    `insert into appointment (clinic_id, id, branch_id, patient_id, practitioner_id, visit_type_id, starts_at, ends_at, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $7::timestamptz + interval '5 minutes', 'in_treatment', $7)`,
    [hadar.id, appointmentId, hadar.branches.center, hadar.patients.sara, hadar.practitioners.doctor, hadar.visitTypes.checkUp, String(startsAt)],
  )
  return (await doctor('POST /encounters', { body: { id: uuid(), appointmentId } })).body.id
}
const draft = (as: typeof doctor, id: string, baseSeq: number, body: string) => as('PUT /encounters/:id/draft', { params: { id }, body: { baseSeq, body } })
const aside = (as: typeof doctor, id: string, body: string, versionId = uuid()) => as('POST /encounters/:id/asides', { params: { id }, body: { id: versionId, body } })
const versions = async (as: typeof doctor, id: string) => (await as('GET /encounters/:id/versions', { params: { id } })).body.items
const version = (as: typeof doctor, id: string, seq: number) => as('GET /encounters/:id/version', { params: { id }, query: { seq } })

describe('the text that was not chosen', () => {
  test('is kept beside the note, is in nobody\'s way, and is found among the earlier versions', async () => {
    const id = await open()
    await draft(doctor, id, 0, 'של הרופאה')
    const versionId = uuid()
    expect(await aside(hygienist, id, 'של השיננית', versionId)).toMatchObject({ status: 201, body: { seq: 2 } })
    expect(await aside(hygienist, id, 'של השיננית', versionId)).toMatchObject({ status: 201, body: { seq: 2 } })
    expect(await aside(hygienist, id, 'אחר', versionId)).toMatchObject({ status: 409, problem: { code: 'id_taken' } })
    expect(await draft(doctor, id, 1, 'של הרופאה, ועוד')).toMatchObject({ status: 200, body: { seq: 3 } })
    expect((await doctor('GET /encounters/:id', { params: { id } })).body.note).toMatchObject({ seq: 3, body: 'של הרופאה, ועוד' })
    expect(await versions(assistant, id)).toMatchObject([
      { seq: 2, kind: 'aside', authorId: hadar.staff.hygienist.id },
      { seq: 3, kind: 'draft', authorId: hadar.staff.doctor.id },
    ])
    expect(await version(doctor, id, 2)).toMatchObject({ status: 200, body: { kind: 'aside', body: 'של השיננית' } })
    expect((await doctor('POST /encounters/:id/signature', { params: { id }, body: { seq: 3 } })).body.note).toMatchObject({ seq: 4, body: 'של הרופאה, ועוד' })
    expect(await aside(hygienist, id, 'מאוחר מדי')).toMatchObject({ status: 409, problem: { code: 'note_already_signed' } })
  })

  test('is not nothing, and is sealed', async () => {
    const id = await open()
    expect(await aside(doctor, id, ' \n')).toMatchObject({ status: 400, problem: { code: 'malformed' } })
    await aside(doctor, id, 'סוד גמור')
    const { rows } = await api.database.ownerPool.query<{ body_sealed: Buffer }>('select body_sealed from note_version where encounter_id = $1', [id])
    expect(rows).toHaveLength(1)
    expect(rows[0]?.body_sealed.includes(Buffer.from('סוד'))).toBe(false)
  })
})

test('a text past the limit is refused in words, with its length: as a draft, beside the note and as an amendment', async () => {
  const id = await open()
  const body = 'א'.repeat(50_001)
  const tooLong = { status: 422, problem: { code: 'note_too_long', params: { length: 50_001, most: 50_000 } } }
  expect(await draft(doctor, id, 0, body)).toMatchObject(tooLong)
  expect(await aside(doctor, id, body)).toMatchObject(tooLong)
  expect(await draft(doctor, id, 0, body.slice(1))).toMatchObject({ status: 200, body: { seq: 1 } })
  await doctor('POST /encounters/:id/signature', { params: { id }, body: { seq: 1 } })
  expect(await doctor('POST /encounters/:id/amendments', { params: { id }, body: { id: uuid(), reason: 'המשך', body } })).toMatchObject(tooLong)
})

describe('earlier versions', () => {
  test('keep words that somebody took out, and each reading leaves its event', async () => {
    const id = await open()
    await draft(doctor, id, 0, 'טופלה שן 26, הרדמה מקומית, ללא סיבוכים במהלך הטיפול')
    await draft(doctor, id, 1, 'טופלה')
    expect((await versions(doctor, id)).map(({ seq }) => seq)).toEqual([1, 2])
    expect((await version(doctor, id, 1)).body.body).toContain('ללא סיבוכים')
    const { rows } = await api.database.ownerPool.query(`select 1 from event where subject_id = $1 and name = 'encounter.read'`, [id])
    expect(rows).toHaveLength(2)
  })

  test('are of the clinical roles, of this clinic, and of versions that there are', async () => {
    const id = await open()
    await draft(doctor, id, 0, 'סוד')
    expect([(await version(desk, id, 1)).status, (await version(stranger, id, 1)).status, (await version(doctor, id, 2)).status]).toEqual([403, 404, 404])
    expect((await stranger('GET /encounters/:id/versions', { params: { id } })).status).toBe(404)
    expect((await aside(assistant, id, 'א')).status).toBe(403)
    expect((await aside(stranger, id, 'א')).status).toBe(404)
  })
})

describe('the keys of drafts on a device', () => {
  const keyOf = async (as: typeof doctor) => (await as('GET /draft-keys', {})).body.items[0]

  test('are the same each time, and each person\'s own', async () => {
    const [mine, again, hers, elsewhere] = await Promise.all([keyOf(doctor), keyOf(doctor), keyOf(hygienist), keyOf(stranger)])
    expect(mine).toEqual(again)
    expect(Buffer.from(mine?.key ?? '', 'base64')).toHaveLength(32)
    expect(new Set([mine?.key, hers?.key, elsewhere?.key]).size).toBe(3)
  })

  test('are not for those who write no notes', async () => {
    for (const as of [desk, assistant]) expect((await as('GET /draft-keys', {})).status).toBe(403)
  })
})

test('nobody is present in a note of another clinic, or in one that they may not write', async () => {
  const id = await open()
  const here = (as: typeof doctor) => as('PUT /encounters/:id/presence', { params: { id }, body: { tab: uuid(), line: uuid(), doing: 'writing', since: '2026-11-22T08:40:00Z', seq: 0, asks: true } })
  expect([(await here(doctor)).status, (await here(stranger)).status, (await here(assistant)).status, (await here(desk)).status]).toEqual([204, 404, 403, 403])
})
