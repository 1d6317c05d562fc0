import { beforeAll, expect, test } from 'vitest'
import { testApi, urlOf } from '@yoman/testing/api'
import { samplePdf } from '@yoman/testing/sample-files'
import { v7 as uuid } from 'uuid'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const branchId = hadar.branches.center

beforeAll(async () => {
  const { visitTypes } = (await owner('GET /settings', {})).body
  for (const [id, paper] of [[hadar.visitTypes.checkUp, 'form_17'], [hadar.visitTypes.surgery, 'referral']] as const) {
    const type = visitTypes.find((one) => one.id === id)
    if (!type) throw new Error('the cast has these kinds of visit')
    const { id: _, ...fields } = type
    const saved = await owner('PUT /visit-types/:id', { params: { id }, body: { ...fields, paper } })
    expect([saved.status, saved.body.paper]).toEqual([200, paper])
  }
})

const days = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-29', '2026-11-30'] as const
const dayOf = new Map<string, string>()
/** A visit with an hour of its own. */
async function visit(visitTypeId = hadar.visitTypes.checkUp): Promise<string> {
  const date = days[Math.floor(dayOf.size / 4)] ?? ''
  const startsAt = `${date}T0${6 + (dayOf.size % 4)}:00:00Z`
  const { status, body } = await desk('POST /appointments', { body: { id: uuid(), branchId, practitionerId: hadar.practitioners.doctor, visitTypeId, patientId: hadar.patients.sara, startsAt } })
  expect(status).toBe(201)
  dayOf.set(body.id, date)
  return body.id
}
const cardOf = async (id: string) => (await desk('GET /diary', { query: { branchId, date: dayOf.get(id) ?? '' } })).body.visits.find((one) => one.id === id)?.paper
const missing = async (until = '2026-11-30') => (await desk('GET /missing-papers', { query: { branchId, until } })).body.items.map(({ appointmentId }) => appointmentId)
const eventsOf = async (id: string) => (await api.database.ownerPool.query(`select name, details from event where subject_id = $1 and name like 'appointment.paper%' order by seq`, [id])).rows

async function filed(id: string, appointmentId: string): Promise<number> {
  const payload = Buffer.concat([Buffer.from('------edge\r\ncontent-disposition: form-data; name="file"; filename="17.pdf"\r\ncontent-type: application/pdf\r\n\r\n'), samplePdf(), Buffer.from('\r\n------edge--\r\n')])
  const url = urlOf('POST /attachments', {}, { id, patientId: hadar.patients.sara, kind: 'form_17', takenOn: '2026-11-22', appointmentId })
  const headers = { authorization: `Bearer ${await api.tokenOf(hadar.staff.receptionist)}`, 'content-type': 'multipart/form-data; boundary=----edge' }
  return (await api.app.inject({ method: 'POST', url, headers, payload })).statusCode
}

test('a visit that asks for a form 17 is marked until somebody has it in hand, and it is known who and when', async () => {
  const id = await visit()
  expect(await cardOf(id)).toEqual({ kind: 'form_17', received: false })
  expect(await missing()).toContain(id)
  expect(await missing('2026-11-23')).not.toContain(id)
  expect((await desk('GET /handovers/now', { query: { branchId } })).body.papers).toBeGreaterThan(0)
  const ticked = await desk('POST /appointments/:id/paper', { params: { id } })
  expect([ticked.status, ticked.body]).toEqual([200, { appointmentId: id, kind: 'form_17', receivedAt: '2026-11-22T07:00:00Z', byStaffId: hadar.staff.receptionist.id }])
  expect((await owner('POST /appointments/:id/paper', { params: { id } })).body).toEqual(ticked.body)
  expect(await cardOf(id)).toEqual({ kind: 'form_17', received: true })
  expect(await missing()).not.toContain(id)
  const { body } = await desk('GET /appointments/:id', { params: { id } })
  expect(body.paper).toEqual({ kind: 'form_17', receivedAt: '2026-11-22T07:00:00Z', byName: expect.stringMatching(/./), filed: false })
})

test('what was ticked by mistake is missing again, once', async () => {
  const id = await visit()
  await desk('POST /appointments/:id/paper', { params: { id } })
  expect((await desk('DELETE /appointments/:id/paper', { params: { id } })).status).toBe(204)
  expect((await desk('DELETE /appointments/:id/paper', { params: { id } })).status).toBe(204)
  expect(await cardOf(id)).toEqual({ kind: 'form_17', received: false })
  expect(await eventsOf(id)).toMatchObject([{ name: 'appointment.paper_received', details: { kind: 'form_17' } }, { name: 'appointment.paper_missing', details: { kind: 'form_17' } }])
})

test('a document of that kind, filed for the visit, is the paper, until it is withdrawn', async () => {
  const id = await visit()
  const other = await visit()
  const file = uuid()
  expect(await filed(file, id)).toBe(201)
  expect([await cardOf(id), await cardOf(other)]).toEqual([{ kind: 'form_17', received: true }, { kind: 'form_17', received: false }])
  expect((await desk('GET /appointments/:id', { params: { id } })).body.paper).toEqual({ kind: 'form_17', receivedAt: null, byName: null, filed: true })
  expect((await desk('POST /attachments/:id/withdrawal', { params: { id: file }, body: { version: 1, reason: 'של מישהו אחר' } })).status).toBe(200)
  expect(await cardOf(id)).toEqual({ kind: 'form_17', received: false })
})

test('a visit of another type asks for its own paper, and the one that was received does not stand for it', async () => {
  const id = await visit()
  await desk('POST /appointments/:id/paper', { params: { id } })
  const { version } = (await desk('GET /appointments/:id', { params: { id } })).body.appointment
  expect((await desk('PATCH /appointments/:id', { params: { id }, body: { version, visitTypeId: hadar.visitTypes.surgery } })).status).toBe(200)
  expect(await cardOf(id)).toEqual({ kind: 'referral', received: false })
})

test('no paper is asked for by most visits, and none is received for one that was cancelled', async () => {
  const plain = await visit(hadar.visitTypes.talk)
  expect(await cardOf(plain)).toBeNull()
  expect((await desk('POST /appointments/:id/paper', { params: { id: plain } })).problem.code).toBe('paper_not_asked')
  const id = await visit()
  await desk('POST /appointments/:id/cancellation', { params: { id }, body: { reason: 'patient' } })
  expect(await missing()).not.toContain(id)
  expect((await desk('POST /appointments/:id/paper', { params: { id } })).problem.code).toBe('appointment_is_final')
})

test('two desks receive it in the same moment: one receipt, one event', async () => {
  for (let round = 0; round < 4; round += 1) {
    const id = await visit()
    const both = await Promise.all([desk, owner].map((who) => who('POST /appointments/:id/paper', { params: { id } })))
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(both[0]?.body).toEqual(both[1]?.body)
    expect(await eventsOf(id)).toHaveLength(1)
  }
})

test("another clinic's papers do not exist", async () => {
  const stranger = await api.as(thames.staff.receptionist)
  const id = await visit()
  for (const route of ['POST /appointments/:id/paper', 'DELETE /appointments/:id/paper'] as const) expect((await stranger(route, { params: { id } })).status).toBe(404)
  expect((await stranger('GET /missing-papers', { query: { branchId, until: '2026-11-30' } })).status).toBe(404)
  expect((await desk('GET /missing-papers', { query: { branchId, until: '2027-03-01' } })).problem.code).toBe('too_long')
})
