import { v7 as uuid } from 'uuid'
import { encodeCursor } from '@yoman/use-cases/cursor'
import { testApi } from '@yoman/testing/api'
import { castPassword } from '@yoman/testing/cast'
import { expect, test } from 'vitest'

const api = await testApi()
const { hadar } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)

test.each([['[', ']', 32_000], ['{"a":', '}', 10_000]])('a body that is nothing but %s, as deep as a body can be, is malformed', async (open, close, depth) => {
  const payload = `${open.repeat(depth)}${open === '[' ? '' : '1'}${close.repeat(depth)}`
  const { statusCode } = await api.app.inject({ method: 'POST', url: '/api/auth/sign-in', headers: { 'content-type': 'application/json' }, payload })
  expect(statusCode).toBe(400)
})

test.each(['1e300', '1e12', '1.5', '-1', 'Infinity', 'never'])('an idle time of %s is no fault of ours', async (idle) => {
  const opened = await api.app.inject({ method: 'POST', url: '/api/auth/sign-in', payload: { email: hadar.staff.doctor.email, password: castPassword } })
  const cookie = opened.cookies.find(({ name }) => name === 'yoman-refresh')?.value ?? ''
  const answer = await api.app.inject({ method: 'POST', url: '/api/auth/refresh', cookies: { 'yoman-refresh': cookie }, headers: { 'x-yoman': '1', 'sec-fetch-site': 'same-origin', 'x-idle-seconds': idle } })
  expect(answer.statusCode).toBeLessThan(500)
})

test.each(['2026-01-01[u-ca=iso8601]', '2026-01-01T00:00[Asia/Tokyo]', '2026-W01-1'])('a cursor forged with the date %s is refused', async (date) => {
  const { status, problem } = await desk('GET /orders', { query: { cursor: encodeCursor([date, uuid()]) } })
  expect([status, problem.code]).toEqual([400, 'cursor_invalid'])
})

test.each(['2026-01-01T00:00:00Z[Asia/Tokyo]', '2026-01-01T00Z', '2026-01-01T00:00:00+00:00[u-ca=iso8601]'])('a cursor forged with the instant %s is refused', async (at) => {
  const { status, problem } = await desk('GET /messages', { query: { cursor: encodeCursor([at, uuid()]) } })
  expect([status, problem.code]).toEqual([400, 'cursor_invalid'])
})

test.each(['1800-01-01', '1850-06-01', '2199-12-31', '1900-01-01'])('the diary of %s is a diary', async (date) => {
  expect((await desk('GET /diary', { query: { branchId: hadar.branches.center, date } })).status).toBe(200)
  expect((await desk('POST /slot-searches', { body: { branchId: hadar.branches.center, visitTypeId: hadar.visitTypes.talk, fromDate: date, days: 62 } })).status).toBe(200)
  expect((await doctor('GET /room-days', { query: { date } })).status).toBe(200)
})

test('a list goes on after the longest Hebrew names there can be', async () => {
  for (const first of ['א', 'ב']) {
    expect((await desk('POST /patients', { body: { id: uuid(), givenName: first.repeat(80), familyName: 'א'.repeat(80), phones: [] } })).status).toBe(201)
  }
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: { limit: number; cursor?: string } = { limit: 1, ...(cursor === '' ? {} : { cursor }) }
    const page: Awaited<ReturnType<typeof desk<'GET /patients'>>> = await desk('GET /patients', { query })
    expect(page.status).toBe(200)
    seen.push(...page.body.items.map(({ id }) => id))
    cursor = page.body.next
  }
  expect(seen).toHaveLength(new Set(seen).size)
  expect(seen.length).toBeGreaterThan(2)
})

test('the same new patient sent twice at once is one, and both hear so', async () => {
  const body = { id: uuid(), givenName: 'פעמיים', familyName: 'אחת', phones: [] }
  const answers = await Promise.all([1, 2, 3].map(() => desk('POST /patients', { body })))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  expect((await desk('POST /patients', { body: { ...body, phones: [{ number: '0501239999' }] } })).problem.code).toBe('id_taken')
  expect((await desk('POST /patients', { body: { ...body, birthDate: '1990-01-01' } })).problem.code).toBe('id_taken')
})
