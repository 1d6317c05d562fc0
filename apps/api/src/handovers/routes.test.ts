import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const assistant = await api.as(hadar.staff.assistant)
const owner = await api.as(hadar.staff.owner)
const { center, north } = hadar.branches
const given = (more: object = {}) => ({ id: uuid(), branchId: center, words: 'הקופה נספרה. שרה תתקשר שוב ב־14:00.', ...more })
const historyOf = async () => (await desk('GET /handovers', { query: { branchId: center } })).body.items

describe('a hand-over', () => {
  test('keeps what was open, waits for the next shift, and is taken over once by somebody else', async () => {
    await desk('POST /tasks', { body: { id: uuid(), branchId: center, words: 'להתקשר', dueAt: '2026-11-22T06:00:00Z', assignee: { role: 'receptionist' } } })
    const body = given()
    const first = await desk('POST /handovers', { body })
    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({ status: 'waiting', givenBy: { name: hadar.staff.receptionist.name }, givenAt: '2026-11-22T07:00:00Z', endedBy: null, counts: { tasks: 1, overdueTasks: 1, orders: 0, waiting: 0 } })
    expect((await desk('POST /handovers', { body })).body).toEqual(first.body)
    expect((await owner('POST /handovers', { body: given() })).problem.code).toBe('handover_waiting')

    const params = { id: body.id }
    expect((await desk('POST /handovers/:id/acknowledgement', { params })).problem.code).toBe('handover_by_self')
    api.setNow(instant('2026-11-22T12:01:00Z'))
    const taken = await assistant('POST /handovers/:id/acknowledgement', { params })
    expect(taken.body).toMatchObject({ status: 'taken', endedBy: { name: hadar.staff.assistant.name }, endedAt: '2026-11-22T12:01:00Z' })
    expect((await assistant('POST /handovers/:id/acknowledgement', { params })).body).toEqual(taken.body)
    expect((await owner('POST /handovers/:id/acknowledgement', { params })).problem.code).toBe('handover_ended')
    expect((await desk('POST /handovers/:id/withdrawal', { params })).problem.code).toBe('handover_ended')
    expect((await historyOf()).map(({ id, status }) => [id, status])).toEqual([[body.id, 'taken']])
    const { rows } = await api.database.ownerPool.query(`select name, details::text as told from event where subject_id = $1 order by seq`, [body.id])
    expect(rows).toEqual([{ name: 'handover.given', told: '{}' }, { name: 'handover.taken', told: '{}' }])
  })

  test('is taken back by whoever gave it, and then another may be given', async () => {
    const body = given()
    await desk('POST /handovers', { body })
    const params = { id: body.id }
    expect((await assistant('POST /handovers/:id/withdrawal', { params })).problem.code).toBe('not_the_author')
    expect((await desk('POST /handovers/:id/withdrawal', { params })).body).toMatchObject({ status: 'withdrawn' })
    expect((await desk('POST /handovers', { body: given() })).status).toBe(201)
  })

  test('two who give or take the desk at the same moment: one does, the other hears', async () => {
    for (const { id, status } of await historyOf()) if (status === 'waiting') await desk('POST /handovers/:id/withdrawal', { params: { id } })
    const gave = await Promise.all([desk, assistant].map((call) => call('POST /handovers', { body: given() })))
    expect(gave.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(gave.find(({ status }) => status === 409)?.problem.code).toBe('handover_waiting')
    const [waiting] = await historyOf()
    const others = [desk, assistant, owner].filter((_, index) => [hadar.staff.receptionist, hadar.staff.assistant, hadar.staff.owner][index]?.id !== waiting?.givenBy.staffId)
    const took = await Promise.all(others.map((call) => call('POST /handovers/:id/acknowledgement', { params: { id: waiting?.id ?? '' } })))
    expect(took.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })
})

test('notes between shifts are added and never changed, page by page', async () => {
  const ids = []
  for (const [minute, words] of ['המפתח אצל דפנה', 'המדפסת תוקנה', 'חבילה הגיעה'].entries()) {
    api.setNow(instant(`2026-11-22T13:0${minute}:00Z`))
    const body = { id: uuid(), branchId: center, words }
    const note = await desk('POST /shift-notes', { body })
    expect(note.body).toMatchObject({ words, writtenBy: { name: hadar.staff.receptionist.name } })
    expect((await desk('POST /shift-notes', { body })).body).toEqual(note.body)
    expect((await desk('POST /shift-notes', { body: { ...body, words: 'אחרת' } })).problem.code).toBe('id_taken')
    ids.push(body.id)
  }
  const first = (await assistant('GET /shift-notes', { query: { branchId: center, limit: 2 } })).body
  expect(first.items.map(({ words }) => words)).toEqual(['חבילה הגיעה', 'המדפסת תוקנה'])
  expect((await assistant('GET /shift-notes', { query: { branchId: center, limit: 2, cursor: first.next ?? '' } })).body).toMatchObject({ items: [{ id: ids[0] }], next: null })
})

test('whom no reminder reached stands on the list with the reason, until it reaches them or they confirm', async () => {
  api.setNow(instant('2026-11-22T07:00:00Z'))
  const book = async (startsAt: string, patientId: string) =>
    (await desk('POST /appointments', { body: { id: uuid(), branchId: center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId, startsAt } })).body.id
  const [failed, refused, fine, confirmed] = [await book('2026-11-23T08:00:00Z', hadar.patients.sara), await book('2026-11-23T09:00:00Z', hadar.patients.rivka), await book('2026-11-23T10:00:00Z', hadar.patients.ahmad), await book('2026-11-23T11:00:00Z', hadar.patients.john)]
  const pool = api.database.ownerPool
  const message = (appointmentId: string, state: string) =>
    pool.query(
      `insert into message (clinic_id, id, kind, channel, patient_id, appointment_id, appointment_starts_at, dedupe_key, language, to_address, body, state, not_before, sent_at, created_at)
       select clinic_id, $2::uuid, 'reminder', 'sms', patient_id, id, starts_at, $2::text, 'he', '+972500000000', 'x', $3, starts_at, case $3 when 'sent' then timestamptz '2026-11-22T06:59Z' end, starts_at from appointment where id = $1`,
      [appointmentId, uuid(), state],
    )
  await message(failed, 'failed')
  await message(fine, 'delivered')
  await message(confirmed, 'failed')
  await pool.query(`insert into reminder_rule (clinic_id, id, days_before, at_time) select id, $1, 1, '10:00' from clinic where id = $2`, [uuid(), hadar.id])
  await pool.query(`insert into reminder (clinic_id, id, appointment_id, appointment_starts_at, rule_id, channel, due_at, state, skip_reason)
    select clinic_id, $2, id, starts_at, $2, 'sms', starts_at, 'skipped', 'no_consent' from appointment where id = $1`, [refused, uuid()])
  await desk('POST /appointments/:id/confirmation', { params: { id: confirmed }, body: {} })

  const list = async () => (await desk('GET /not-reached', { query: { branchId: center, until: '2026-11-24' } })).body.items
  expect((await list()).map(({ appointmentId, reason, patient }) => [appointmentId, reason, patient.id])).toEqual([
    [failed, 'failed', hadar.patients.sara],
    [refused, 'refused', hadar.patients.rivka],
  ])
  expect((await desk('GET /handovers/now', { query: { branchId: center } })).body.notReached).toBe(2)
  await message(failed, 'sent')
  expect((await list()).map(({ appointmentId }) => appointmentId)).toEqual([refused])
  expect((await desk('GET /not-reached', { query: { branchId: center, until: '2027-11-24' } })).problem.code).toBe('too_long')
})

test('is the business of those at the desk, each in their branch and clinic', async () => {
  const [doctor, northDesk, stranger] = await Promise.all([hadar.staff.doctor, hadar.staff.northReceptionist, thames.staff.owner].map((who) => api.as(who)))
  expect((await doctor?.('GET /handovers', { query: { branchId: center } }))?.status).toBe(403)
  expect((await assistant('GET /not-reached', { query: { branchId: center, until: '2026-11-24' } })).status).toBe(403)
  expect((await northDesk?.('POST /handovers', { body: given() }))?.status).toBe(403)
  expect((await northDesk?.('GET /handovers/now', { query: { branchId: north } }))?.status).toBe(200)
  expect((await stranger?.('GET /handovers', { query: { branchId: center } }))?.body.items).toEqual([])
  expect((await stranger?.('GET /handovers/now', { query: { branchId: center } }))?.status).toBe(404)
  expect((await stranger?.('POST /shift-notes', { body: given() }))?.problem.code).toBe('reference_unknown')
})
