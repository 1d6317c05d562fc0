import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { castNow } from '@yoman/testing/cast'
import { testApi } from '@yoman/testing/api'
import { afterEach, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)
const stranger = await api.as(thames.staff.owner)
const { sara, noam, rivka } = hadar.patients
afterEach(() => api.setNow(castNow))

const newPatient = async (givenName: string, birthDate: string, phones: { number: string; label?: 'guardian' }[] = []) => {
  const id = uuid()
  expect((await desk('POST /patients', { body: { id, givenName, familyName: 'שחר', birthDate, phones, evenIfKnown: true } })).status).toBe(201)
  return id
}
const relate = async (id: string, relatedId: string, kind: 'parent' | 'child' | 'spouse' | 'payer') => {
  const relationId = uuid()
  expect((await desk('POST /patients/:id/relations', { params: { id }, body: { id: relationId, relatedId, kind } })).status).toBe(201)
  return relationId
}
const familyOf = async (id: string) => (await desk('GET /patients/:id/family', { params: { id } })).body

test('each of a family is shown with what they may be told: a minor\'s mother all, the minor nothing of the mother', async () => {
  expect((await familyOf(noam)).members).toMatchObject([{ kind: 'guardian', patient: { id: sara }, told: ['appointments', 'clinical', 'money'], expired: [] }])
  expect((await familyOf(sara)).members).toMatchObject([{ kind: 'ward', patient: { id: noam }, told: [] }])
  expect((await familyOf(noam)).minor).toBe(true)
})

test('a whole phone number finds the family, and says who may be told what of whom', async () => {
  const hear = async (text: string) => (await desk('POST /patient-searches', { body: { text } })).body.items.map((item) => ({ id: item.id, of: item.mayHear.map(({ patient, told }) => [patient.id, ...told]) }))
  const family = [{ id: sara, of: [[noam, 'appointments', 'clinical', 'money']] }, { id: noam, of: [[sara]] }]
  expect((await hear('050-1234501')).toSorted((a, b) => b.of.flat().length - a.of.flat().length)).toEqual(family)
  expect((await hear('4501')).flatMap(({ of }) => of), 'half a number is nobody who calls').toEqual([])
})

test('what a patient says holds from that day on, and only its own side', async () => {
  const [one, other] = [await newPatient('אורן', '1980-01-01'), await newPatient('ליאור', '1982-01-01')]
  const relationId = await relate(one, other, 'spouse')
  expect((await familyOf(one)).members[0]?.told).toEqual([])
  const { body } = await desk('PUT /patients/:id/relations/:relationId/told', { params: { id: other, relationId }, body: { told: ['appointments'] } })
  expect(body.members).toMatchObject([{ kind: 'spouse', patient: { id: one }, told: ['appointments'] }])
  expect((await familyOf(one)).members[0]?.told).toEqual([])
  expect((await desk('PUT /patients/:id/relations/:relationId/told', { params: { id: rivka, relationId }, body: { told: [] } })).status).toBe(404)
  expect((await stranger('PUT /patients/:id/relations/:relationId/told', { params: { id: one, relationId }, body: { told: [] } })).status).toBe(404)
  expect((await stranger('GET /patients/:id/family', { params: { id: one } })).status).toBe(404)
})

test('a coming of age is noticed: the parent\'s right to hear of health ends, the patient is on the list until somebody looked', async () => {
  const mother = await newPatient('אם', '1980-01-01', [{ number: '052-7100001' }])
  const child = await newPatient('בת', '2008-12-10', [{ number: '052-7100001' }])
  const relationId = await relate(mother, child, 'child') // told from the other side
  await desk('POST /patients/:id/consents', { params: { id: child }, body: { id: uuid(), channel: 'sms', purpose: 'service', state: 'given', source: 'form' } })
  const listed = async () => (await desk('GET /coming-of-age')).body.items.filter(({ patient }) => patient.id === child)
  expect(await listed()).toMatchObject([{ ofAgeOn: '2026-12-10', ofAge: false, reasons: ['guardian_told', 'guardian_phone', 'guardian_consent'] }])
  expect((await familyOf(child)).members).toMatchObject([{ kind: 'parent', told: ['appointments', 'clinical', 'money'], expired: [] }])

  api.setNow(instant('2026-12-10T07:00:00Z'))
  expect(await listed()).toMatchObject([{ ofAge: true }])
  expect((await familyOf(child)).members).toMatchObject([{ told: ['appointments', 'money'], expired: ['clinical'] }])
  await desk('PUT /patients/:id/relations/:relationId/told', { params: { id: child, relationId }, body: { told: ['clinical'] } })
  expect((await familyOf(child)).members).toMatchObject([{ told: ['clinical'], expired: [] }])

  expect((await desk('POST /patients/:id/of-age-review', { params: { id: child } })).status).toBe(204)
  expect(await listed()).toEqual([])
  expect((await doctor('DELETE /patients/:id/of-age-review', { params: { id: child } })).status).toBe(204)
  expect(await listed()).toHaveLength(1)
  expect((await stranger('POST /patients/:id/of-age-review', { params: { id: child } })).status).toBe(404)
  expect((await stranger('GET /coming-of-age')).body.items).toEqual([])
})

test('messages of a minor without a phone go to the guardian; of the same child at eighteen to nobody', async () => {
  const father = await newPatient('אב', '1980-01-01', [{ number: '052-7100009' }])
  const child = await newPatient('בן', '2009-03-01')
  await relate(child, father, 'parent')
  const phones = async (on: string) =>
    (await api.database.ownerPool.query<{ phones: string[] }>('select message_phones($1, $2, $3) as phones', [hadar.id, child, on])).rows[0]?.phones
  expect(await phones('2027-02-28')).toEqual(['+972527100009'])
  expect(await phones('2027-03-01')).toEqual([])
})

test('who has the same phone and is not said to be family is shown as that', async () => {
  const [one, other] = [await newPatient('שכנה', '1990-01-01', [{ number: '03-9990001' }]), await newPatient('שכן', '1991-01-01', [{ number: '03-9990001' }])]
  expect((await familyOf(one)).samePhone.map(({ id }) => id)).toEqual([other])
})
