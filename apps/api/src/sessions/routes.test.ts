import { expect, test } from 'vitest'
import { castPassword } from '@yoman/testing/cast'
import { testApi } from '@yoman/testing/api'

const api = await testApi()
const { hadar } = api.cast

test('somebody who signs in learns who they are and what they may do', async () => {
  const { status, body } = await (await api.as(hadar.staff.receptionist))('GET /me')
  expect(status).toBe(200)
  expect(body).toMatchObject({ name: 'רותי', roles: ['receptionist'], now: '2026-11-22T07:00:00Z', demo: false, practitionerId: null })
  expect(body.permissions).toContain('patient.find')
  expect(body.permissions).not.toContain('note.read')
  expect(body.branches.map((branch) => branch.name)).toEqual(['הדר מרכז', 'הדר צפון'])
})

test('a wrong password and an unknown address look the same', async () => {
  const wrong = await api.anonymous('POST /auth/sign-in', { body: { email: hadar.staff.doctor.email, password: 'not this one' } })
  const unknown = await api.anonymous('POST /auth/sign-in', { body: { email: 'nobody@hadar.example', password: castPassword } })
  for (const { status, problem } of [wrong, unknown]) expect([status, problem.code]).toEqual([401, 'sign_in_failed'])
})

test('everybody chooses the language of their own screens', async () => {
  const desk = await api.as(hadar.staff.receptionist)
  expect((await desk('PATCH /me', { body: { language: 'en' } })).body.language).toBe('en')
  expect((await desk('GET /me')).body.language).toBe('en')
  expect((await (await api.as(hadar.staff.doctor))('GET /me')).body.language).toBe('he')
})
