import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)
const owner = await api.as(hadar.staff.owner)
const { center, north } = hadar.branches
const date = '2026-11-24'

async function book(startsAt: string, more: object = {}) {
  const body = { id: uuid(), branchId: center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.sara, startsAt, ...more }
  const answer = await desk('POST /appointments', { body })
  expect(answer.status, JSON.stringify(answer.problem)).toBe(201)
  return { id: answer.body.id }
}
const onDiary = async (id: string) => (await desk('GET /diary', { query: { branchId: center, date } })).body.visits.find((visit) => visit.id === id)

describe('the way of a visit through the day', () => {
  test('who arrived is called in, with the minute, and either can be taken back', async () => {
    const params = await book('2026-11-24T06:00:00Z')
    const step = async (route: 'arrival' | 'call' | 'start', at: string) => {
      api.setNow(instant(at))
      return (await doctor(`POST /appointments/:id/${route}`, { params, body: {} })).body
    }
    const undo = async () => desk('POST /appointments/:id/undo', { params, body: { version: (await onDiary(params.id))?.version ?? 0 } })
    api.setNow(instant('2026-11-24T05:50:00Z'))
    expect((await doctor('POST /appointments/:id/call', { params, body: {} })).problem.code).toBe('status_change_not_allowed')

    await step('arrival', '2026-11-24T05:52:00Z')
    expect(await step('call', '2026-11-24T05:59:00Z')).toMatchObject({ status: 'called' })
    expect(await onDiary(params.id)).toMatchObject({ status: 'called', arrivedAt: '2026-11-24T05:52:00Z', calledAt: '2026-11-24T05:59:00Z', startedAt: null })
    await step('start', '2026-11-24T06:01:00Z')
    expect(await onDiary(params.id)).toMatchObject({ status: 'in_treatment', calledAt: '2026-11-24T05:59:00Z', startedAt: '2026-11-24T06:01:00Z' })
    await undo()
    expect(await onDiary(params.id)).toMatchObject({ status: 'called', calledAt: '2026-11-24T05:59:00Z', startedAt: null })
    await undo()
    expect(await onDiary(params.id)).toMatchObject({ status: 'arrived', arrivedAt: '2026-11-24T05:52:00Z', calledAt: null })
    expect((await step('call', '2026-11-24T06:05:00Z')).status).toBe('called')
    expect(await onDiary(params.id)).toMatchObject({ calledAt: '2026-11-24T06:05:00Z' })
    const { rows } = await api.database.ownerPool.query(`select count(*)::int as n from event where subject_id = $1 and name = 'appointment.called'`, [params.id])
    expect(rows).toEqual([{ n: 2 }])
  })

  test('whoever comes gets the next number of the day in the branch, once, also when many come at the same moment', async () => {
    api.setNow(instant('2026-11-22T07:00:00Z'))
    const visits = await Promise.all(['06:30', '07:00', '07:30', '08:00', '08:30', '09:00'].map((time) => book(`2026-11-24T${time}:00Z`)))
    api.setNow(instant('2026-11-24T06:10:00Z'))
    await Promise.all(visits.map((params) => desk('POST /appointments/:id/arrival', { params, body: {} })))
    const numbers = await Promise.all(visits.map(async ({ id }) => (await onDiary(id))?.ticket ?? 0))
    expect(numbers.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7]) // 1 came in the test before
    const [params] = visits as [{ id: string }] // six were booked
    await desk('POST /appointments/:id/undo', { params, body: { version: 2 } })
    await desk('POST /appointments/:id/arrival', { params, body: {} })
    expect((await onDiary(params.id))?.ticket).toBe(numbers[0])
  })
})

describe('how the waiting room is run', () => {
  test('is said by the owner, branch by branch, and known to all who work there', async () => {
    const params = { id: center }
    expect((await doctor('GET /flow-settings')).body.items).toEqual([
      { branchId: center, waitingMinutes: 20, lateMinutes: 10, screenNames: 'number', version: 1 },
      { branchId: north, waitingMinutes: 20, lateMinutes: 10, screenNames: 'number', version: 1 },
    ])
    const body = { version: 1, waitingMinutes: 30, lateMinutes: 5, screenNames: 'initials' as const }
    expect((await desk('PUT /branches/:id/flow-settings', { params, body })).status).toBe(403)
    expect((await owner('PUT /branches/:id/flow-settings', { params, body })).body).toEqual({ branchId: center, ...body, version: 2 })
    expect((await owner('PUT /branches/:id/flow-settings', { params, body })).problem).toMatchObject({ code: 'stale_version', params: { current: 2 } })
    expect((await owner('PUT /branches/:id/flow-settings', { params, body: { ...body, version: 2, waitingMinutes: 15 } })).body).toMatchObject({ version: 3, waitingMinutes: 15 })
    expect((await doctor('GET /flow-settings')).body.items.map(({ waitingMinutes }) => waitingMinutes)).toEqual([15, 20])
    expect((await owner('PUT /branches/:id/flow-settings', { params: { id: thames.branches.center }, body })).status).toBe(404)
    expect((await owner('PUT /branches/:id/flow-settings', { params, body: { ...body, waitingMinutes: 1 } })).status).toBe(400)
  })

  test('two who change it at once do not overwrite each other', async () => {
    const body = { version: 1, waitingMinutes: 40, lateMinutes: 5, screenNames: 'number' as const }
    const answers = await Promise.all([40, 50].map((waitingMinutes) => owner('PUT /branches/:id/flow-settings', { params: { id: north }, body: { ...body, waitingMinutes } })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })
})

describe('who left without paying', () => {
  const unpaid = async () => (await desk('GET /unpaid-visits', { query: { branchId: center, date: '2026-11-25' } })).body.items
  const complete = async (params: { id: string }) => {
    for (const route of ['arrival', 'start', 'completion'] as const) expect((await desk(`POST /appointments/:id/${route}`, { params, body: {} })).status).toBe(200)
  }

  test('is on the list from the end of the visit until the first payment', async () => {
    api.setNow(instant('2026-11-22T07:00:00Z'))
    const [owes, pays, free, ahead] = await Promise.all([
      book('2026-11-25T06:00:00Z', { visitTypeId: hadar.visitTypes.checkUp }),
      book('2026-11-25T07:00:00Z', { visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.john }),
      book('2026-11-25T08:00:00Z'), // a talk costs nothing
      book('2026-11-25T09:00:00Z', { visitTypeId: hadar.visitTypes.checkUp }),
    ])
    api.setNow(instant('2026-11-25T06:05:00Z'))
    for (const visit of [owes, pays, free]) await complete(visit)
    expect((await unpaid()).map(({ appointmentId, totalAgorot, patient }) => [appointmentId, totalAgorot, patient.id])).toEqual([
      [owes.id, 18_000, hadar.patients.sara],
      [pays.id, 18_000, hadar.patients.john],
    ])
    await desk('POST /payments', { body: { id: uuid(), appointmentId: pays.id, method: 'card', amountAgorot: 18_000 } })
    expect((await unpaid()).map(({ appointmentId }) => appointmentId)).toEqual([owes.id])

    // Billed first and paid on the invoice: gone as well.
    const invoice = (await desk('POST /appointments/:id/invoice', { params: owes })).body
    expect(await unpaid()).toHaveLength(1)
    await desk('POST /payments', { body: { id: uuid(), invoiceId: invoice.id, method: 'bit', amountAgorot: 18_000 } })
    expect(await unpaid()).toEqual([])
    expect((await onDiary(ahead.id))?.status).toBeUndefined()
  })

  test('stays there with their own part when an insurer has paid its', async () => {
    api.setNow(instant('2026-11-22T07:00:00Z'))
    const visit = await book('2026-11-25T09:30:00Z', { visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.rivka })
    const { id: organisationId } = (await desk('POST /organisations', { body: { id: uuid(), name: 'ביטוח דרור', nameLatin: '', dealerNumber: '', address: '', email: '', takesEmail: false, language: 'he' } })).body
    await desk('PUT /appointments/:id/payer-parts/:organisationId', { params: { id: visit.id, organisationId }, body: { part: { agorot: 10_000 }, procedureIds: null } })
    api.setNow(instant('2026-11-25T09:35:00Z'))
    await complete(visit)
    await desk('POST /appointments/:id/invoice', { params: visit })
    const [part] = (await desk('GET /appointments/:id/bill', { params: visit })).body.parts
    await desk('POST /payments', { body: { id: uuid(), invoiceId: part?.invoice?.id ?? '', method: 'transfer', amountAgorot: 10_000 } })
    const mine = async () => (await unpaid()).filter(({ appointmentId }) => appointmentId === visit.id).map(({ totalAgorot }) => totalAgorot)
    expect(await mine()).toEqual([8_000])
    await desk('POST /payments', { body: { id: uuid(), appointmentId: visit.id, method: 'card', amountAgorot: 8_000 } })
    expect(await mine()).toEqual([])
  })

  test('is seen by those who see bills, in their own branch', async () => {
    expect((await doctor('GET /unpaid-visits', { query: { branchId: center, date } })).status).toBe(403)
    expect((await (await api.as(hadar.staff.northReceptionist))('GET /unpaid-visits', { query: { branchId: center, date } })).status).toBe(403)
    expect((await desk('GET /unpaid-visits', { query: { branchId: thames.branches.center, date } })).status).toBe(404)
  })
})
