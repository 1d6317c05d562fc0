import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { expect, test } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const owner = await api.as(hadar.staff.owner)
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)

const none = { he: '', en: '', ar: '', ru: '' }
async function made(given: Partial<Inputs['POST /fields']['body']>): Promise<string> {
  const { body, status } = await owner('POST /fields', { body: { id: uuid(), subject: 'patient', key: `k${uuid().replaceAll('-', '_')}`, kind: 'text', labels: { ...none, he: 'שדה' }, hints: none, group: none, options: [], unit: '', formula: '', sensitivity: 'desk', editors: [], asked: 'first', raisesAlert: false, ...given } })
  expect(status).toBe(201)
  return body.id
}
const params = { id: hadar.patients.sara }
const put = async (as: typeof desk, fieldId: string, value: string | null, version: number) => (await as('PUT /patients/:id/fields', { params, body: { values: [{ fieldId, value, version }] } })).body
const asked = async (as: typeof desk) => (await as('GET /patients/:id', { params })).body.asked

test('what is asked once is due until it is answered, of whoever may answer it, and again when the answer is taken away', async () => {
  const open = await made({})
  const clinical = await made({ sensitivity: 'clinical' })
  const never = await made({ asked: 'never' })
  expect(await asked(desk)).toEqual([open])
  expect(await asked(doctor)).toEqual([open, clinical])
  expect((await put(doctor, clinical, 'כן', 0)).asked).toEqual([open])
  expect((await put(desk, open, 'תשובה', 0)).asked).toEqual([])
  expect(await asked(doctor)).toEqual([])
  expect((await put(desk, open, null, 1)).asked).toEqual([open])
  await put(desk, open, 'תשובה', 2)
  expect(await asked(desk)).not.toContain(never)
})

test('what is asked at each visit is due on the day of a visit, unless it was said since the one before; "still so" says it anew', async () => {
  const field = await made({ asked: 'each_visit' })
  const ofVisit = await made({ asked: 'each_visit', subject: 'visit' })
  const [patientId, branchId] = [hadar.patients.john, hadar.branches.center]
  const book = async (startsAt: string): Promise<string> => {
    const { status, body } = await desk('POST /appointments', { body: { id: uuid(), branchId, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId, startsAt } })
    expect(status).toBe(201)
    return body.id
  }
  const [first, second] = [await book('2026-11-22T08:00:00Z'), await book('2026-11-24T08:00:00Z')]
  const at = async (id: string) => (await desk('GET /appointments/:id', { params: { id } })).body.asked
  const say = async (version: number) => (await desk('PUT /patients/:id/fields', { params: { id: patientId }, body: { values: [{ fieldId: field, value: 'כן', version }] } })).body
  const only = ({ patient, visit }: Awaited<ReturnType<typeof at>>) => ({ patient: patient.filter((id) => id === field), visit })

  expect(only(await at(first))).toEqual({ patient: [field], visit: [ofVisit] })
  expect(only(await at(second))).toEqual({ patient: [field], visit: [] })
  expect((await say(0)).asked).not.toContain(field)
  expect((await say(1)).items).toContainEqual(expect.objectContaining({ fieldId: field, version: 1 })) // said already today
  expect(only(await at(first)).patient).toEqual([])

  api.setNow(instant('2026-11-24T07:00:00Z'))
  expect(await at(first)).toEqual({ patient: [], visit: [] })
  expect(only(await at(second))).toEqual({ patient: [field], visit: [ofVisit] })
  const again = await say(1)
  expect(again.items).toContainEqual(expect.objectContaining({ fieldId: field, value: 'כן', version: 2 }))
  expect(again.asked).not.toContain(field)
  await desk('POST /appointments/:id/cancellation', { params: { id: second }, body: { reason: 'patient', version: 1 } })
  expect(await at(second)).toEqual({ patient: [], visit: [] })
})
