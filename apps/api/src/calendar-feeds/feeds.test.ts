import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { expect, it } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const doctor = await api.as(hadar.staff.doctor)
const desk = await api.as(hadar.staff.receptionist)
const makeSecret = (): string => randomBytes(32).toString('base64url')
const get = (secret: string, headers: Record<string, string> = {}) => api.app.inject({ method: 'GET', url: `/calendars/${secret}.ics`, headers })

const startsAt = '2026-11-24T07:00:00Z'
const visit = uuid()
await desk('POST /appointments', { body: { id: visit, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.checkUp, patientId: hadar.patients.sara, startsAt } })

it('shows a practitioner times and places, and nothing of whom or what for', async () => {
  expect((await doctor('GET /me/calendar-feed')).body).toEqual({ hasDiary: true, feed: null })
  expect((await desk('GET /me/calendar-feed')).body).toMatchObject({ hasDiary: false })
  const body = { id: uuid(), secret: makeSecret() }
  const made = await doctor('POST /me/calendar-feeds', { body })
  expect(made.status).toBe(201)
  expect((await doctor('POST /me/calendar-feeds', { body })).body).toEqual(made.body)
  expect((await desk('POST /me/calendar-feeds', { body })).problem.code).toBe('id_taken')
  const answer = await get(body.secret)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8')
  expect(answer.body).toContain('DTSTART:20261124T070000Z\r\nDTEND:20261124T073000Z\r\nSUMMARY:תור\r\n')
  expect(answer.body.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  expect(answer.body).not.toMatch(/שרה|לוי|Sara|בדיקה|\+972|[0-9a-f]{8}-[0-9a-f]{4}/)
  expect(answer.body).not.toContain(visit)
})

it('tells what has not changed in a few bytes, and follows a move and a cancellation', async () => {
  const body = { id: uuid(), secret: makeSecret() }
  await doctor('POST /me/calendar-feeds', { body })
  const first = await get(body.secret)
  const etag = String(first.headers['etag'])
  expect((await get(body.secret, { 'if-none-match': etag })).statusCode).toBe(304)
  await desk('PATCH /appointments/:id', { params: { id: visit }, body: { version: 1, startsAt: '2026-11-24T08:00:00Z' } })
  const moved = await get(body.secret, { 'if-none-match': etag })
  expect(moved.statusCode).toBe(200)
  expect(moved.body).toContain('DTSTART:20261124T080000Z')
  expect(moved.body).toContain(/UID:\S+/.exec(first.body)?.[0] ?? 'none')
  await desk('POST /appointments/:id/cancellation', { params: { id: visit }, body: { reason: 'patient' } })
  expect((await get(body.secret)).body).not.toContain('VEVENT')
})

it('is switched off by its owner, by a new one, and with the person; whoever guesses finds nothing', async () => {
  const [old, next] = [{ id: uuid(), secret: makeSecret() }, { id: uuid(), secret: makeSecret() }]
  await doctor('POST /me/calendar-feeds', { body: old })
  await doctor('POST /me/calendar-feeds', { body: next })
  expect([(await get(old.secret)).statusCode, (await get(next.secret)).statusCode]).toEqual([404, 200])
  expect((await doctor('POST /me/calendar-feeds', { body: old })).problem.code).toBe('id_taken') // said again, it does not say that it is on
  await api.database.db.updateTable('staff').set({ active: false }).where('id', '=', hadar.staff.doctor.id).execute()
  expect((await get(next.secret)).statusCode).toBe(404)
  await api.database.db.updateTable('staff').set({ active: true }).where('id', '=', hadar.staff.doctor.id).execute()
  for (const again of [1, 2]) expect((await doctor('DELETE /me/calendar-feed')).status, String(again)).toBe(204)
  expect((await get(next.secret)).statusCode).toBe(404)
  expect((await get('short')).statusCode).toBe(404)
  const { rows } = await api.database.ownerPool.query<{ text: string }>("select coalesce(string_agg(f::text, ''), '') || (select string_agg(e::text, '') from event e) as text from calendar_feed f")
  expect(rows[0]?.text).not.toContain(next.secret)
})

it('stays off for who left, even where they come back', async () => {
  const owner = await api.as(hadar.staff.owner)
  const leaver = await api.as(hadar.staff.hygienist)
  const body = { id: uuid(), secret: makeSecret() }
  await leaver('POST /me/calendar-feeds', { body })
  expect((await get(body.secret)).statusCode).toBe(200)
  const { id } = hadar.staff.hygienist
  const { version } = await api.database.db.selectFrom('staff').select('version').where('id', '=', id).executeTakeFirstOrThrow()
  expect((await owner('PATCH /staff/:id', { params: { id }, body: { version, active: false } })).status).toBe(200)
  expect((await owner('PATCH /staff/:id', { params: { id }, body: { version: version + 1, active: true } })).status).toBe(200)
  expect((await get(body.secret)).statusCode).toBe(404)
})

it('answers one program some times a minute, and many wrong addresses not at all', async () => {
  const stranger = await api.as(thames.staff.doctor)
  const body = { id: uuid(), secret: makeSecret() }
  await stranger('POST /me/calendar-feeds', { body })
  const statuses = []
  for (let n = 0; n < 15; n += 1) statuses.push((await get(body.secret)).statusCode)
  expect(statuses.slice(0, 12).every((status) => status === 200)).toBe(true)
  expect(statuses.at(-1)).toBe(429)
  let last = 0
  for (let n = 0; n < 40 && last !== 429; n += 1) last = (await get(makeSecret())).statusCode
  expect(last).toBe(429)
})
