import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const doctor = await api.as(hadar.staff.doctor)
const otherDoctor = await api.as(hadar.staff.otherDoctor)
const assistant = await api.as(hadar.staff.assistant)
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const stranger = await api.as(thames.staff.doctor)
const strangerOwner = await api.as(thames.staff.owner)

type As = typeof doctor
let count = 0
const text = (given: object = {}) => ({ id: uuid(), kind: 'template' as 'template' | 'snippet', own: true, name: `תבנית ${(count += 1)}`, body: 'תלונה: [__]\nכאב: [אין|קל|חזק]', visitTypeIds: [] as string[], ...given })
const add = (as: As, given: object = {}) => as('POST /note-texts', { body: text(given) })
const names = async (as: As) => (await as('GET /note-texts', {})).body.items.map(({ name }) => name)
const change = (as: As, id: string, version: number, given: object) => as('PUT /note-texts/:id', { params: { id }, body: { version, name: 'א', body: 'ב', visitTypeIds: [], ...given } })
const remove = (as: As, id: string) => as('DELETE /note-texts/:id', { params: { id } })

describe('whose they are', () => {
  test("one's own are seen by nobody else, the clinic's by all who read notes", async () => {
    await add(doctor, { name: 'שלי' })
    await add(owner, { name: 'של המרפאה', own: false })
    expect(await names(doctor)).toEqual(expect.arrayContaining(['שלי', 'של המרפאה']))
    expect(await names(otherDoctor)).not.toContain('שלי')
    expect(await names(assistant)).toContain('של המרפאה')
    expect(await names(stranger)).toEqual([])
    expect((await desk('GET /note-texts', {})).status).toBe(403)
  })

  test("the clinic's are set up by its owner, one's own by who writes notes", async () => {
    expect((await add(doctor, { own: false })).status).toBe(403)
    expect((await add(owner)).status).toBe(403)
    expect((await add(assistant)).status).toBe(403)
    const { body: clinics } = await add(owner, { own: false })
    const { body: mine } = await add(doctor)
    expect([(await change(doctor, clinics.id, 1, {})).status, (await change(otherDoctor, mine.id, 1, {})).status, (await change(owner, mine.id, 1, {})).status]).toEqual([403, 404, 404])
    expect([(await remove(doctor, clinics.id)).status, (await remove(otherDoctor, mine.id)).status, (await remove(strangerOwner, clinics.id)).status]).toEqual([403, 404, 404])
  })
})

test('a repeated request finds its own, another name of the same id is refused', async () => {
  const mine = text()
  expect(await doctor('POST /note-texts', { body: mine })).toMatchObject({ status: 201, body: { ...mine, version: 1 } })
  expect(await doctor('POST /note-texts', { body: mine })).toMatchObject({ status: 201, body: { version: 1 } })
  expect(await doctor('POST /note-texts', { body: { ...mine, name: 'אחר' } })).toMatchObject({ status: 409, problem: { code: 'id_taken' } })
})

test('a name is there once for each owner; the doctor and the clinic may both have it', async () => {
  expect((await add(doctor, { name: 'פעמיים' })).status).toBe(201)
  expect(await add(doctor, { name: 'פעמיים' })).toMatchObject({ status: 409, problem: { code: 'note_text_name_taken' } })
  expect((await add(owner, { name: 'פעמיים', own: false })).status).toBe(201)
  expect(await add(owner, { name: 'פעמיים', own: false })).toMatchObject({ status: 409, problem: { code: 'note_text_name_taken' } })
})

test('the letters of a snippet can be typed in one go', async () => {
  for (const name of ['שתי מילים', 'א;ב', 'א/ב', 'א'.repeat(21)]) expect(await add(doctor, { kind: 'snippet', name })).toMatchObject({ status: 422, problem: { code: 'snippet_letters' } })
  expect((await add(doctor, { kind: 'snippet', name: 'ניק', body: 'ניקוי אבנית' })).status).toBe(201)
})

describe('the template that a note begins with', () => {
  const checkUp = hadar.visitTypes.checkUp
  const starts = async (as: As) => (await as('GET /note-texts', {})).body.items.filter(({ visitTypeIds }) => visitTypeIds.includes(checkUp)).map(({ name }) => name)

  test('is one of the clinic and one of each person: the last that was chosen', async () => {
    await add(owner, { own: false, name: 'מרפאה א', visitTypeIds: [checkUp] })
    const { body } = await add(owner, { own: false, name: 'מרפאה ב', visitTypeIds: [checkUp] })
    expect(await starts(doctor)).toEqual(['מרפאה ב'])
    await add(doctor, { name: 'שלי לבדיקה', visitTypeIds: [checkUp] })
    expect((await starts(doctor)).toSorted()).toEqual(['מרפאה ב', 'שלי לבדיקה'])
    expect(await starts(otherDoctor)).toEqual(['מרפאה ב'])
    expect((await change(owner, body.id, 1, { name: 'מרפאה ב' })).body).toMatchObject({ version: 2, visitTypeIds: [] })
    expect(await starts(otherDoctor)).toEqual([])
  })

  test('however many are chosen at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => add(owner, { own: false, name: `מרוץ ${index}`, visitTypeIds: [checkUp] })))
    expect(answers.every(({ status, problem }) => status === 201 || problem.code === 'note_text_start_taken')).toBe(true)
    expect(await starts(otherDoctor)).toHaveLength(1)
  })

  test('is not of a visit type of another clinic', async () => {
    expect(await add(doctor, { visitTypeIds: [thames.visitTypes.checkUp] })).toMatchObject({ status: 422, problem: { code: 'reference_unknown' } })
  })
})

test('nobody writes over a change that they have not seen; what is removed is gone, and leaves its event', async () => {
  const { body } = await add(doctor)
  expect((await change(doctor, body.id, 1, { name: 'חדש', body: 'מילים' })).body).toMatchObject({ version: 2, name: 'חדש', body: 'מילים' })
  expect(await change(doctor, body.id, 1, { name: 'ישן' })).toMatchObject({ status: 409, problem: { code: 'stale_version', params: { current: 2 } } })
  expect([(await remove(doctor, body.id)).status, (await remove(doctor, body.id)).status]).toEqual([204, 404])
  expect(await names(doctor)).not.toContain('חדש')
  const { rows } = await api.database.ownerPool.query<{ details: unknown }>(`select details from event where subject_id = $1 and name = 'note_text.changed' order by seq`, [body.id])
  expect(rows.map(({ details }) => details)).toMatchObject([{ how: 'added', own: true }, { how: 'changed' }, { how: 'removed' }])
})
