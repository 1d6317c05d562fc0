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

test('everybody chooses how their own screens look, piece by piece', async () => {
  const desk = await api.as(hadar.staff.receptionist)
  expect((await desk('GET /me')).body.preferences).toEqual({ density: 'normal', textSize: 'normal', diary: { columns: {} } })
  const columns = { [hadar.branches.center]: { order: [hadar.places.chair2, hadar.places.chair1], hidden: [hadar.places.room] } }
  await desk('PATCH /me/preferences', { body: { density: 'compact', diary: { view: 'week', columns } } })
  const { status, body } = await desk('PATCH /me/preferences', { body: { textSize: 'large', diary: { columns: { [hadar.branches.north]: { order: [], hidden: [] } } } } })
  const all = { density: 'compact', textSize: 'large', diary: { view: 'week', columns: { ...columns, [hadar.branches.north]: { order: [], hidden: [] } } } }
  expect([status, body]).toEqual([200, all])
  expect((await (await api.as(hadar.staff.receptionist))('GET /me')).body.preferences).toEqual(all)
  expect((await (await api.as(hadar.staff.doctor))('GET /me')).body.preferences.density).toBe('normal')
})

test('preferences take no field, view or branch that is unknown', async () => {
  const desk = await api.as(hadar.staff.assistant)
  const bodies: unknown[] = [{ colour: 'red' }, { density: 'huge' }, { diary: { view: 'year' } }, { diary: { columns: { 'not-an-id': { order: [], hidden: [] } } } }]
  for (const body of bodies) expect((await desk('PATCH /me/preferences', { body: body as never })).status).toBe(400) // wrong on purpose
  const other = await desk('PATCH /me/preferences', { body: { diary: { columns: { [api.cast.thames.branches.center]: { order: [], hidden: [] } } } } })
  expect(other.problem.code).toBe('reference_unknown')
  expect((await desk('GET /me')).body.preferences).toEqual({ density: 'normal', textSize: 'normal', diary: { columns: {} } })
})

test('two screens that change preferences at once both keep their part', async () => {
  const doctor = await api.as(hadar.staff.doctor)
  await Promise.all([doctor('PATCH /me/preferences', { body: { density: 'roomy' } }), doctor('PATCH /me/preferences', { body: { textSize: 'largest' } }), doctor('PATCH /me/preferences', { body: { diary: { view: 'month' } } })])
  expect((await doctor('GET /me')).body.preferences).toEqual({ density: 'roomy', textSize: 'largest', diary: { view: 'month', columns: {} } })
})

test('English names of the clinic, a branch and a person reach the screens and stay what they were for the others', async () => {
  const owner = await api.as(hadar.staff.owner)
  const { clinic, branches } = (await owner('GET /settings')).body
  const center = branches.find(({ id }) => id === hadar.branches.center)
  const people = (await owner('GET /staff')).body.items
  const desk = people.find(({ id }) => id === hadar.staff.receptionist.id)
  await owner('PATCH /clinic', { body: { version: clinic.version, nameEn: 'Hadar Clinics' } })
  await owner('PATCH /branches/:id', { params: { id: hadar.branches.center }, body: { version: center?.version ?? 0, nameEn: 'Hadar Centre' } })
  await owner('PATCH /staff/:id', { params: { id: hadar.staff.receptionist.id }, body: { version: desk?.version ?? 0, nameEn: 'Ruti' } })
  const me = (await (await api.as(hadar.staff.receptionist))('GET /me')).body
  expect([me.clinic.nameEn, me.nameEn, me.branches.map(({ nameEn }) => nameEn)]).toEqual(['Hadar Clinics', 'Ruti', ['Hadar Centre', '']])
  expect([me.clinic.name, me.name]).toEqual([clinic.name, 'רותי'])
})
