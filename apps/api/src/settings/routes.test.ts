import { expect, test } from 'vitest'
import { testApi } from '@yoman/testing/api'
import { castId } from '@yoman/testing/cast'

const api = await testApi()
const { hadar, thames } = api.cast
const owner = await api.as(hadar.staff.owner)
const desk = await api.as(hadar.staff.receptionist)

test('one answer draws the clinic: branches with hours and zones, people, places, visit types and prices', async () => {
  const { status, body } = await desk('GET /settings')
  expect(status).toBe(200)
  expect(body.clinic).toMatchObject({ name: 'מרפאת הדר', currency: 'ILS' })
  expect(body.branches.map(({ name, timeZone, hours }) => [name, timeZone, hours.length])).toEqual([['הדר מרכז', 'Asia/Jerusalem', 5], ['הדר צפון', 'Asia/Jerusalem', 5]])
  const doctor = body.resources.find(({ id }) => id === hadar.practitioners.doctor)
  expect(doctor).toMatchObject({ kind: 'practitioner', practitioner: { staffId: hadar.staff.doctor.id, profession: 'doctor' } })
  expect(doctor?.hours[0]).toEqual({ branchId: hadar.branches.center, weekday: 1, starts: '08:00', ends: '12:00', validFrom: null, validTo: null })
  expect(body.visitTypes.find(({ id }) => id === hadar.visitTypes.cleaning)).toMatchObject({ durationMinutes: 45, bufferAfterMinutes: 5, placeKind: 'chair' })
  expect(body.priceItems.map(({ code, priceAgorot }) => [code, priceAgorot])).toContainEqual(['D0120', 18_000])
  expect(JSON.stringify(body)).not.toContain('Thames')
})

test('whoever has an English name is known by it on every English screen', async () => {
  const [member] = (await owner('GET /staff')).body.items.filter(({ id }) => id === hadar.staff.receptionist.id)
  await owner('PATCH /staff/:id', { params: { id: hadar.staff.receptionist.id }, body: { version: member?.version ?? 0, nameEn: 'Ruth Almog' } })
  expect((await desk('GET /settings')).body.colleagues).toContainEqual({ name: member?.name, nameEn: 'Ruth Almog' })
})

test('an edit counts the version up, and a second one on the old version is told the current one', async () => {
  const { clinic } = (await desk('GET /settings')).body
  const saved = await owner('PATCH /clinic', { body: { version: clinic.version, phone: '04-800 00 02' } })
  expect(saved.body).toMatchObject({ phone: '+97248000002', version: clinic.version + 1 })
  const stale = await owner('PATCH /clinic', { body: { version: clinic.version, name: 'אחר' } })
  expect([stale.status, stale.problem.code, stale.problem.params]).toEqual([409, 'stale_version', { current: clinic.version + 1 }])
})

test('a branch is opened once however often it is asked for, and gets hours that do not overlap', async () => {
  const body = { id: castId('new branch'), name: 'דרום', address: '', city: 'אילת', phone: null, timeZone: 'Asia/Jerusalem' }
  const [first, again] = [await owner('POST /branches', { body }), await owner('POST /branches', { body })]
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.body).toEqual(first.body)
  expect((await owner('POST /branches', { body: { ...body, name: 'שם אחר' } })).problem.code).toBe('id_taken')
  const hours = [{ weekday: 7, opens: '08:00', closes: '13:00' }, { weekday: 7, opens: '12:00', closes: '18:00' }]
  const overlapping = await owner('PUT /branches/:id/opening-hours', { params: { id: body.id }, body: { version: 1, hours } })
  expect([overlapping.status, overlapping.problem.code]).toEqual([422, 'hours_overlap'])
  const saved = await owner('PUT /branches/:id/opening-hours', { params: { id: body.id }, body: { version: 1, hours: hours.slice(0, 1) } })
  expect(saved.body).toMatchObject({ version: 2, hours: [{ weekday: 7, opens: '08:00', closes: '13:00' }] })
  const renamed = await owner('PATCH /branches/:id', { params: { id: body.id }, body: { version: 2, timeZone: 'Mars/Olympus' } })
  expect(renamed.problem.code).toBe('time_zone_unknown')
})

test('a practitioner has a person behind them, a place stands in a branch', async () => {
  const base = { name: 'ד״ר חדש', nameEn: 'Dr New', colour: '#123456' }
  const practitioner = { staffId: null, profession: 'doctor' as const, title: 'ד״ר', speciality: '', licenceNumber: '' }
  const wrong = await owner('POST /resources', { body: { id: castId('r1'), kind: 'practitioner', branchId: hadar.branches.center, practitioner, ...base } })
  expect([wrong.status, wrong.problem.code]).toEqual([422, 'resource_form_wrong'])
  const made = await owner('POST /resources', { body: { id: castId('r1'), kind: 'practitioner', branchId: null, practitioner, ...base } })
  expect(made.body).toMatchObject({ kind: 'practitioner', practitioner, hours: [], version: 1 })
  const hours = [{ branchId: hadar.branches.north, weekday: 2, starts: '09:00', ends: '14:00', validFrom: '2026-12-01', validTo: null }]
  const week = await owner('PUT /resources/:id/working-hours', { params: { id: castId('r1') }, body: { version: 1, hours } })
  expect(week.body).toMatchObject({ version: 2, hours })
  const elsewhere = await owner('PUT /resources/:id/working-hours', { params: { id: castId('r1') }, body: { version: 2, hours: [{ ...hours[0]!, branchId: thames.branches.center }] } }) // one above
  expect([elsewhere.status, elsewhere.problem.code]).toEqual([422, 'reference_unknown'])
  const chair = await owner('PATCH /resources/:id', { params: { id: hadar.places.chair1 }, body: { version: 1, name: 'כיסא ירוק', active: false } })
  expect(chair.body).toMatchObject({ name: 'כיסא ירוק', active: false, version: 2 })
})

test('one date can differ from the week, and can be taken back', async () => {
  const body = { id: castId('holiday'), resourceId: null, branchId: hadar.branches.center, date: '2026-12-10', kind: 'closed' as const, starts: null, ends: null, reason: 'חופשה' }
  expect((await owner('POST /hours-exceptions', { body })).status).toBe(201)
  const query = { from: '2026-12-01', to: '2026-12-31' }
  expect((await desk('GET /hours-exceptions', { query })).body.items).toEqual([body])
  expect((await owner('POST /hours-exceptions', { body: { ...body, id: castId('half'), starts: '08:00' } })).problem.code).toBe('resource_form_wrong')
  expect((await owner('DELETE /hours-exceptions/:id', { params: { id: body.id } })).status).toBe(204)
  expect((await owner('DELETE /hours-exceptions/:id', { params: { id: body.id } })).status).toBe(404)
  expect((await desk('GET /hours-exceptions', { query: { from: '2026-01-01', to: '2027-12-31' } })).problem.code).toBe('too_long')
})

test('kinds of visit and prices are added and changed', async () => {
  const price = { id: castId('p1'), code: 'X1', name: 'הלבנה', nameEn: 'Whitening', priceAgorot: 90_000 }
  expect((await owner('POST /price-items', { body: price })).body).toMatchObject({ ...price, active: true, version: 1 })
  const clash = await owner('POST /price-items', { body: { ...price, id: castId('p2') } })
  expect([clash.status, clash.problem.code]).toEqual([409, 'price_code_taken'])
  const { id: _id, ...fields } = price
  const dearer = await owner('PUT /price-items/:id', { params: { id: price.id }, body: { ...fields, priceAgorot: 95_000, active: true, version: 1 } })
  expect(dearer.body).toMatchObject({ priceAgorot: 95_000, version: 2 })

  const type = { name: 'הלבנה', nameEn: '', publicName: 'תור', publicNameEn: 'visit', profession: 'doctor' as const, durationMinutes: 50, bufferBeforeMinutes: 0, bufferAfterMinutes: 10, placeKind: 'chair' as const, priceItemId: price.id, colour: '#aa0000', practitionerIds: [hadar.practitioners.doctor] }
  const made = await owner('POST /visit-types', { body: { id: castId('v1'), ...type } })
  expect(made.body).toMatchObject({ ...type, active: true })
  const narrowed = await owner('PUT /visit-types/:id', { params: { id: castId('v1') }, body: { ...type, practitionerIds: [], active: false, version: made.body.version } })
  expect(narrowed.body).toMatchObject({ practitionerIds: [], active: false, version: made.body.version + 1 })
})

test('every change is in the audit trail, newest first, and nobody but the owner reads it', async () => {
  const first = await owner('GET /events', { query: { limit: 2 } })
  expect(first.body.items[0]).toMatchObject({ name: 'visit_type.changed', actorId: hadar.staff.owner.id, actorName: 'דפנה', subjectId: castId('v1'), outcome: 'done' })
  const second = await owner('GET /events', { query: { limit: 2, cursor: first.body.next ?? '' } })
  const ids = [...first.body.items, ...second.body.items].map(({ id }) => id)
  expect(new Set(ids).size).toBe(4)
  expect((await owner('GET /events', { query: { cursor: 'nonsense' } })).problem.code).toBe('cursor_invalid')
  expect((await desk('GET /events')).status).toBe(403)
  const refused = await owner('GET /events', { query: { name: 'access.refused' } })
  expect(refused.body.items[0]).toMatchObject({ actorId: hadar.staff.receptionist.id, outcome: 'refused', details: { permission: 'audit.read', route: 'GET /events' } })
})
