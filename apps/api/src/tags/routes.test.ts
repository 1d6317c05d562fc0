import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const owner = await api.as(hadar.staff.owner)
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)
const accountant = await api.as(hadar.staff.accountant)
const stranger = await api.as(thames.staff.owner)
const { sara } = hadar.patients

const add = (name: string, as = owner, id = uuid()) => as('POST /tags', { body: { id, name, tone: 'info' } })
const made = async (name: string) => (await add(name)).body
const tagsOf = async (as = desk) => (await as('GET /patients/:id/tags', { params: { id: sara } })).body.tagIds

describe('the words', () => {
  test('are the owner’s to define and everybody’s to read', async () => {
    const tag = await made('משפחת עובדים')
    expect((await add('של הקבלה', desk)).status).toBe(403)
    expect((await doctor('GET /tags', {})).body.items.map(({ name }) => name)).toContain('משפחת עובדים')
    expect((await accountant('GET /tags', {})).status).toBe(403)
    expect((await stranger('GET /tags', {})).body.items).toEqual([])
    expect((await stranger('PUT /tags/:id', { params: { id: tag.id }, body: { version: 1, name: 'x', tone: 'info', retired: true } })).status).toBe(404)
  })

  test('are made once; a name is one word’s, also of two at once', async () => {
    const id = uuid()
    expect((await add('חוזר', owner, id)).body).toEqual((await add('חוזר', owner, id)).body)
    expect((await add('אחר', owner, id)).problem.code).toBe('id_taken')
    const both = await Promise.all([add('ביחד'), add('ביחד')])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect((await add('ביחד')).problem.code).toBe('tag_name_taken')
  })

  test('are changed on top of what was read', async () => {
    const tag = await made('לפני')
    const change = (version: number, name: string) => owner('PUT /tags/:id', { params: { id: tag.id }, body: { version, name, tone: 'danger', retired: false } })
    expect((await change(1, 'אחרי')).body).toMatchObject({ name: 'אחרי', tone: 'danger', version: 2 })
    expect((await change(1, 'שוב')).problem.code).toBe('stale_version')
  })
})

describe('on a patient', () => {
  test('hang once, come off once, and each is told without its word', async () => {
    const tag = await made('חרדה מטיפול')
    const params = { id: sara, tagId: tag.id }
    for (const as of [desk, doctor]) expect((await as('PUT /patients/:id/tags/:tagId', { params })).status).toBe(204)
    expect(await tagsOf()).toContain(tag.id)
    for (const as of [desk, doctor]) expect((await as('DELETE /patients/:id/tags/:tagId', { params })).status).toBe(204)
    expect(await tagsOf()).not.toContain(tag.id)
    const events = await api.database.db.selectFrom('event').select(['name', 'details']).where('patient_id', '=', sara).where('name', 'in', ['patient.tagged', 'patient.untagged']).orderBy('seq').execute()
    expect(events).toEqual([{ name: 'patient.tagged', details: { tag: tag.id } }, { name: 'patient.untagged', details: { tag: tag.id } }])
  })

  test('a word out of use is hung no more, and stays where it hangs', async () => {
    const tag = await made('ישנה')
    const params = { id: sara, tagId: tag.id }
    await desk('PUT /patients/:id/tags/:tagId', { params })
    expect((await owner('PUT /tags/:id', { params: { id: tag.id }, body: { version: 1, name: 'ישנה', tone: 'info', retired: true } })).body.retired).toBe(true)
    expect(await tagsOf()).toContain(tag.id)
    expect((await desk('PUT /patients/:id/tags/:tagId', { params: { ...params, id: hadar.patients.ahmad } })).problem.code).toBe('reference_unknown')
  })

  test('of another clinic there are none', async () => {
    const tag = await made('שלנו')
    expect((await stranger('PUT /patients/:id/tags/:tagId', { params: { id: sara, tagId: tag.id } })).status).toBe(404)
    expect((await stranger('PUT /patients/:id/tags/:tagId', { params: { id: thames.patients.sara, tagId: tag.id } })).problem.code).toBe('reference_unknown')
    expect((await stranger('GET /patients/:id/tags', { params: { id: sara } })).status).toBe(404)
  })
})
