import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { beforeEach, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)
const { center } = hadar.branches

type Body = Inputs['POST /contacts']['body']
const given = (more: Partial<Body> = {}): Body => ({ id: uuid(), branchId: center, patientId: hadar.patients.sara, way: 'call_in', words: 'כואב לה מאז העקירה', ...more })
const log = async (more: Partial<Body> = {}, as = desk) => {
  const answer = await as('POST /contacts', { body: given(more) })
  expect(answer.status, JSON.stringify(answer.problem)).toBe(201)
  return answer.body
}
beforeEach(() => api.setNow(instant('2026-11-22T07:00:00Z')))

describe('a conversation', () => {
  test('is written once, sealed, with who, when and how', async () => {
    const body = given()
    const first = await desk('POST /contacts', { body })
    expect(first.body).toMatchObject({ patient: { id: hadar.patients.sara }, way: 'call_in', words: 'כואב לה מאז העקירה', promise: null, writtenBy: { name: hadar.staff.receptionist.name }, writtenAt: '2026-11-22T07:00:00Z', earlier: [], mayCorrect: true, version: 1 })
    expect((await desk('POST /contacts', { body })).body).toEqual(first.body)
    expect((await doctor('POST /contacts', { body })).problem.code).toBe('id_taken')
    const { rows } = await api.database.ownerPool.query<{ stored: string }>(`select encode(words_sealed, 'escape') as stored from contact where id = $1`, [body.id])
    expect(rows[0]?.stored).not.toContain('העקירה')
  })

  test('sent twice at once is one, with one promise', async () => {
    const body = given({ promise: { id: uuid(), words: 'לחזור אליה', dueAt: '2026-11-22T12:00:00Z', assignee: { role: 'doctor' } } })
    const both = await Promise.all([desk('POST /contacts', { body }), desk('POST /contacts', { body })])
    expect(both.map(({ status }) => status)).toEqual([201, 201])
    const { rows } = await api.database.ownerPool.query(`select (select count(*) from contact where id = $1)::int as contacts, (select count(*) from task where id = $2)::int as tasks`, [body.id, body.promise?.id])
    expect(rows).toEqual([{ contacts: 1, tasks: 1 }])
  })

  test('makes its promise a task, and knows what became of it', async () => {
    const promise = { id: uuid(), words: 'לשלוח את הצילום', dueAt: '2026-11-23T08:00:00Z', assignee: { role: 'receptionist' as const } }
    const contact = await log({ promise })
    expect(contact.promise).toEqual({ taskId: promise.id, words: promise.words, dueAt: promise.dueAt, status: 'open' })
    const tasks = (await desk('GET /tasks', { query: { patientId: hadar.patients.sara } })).body.items
    expect(tasks.find(({ id }) => id === promise.id)).toMatchObject({ words: promise.words, status: 'open' })
    await desk('POST /tasks/:id/closing', { params: { id: promise.id }, body: { version: 1, status: 'kept' } })
    const { items } = (await desk('GET /contacts', { query: { branchId: center } })).body
    expect(items.find(({ id }) => id === contact.id)?.promise?.status).toBe('kept')
  })

  test('with somebody who has no record needs a name or a number', async () => {
    expect(await log({ patientId: null, callerName: 'אבי', callerPhone: '050-765 4321' })).toMatchObject({ patient: null, callerName: 'אבי', callerPhone: '+972507654321' })
    const nobody = await desk('POST /contacts', { body: given({ patientId: null }) })
    expect(nobody).toMatchObject({ status: 422, problem: { code: 'contact_with_nobody' } })
    expect((await desk('POST /contacts', { body: given({ patientId: null, callerPhone: '12' }) })).problem.code).toBe('phone_invalid')
    expect((await desk('POST /contacts', { body: given({ words: ' ' }) })).problem.code).toBe('malformed')
    const client = await api.database.ownerPool.connect()
    await expect(client.query(`begin; select set_config('app.clinic', '${hadar.id}', true); insert into contact (clinic_id, id, branch_id, way, words_sealed, written_by, written_at) values ('${hadar.id}', '${uuid()}', '${center}', 'desk', 'x', '${hadar.staff.receptionist.id}', '2026-11-22T07:00:00Z')`)).rejects.toThrow('contact_with_somebody')
    await client.query('rollback')
    client.release()
  })
})

describe('a correction', () => {
  const correct = (id: string, version: number, words: string, as = desk) => as('PATCH /contacts/:id', { params: { id }, body: { version, words } })

  test('is made by whoever wrote it, within the day, and keeps what it said', async () => {
    const { id } = await log({ words: 'ביקשה לדחות' })
    api.setNow(instant('2026-11-22T08:00:00Z'))
    expect((await correct(id, 1, 'ביקשה לבטל')).body).toMatchObject({ words: 'ביקשה לבטל', version: 2, earlier: [{ words: 'ביקשה לדחות', way: 'call_in', replacedAt: '2026-11-22T08:00:00Z' }] })
    expect((await correct(id, 2, 'ביקשה לבטל')).body.version).toBe(2)
    expect((await correct(id, 1, 'אחר')).problem).toMatchObject({ code: 'stale_version', params: { current: 2 } })
    expect((await correct(id, 2, 'אחר', doctor)).problem.code).toBe('not_the_author')
    api.setNow(instant('2026-11-22T22:00:00Z')) // midnight in Jerusalem
    expect((await correct(id, 2, 'אחר')).problem.code).toBe('contact_settled')
    const { rows } = await api.database.ownerPool.query(`select name, details::text as told from event where subject_id = $1 order by seq`, [id])
    expect(rows.map(({ name }) => name)).toEqual(['contact.logged', 'contact.corrected'])
    expect(rows.map(({ told }) => told).join()).not.toMatch(/ביקשה/)
  })

  test('of two at once one wins', async () => {
    const { id } = await log()
    const both = await Promise.all([correct(id, 1, 'א'), correct(id, 1, 'ב')])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })
})

describe('the log', () => {
  test('is read page by page, newest first, in the branches one works in; another clinic has none', async () => {
    const ids = []
    for (const minute of ['10', '11', '12']) {
      api.setNow(instant(`2026-11-23T07:${minute}:00Z`))
      ids.unshift((await log()).id)
    }
    const first = (await doctor('GET /contacts', { query: { branchId: center, limit: 2 } })).body
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    expect((await doctor('GET /contacts', { query: { branchId: center, limit: 2, cursor: first.next ?? '' } })).body.items[0]?.id).toBe(ids[2])
    const [north, accountant, stranger] = await Promise.all([hadar.staff.northReceptionist, hadar.staff.accountant, thames.staff.owner].map((who) => api.as(who)))
    expect((await north?.('GET /contacts', { query: { branchId: center } }))?.status).toBe(403)
    expect((await north?.('POST /contacts', { body: given() }))?.status).toBe(403)
    expect((await accountant?.('GET /contacts', { query: { branchId: center } }))?.status).toBe(403)
    expect((await stranger?.('GET /contacts', { query: { branchId: center } }))?.body.items).toEqual([])
    expect((await stranger?.('PATCH /contacts/:id', { params: { id: ids[0] ?? '' }, body: { version: 1, words: 'x' } }))?.status).toBe(404)
  })
})
