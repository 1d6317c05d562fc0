import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { testApi } from '@yoman/testing/api'
import { describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const stranger = await api.as(thames.staff.owner)

describe('likely duplicates, while a name is typed', () => {
  const likely = async (body: Inputs['POST /patient-likenesses']['body'], as = desk) =>
    (await as('POST /patient-likenesses', { body })).body.items.map(({ id, reasons }) => ({ id, reasons }))
  const { sara, noam, rivka } = hadar.patients

  test('each with its reasons, the likeliest first', async () => {
    expect(await likely({ givenName: 'סרה', familyName: 'לווי', phone: '050-1234501' })).toEqual([{ id: sara, reasons: ['phone', 'sounds_alike'] }, { id: noam, reasons: ['phone'] }])
    expect(await likely({ givenName: 'Rivka', familyName: 'Cohen', birthDate: '1969-03-08' })).toEqual([{ id: rivka, reasons: ['birth_date', 'sounds_alike'] }])
    expect(await likely({ givenName: 'א', familyName: '', identifier: '000000018' })).toEqual([{ id: sara, reasons: ['identifier'] }])
  })

  test('half a name and half a number propose nobody, and nobody is proposed to themselves', async () => {
    expect(await likely({ givenName: 'שרה', familyName: '', phone: '050-12345' })).toEqual([])
    expect(await likely({ givenName: 'שרה', familyName: 'לוי', except: sara })).toEqual([])
  })

  test('another clinic is proposed its own people', async () => {
    expect(await likely({ givenName: 'שרה', familyName: 'לוי' }, stranger)).toEqual([{ id: thames.patients.sara, reasons: ['same_name'] }])
  })
})

test('a record says what is still to be asked, and the incomplete ones are a list', async () => {
  const id = uuid()
  const answer = await desk('POST /patients', { body: { id, givenName: 'חצי', familyName: 'תיק', phones: [] } })
  expect(answer.body.missing).toEqual(['phone', 'identifier', 'birth_date'])
  const ids = async () => (await desk('GET /patients', { query: { incomplete: true, limit: 200 } })).body.items.map((item) => item.id)
  expect(await ids()).toContain(id)
  expect(await ids()).not.toContain(hadar.patients.sara)
  await desk('PATCH /patients/:id', { params: { id }, body: { version: 1, birthDate: '1990-01-01', phones: [{ number: '052-7654321' }], identifier: { kind: 'national_id', value: '111111118' } } })
  expect(await ids()).not.toContain(id)
})
