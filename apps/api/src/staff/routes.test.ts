import { expect, test } from 'vitest'
import { testApi } from '@yoman/testing/api'
import { castId, castPassword } from '@yoman/testing/cast'

const api = await testApi()
const { hadar, thames } = api.cast
const owner = await api.as(hadar.staff.owner)

const newcomer = { id: castId('newcomer'), name: 'נטע', email: 'Neta@Hadar.example', language: 'he' as const, password: 'a long enough phrase', roles: [{ role: 'assistant' as const, branchId: hadar.branches.north }] }

test('the owner adds a person, who signs in and sees the branch of the role', async () => {
  const { status, body } = await owner('POST /staff', { body: newcomer })
  expect([status, body.email, body.roles]).toEqual([201, 'neta@hadar.example', newcomer.roles])
  const opened = await api.anonymous('POST /auth/sign-in', { body: { email: 'neta@hadar.example', password: newcomer.password } })
  expect(opened.body.me.branches.map(({ id }) => id)).toEqual([hadar.branches.north])
  const listed = await owner('GET /staff')
  expect(listed.body.items.map(({ name }) => name)).toContain('נטע')
})

test('an address signs in one person in the whole system', async () => {
  const { status, problem } = await owner('POST /staff', { body: { ...newcomer, id: castId('double'), email: thames.staff.doctor.email } })
  expect([status, problem.code]).toEqual([409, 'email_taken'])
})

test.each([
  ['short', 'password_too_short'],
  ['passwordpassword', 'password_too_common'],
  ['neta@hadar.example', 'password_too_common'],
])('refuses %s as a password', async (password, code) => {
  const { status, problem } = await owner('PUT /staff/:id/password', { params: { id: newcomer.id }, body: { password } })
  expect([status, problem.code]).toEqual([422, code])
})

test('people of another clinic are not there', async () => {
  const { status } = await owner('PATCH /staff/:id', { params: { id: thames.staff.doctor.id }, body: { version: 1, name: 'x' } })
  expect(status).toBe(404)
})

test('a person who leaves is out at once', async () => {
  const desk = await api.as(hadar.staff.northReceptionist)
  expect((await desk('GET /me')).status).toBe(200)
  await owner('PATCH /staff/:id', { params: { id: hadar.staff.northReceptionist.id }, body: { version: 1, active: false } })
  expect((await desk('GET /me')).status).toBe(401)
  const again = await api.anonymous('POST /auth/sign-in', { body: { email: hadar.staff.northReceptionist.email, password: castPassword } })
  expect(again.problem.code).toBe('sign_in_failed')
})

test('other roles hold from the next request on', async () => {
  const accountant = await api.as(hadar.staff.accountant)
  expect((await accountant('GET /events')).status).toBe(403)
  const { body } = await owner('PUT /staff/:id/roles', { params: { id: hadar.staff.accountant.id }, body: { version: 1, roles: [{ role: 'owner', branchId: null }] } })
  expect(body.version).toBe(2)
  expect((await accountant('GET /events')).status).toBe(200)
})

test('a clinic keeps at least one owner, also when two dismiss each other at once', async () => {
  const second = await api.as(hadar.staff.accountant) // an owner since the test above
  const dismiss = (call: typeof owner, id: string, version: number) => call('PUT /staff/:id/roles', { params: { id }, body: { version, roles: [{ role: 'accountant', branchId: null }] } })
  const answers = await Promise.all([dismiss(owner, hadar.staff.accountant.id, 2), dismiss(second, hadar.staff.owner.id, 1)])
  expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
  const { rows } = await api.database.ownerPool.query(`select staff_id from staff_role where clinic_id = $1 and role = 'owner'`, [hadar.id])
  expect(rows).toHaveLength(1)
})

test('changing one’s own password asks for the old one and ends every session', async () => {
  const doctor = await api.as(hadar.staff.doctor)
  expect((await doctor('PUT /me/password', { body: { current: 'wrong', next: 'another long phrase' } })).problem.code).toBe('password_wrong')
  expect((await doctor('PUT /me/password', { body: { current: castPassword, next: 'another long phrase' } })).status).toBe(204)
  expect((await doctor('GET /me')).status).toBe(401)
  expect((await api.anonymous('POST /auth/sign-in', { body: { email: hadar.staff.doctor.email, password: 'another long phrase' } })).status).toBe(200)
})
