import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)
const { center, north } = hadar.branches

const given = (more: object = {}) => ({ id: uuid(), branchId: center, patientId: hadar.patients.sara, words: 'להתקשר עם תשובה', dueAt: '2026-11-22T12:00:00Z', assignee: { role: 'receptionist' as const }, ...more })
const make = async (more: object = {}) => {
  const answer = await desk('POST /tasks', { body: given(more) })
  expect(answer.status, JSON.stringify(answer.problem)).toBe(201)
  return answer.body
}

describe('a promise', () => {
  test('is written once, with whom it was given to, by when and by whom', async () => {
    const body = given()
    const first = await desk('POST /tasks', { body })
    expect(first.body).toMatchObject({ status: 'open', assigneeRole: 'receptionist', assignee: null, patient: { id: hadar.patients.sara, phone: '+972501234501' }, createdBy: { name: hadar.staff.receptionist.name }, version: 1 })
    expect((await desk('POST /tasks', { body })).body).toEqual(first.body)
    expect((await doctor('POST /tasks', { body })).problem.code).toBe('id_taken')
    const forDoctor = await make({ patientId: null, assignee: { staffId: hadar.staff.doctor.id } })
    expect(forDoctor).toMatchObject({ patient: null, assigneeRole: null, assignee: { staffId: hadar.staff.doctor.id, name: hadar.staff.doctor.name } })
  })

  test('changes while it is open, is kept or broken, and can be taken up again', async () => {
    const task = await make({ dueAt: '2026-11-22T09:00:00Z' })
    const params = { id: task.id }
    expect((await doctor('PATCH /tasks/:id', { params, body: { version: 1, words: 'לשלוח צילום', assignee: { staffId: hadar.staff.assistant.id } } })).body).toMatchObject({ words: 'לשלוח צילום', assigneeRole: null, version: 2 })
    expect((await desk('PATCH /tasks/:id', { params, body: { version: 1, words: 'x' } })).problem).toMatchObject({ code: 'stale_version', params: { current: 2 } })

    api.setNow(instant('2026-11-22T08:30:00Z'))
    const closed = await desk('POST /tasks/:id/closing', { params, body: { version: 2, status: 'kept', outcome: 'נשלח' } })
    expect(closed.body).toMatchObject({ status: 'kept', outcome: 'נשלח', closedAt: '2026-11-22T08:30:00Z', closedBy: { name: hadar.staff.receptionist.name }, version: 3 })
    expect((await desk('POST /tasks/:id/closing', { params, body: { version: 2, status: 'kept' } })).body).toEqual(closed.body)
    expect((await desk('POST /tasks/:id/closing', { params, body: { version: 3, status: 'broken' } })).problem.code).toBe('task_closed')
    expect((await desk('PATCH /tasks/:id', { params, body: { version: 3, words: 'x' } })).problem.code).toBe('task_closed')
    expect((await doctor('POST /tasks/:id/reopening', { params, body: { version: 3 } })).body).toMatchObject({ status: 'open', outcome: '', closedAt: null, closedBy: null, version: 4 })
    const { rows } = await api.database.ownerPool.query(`select name, details::text as told from event where subject_id = $1 order by seq`, [task.id])
    expect(rows.map(({ name }) => name)).toEqual(['task.made', 'task.changed', 'task.closed', 'task.reopened'])
    expect(rows.map(({ told }) => told).join()).not.toMatch(/צילום|נשלח/) // what was promised is nobody's news
  })

  test('two who close it at once in two ways: one wins, the other hears', async () => {
    const task = await make()
    const answers = await Promise.all((['kept', 'broken'] as const).map((status) => desk('POST /tasks/:id/closing', { params: { id: task.id }, body: { version: 1, status } })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })
})

describe('the list', () => {
  test('shows open promises by when they are due, closed ones latest first, page by page', async () => {
    const patientId = hadar.patients.olga
    const tasks = []
    for (const hour of ['15', '13', '14']) tasks.push(await make({ patientId, dueAt: `2026-11-23T${hour}:00:00Z` }))
    const first = (await desk('GET /tasks', { query: { patientId, limit: 2 } })).body
    expect(first.items.map(({ dueAt }) => dueAt.slice(11, 13))).toEqual(['13', '14'])
    const rest = (await desk('GET /tasks', { query: { patientId, limit: 2, cursor: first.next ?? '' } })).body
    expect([rest.items.map(({ dueAt }) => dueAt.slice(11, 13)), rest.next]).toEqual([['15'], null])

    for (const [minute, { id }] of tasks.entries()) {
      api.setNow(instant(`2026-11-23T16:0${minute}:00Z`))
      await desk('POST /tasks/:id/closing', { params: { id }, body: { version: 1, status: 'kept' } })
    }
    expect((await desk('GET /tasks', { query: { patientId } })).body.items).toEqual([])
    expect((await desk('GET /tasks', { query: { patientId, state: 'closed' } })).body.items.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id).toReversed())
  })

  test('is for those who work in the branch; another clinic has none', async () => {
    await make()
    const [northDesk, accountant, stranger] = await Promise.all([hadar.staff.northReceptionist, hadar.staff.accountant, thames.staff.owner].map((who) => api.as(who)))
    expect((await northDesk?.('GET /tasks', { query: { branchId: center } }))?.status).toBe(403)
    expect((await northDesk?.('POST /tasks', { body: given() }))?.status).toBe(403)
    expect((await northDesk?.('POST /tasks', { body: given({ branchId: north }) }))?.status).toBe(201)
    expect((await accountant?.('GET /tasks', {}))?.status).toBe(403)
    expect((await stranger?.('GET /tasks', {}))?.body.items).toEqual([])
    for (const wrong of [{ patientId: thames.patients.sara }, { assignee: { staffId: thames.staff.owner.id } }]) expect((await desk('POST /tasks', { body: given(wrong) })).problem.code).toBe('reference_unknown')
  })
})
