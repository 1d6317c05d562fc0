import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { beforeAll, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const { center, north } = hadar.branches
const makeSecret = (): string => randomBytes(32).toString('base64url')
const screen = (more: object = {}) => ({ id: uuid(), branchId: center, name: 'חדר ההמתנה', language: 'he' as const, theme: 'dark' as const, chime: false, secret: makeSecret(), ...more })
const view = async (secret: string) => api.anonymous('POST /waiting-room-views', { body: { secret } })

/** A patient comes to a visit in the centre; the number they are given goes up by one each time. */
async function arrives(startsAt: string, patientId: string, visitTypeId = hadar.visitTypes.checkUp): Promise<{ id: string }> {
  const params = { id: uuid() }
  const booked = await desk('POST /appointments', { body: { ...params, branchId: center, practitionerId: hadar.practitioners.doctor, visitTypeId, patientId, startsAt } })
  expect(booked.status, JSON.stringify(booked.problem)).toBe(201)
  await desk('POST /appointments/:id/arrival', { params, body: {} })
  return params
}

describe('the screen of a waiting room', () => {
  const wall = screen()
  let sara = { id: '' }
  beforeAll(async () => {
    expect((await owner('POST /waiting-screens', { body: wall })).status).toBe(201)
    sara = await arrives('2026-11-22T08:00:00Z', hadar.patients.sara)
    await arrives('2026-11-22T09:00:00Z', hadar.patients.rivka, hadar.visitTypes.talk)
  })

  test('shows by number who is called to which room and who is next, and no name', async () => {
    const before = (await view(wall.secret)).body
    expect(before).toMatchObject({ clinicName: hadar.name, names: 'number', theme: 'dark', called: [], next: [{ label: '1', place: 'כיסא 1' }, { label: '2', place: hadar.staff.doctor.name }] })
    api.setNow(instant('2026-11-22T08:02:00Z'))
    await desk('POST /appointments/:id/call', { params: sara, body: {} })
    const after = await view(wall.secret)
    expect(after.body).toMatchObject({ now: '2026-11-22T08:02:00Z', called: [{ label: '1', place: 'כיסא 1', calledAt: '2026-11-22T08:02:00Z' }], next: [{ label: '2' }] })
    expect(after.raw.body).not.toMatch(/שרה|לוי|רבקה|כהן|Sara|Levi|\+972|[0-9a-f]{8}-[0-9a-f]{4}/) // neither names, phones nor ids
  })

  test('shows as much of a name as the clinic allows, in the language of the screen', async () => {
    const english = screen({ language: 'en', theme: 'light' })
    await owner('POST /waiting-screens', { body: english })
    const labels = async () => (await Promise.all([wall, english].map(({ secret }) => view(secret)))).map(({ body }) => [...body.called, ...body.next].map(({ label }) => label))
    const allow = async (screenNames: 'number' | 'initials' | 'first_name') => {
      const version = (await owner('GET /flow-settings')).body.items.find(({ branchId }) => branchId === center)?.version ?? 0
      await owner('PUT /branches/:id/flow-settings', { params: { id: center }, body: { version, waitingMinutes: 20, lateMinutes: 10, screenNames } })
    }
    await allow('initials')
    expect(await labels()).toEqual([['ש. ל.', 'ר. כ.'], ['S. L.', 'ר. כ.']])
    await allow('first_name')
    expect(await labels()).toEqual([['שרה ל.', 'רבקה כ.'], ['Sara L.', 'רבקה כ.']])
    await allow('number')
  })

  test('forgets who went in or left, and counts a call that was taken back and made again from then', async () => {
    const page = (await desk('GET /appointments/:id', { params: sara })).body
    await desk('POST /appointments/:id/undo', { params: sara, body: { version: page.appointment.version } })
    expect((await view(wall.secret)).body).toMatchObject({ called: [], next: [{ label: '1' }, { label: '2' }] })
    api.setNow(instant('2026-11-22T08:10:00Z'))
    await desk('POST /appointments/:id/call', { params: sara, body: {} })
    expect((await view(wall.secret)).body.called).toEqual([{ label: '1', place: 'כיסא 1', calledAt: '2026-11-22T08:10:00Z' }])
    await desk('POST /appointments/:id/start', { params: sara, body: {} })
    expect((await view(wall.secret)).body).toMatchObject({ called: [], next: [{ label: '2' }] })
  })

  test('shows its own branch alone', async () => {
    const other = screen({ branchId: north })
    await owner('POST /waiting-screens', { body: other })
    expect((await view(other.secret)).body).toMatchObject({ branchName: 'הדר צפון', called: [], next: [] })
  })

  test('goes dark when it is switched off, and a secret that never was shows nothing', async () => {
    const body = screen()
    const made = await owner('POST /waiting-screens', { body })
    expect((await owner('POST /waiting-screens', { body })).body).toEqual(made.body)
    expect((await owner('POST /waiting-screens', { body: { ...body, secret: makeSecret() } })).problem.code).toBe('id_taken')
    expect((await view(body.secret)).status).toBe(200)
    const off = await owner('POST /waiting-screens/:id/revocation', { params: { id: body.id } })
    expect(off.body.revokedAt).not.toBeNull()
    expect((await owner('POST /waiting-screens/:id/revocation', { params: { id: body.id } })).status).toBe(200)
    for (const secret of [body.secret, makeSecret()]) expect((await view(secret)).problem).toMatchObject({ code: 'screen_link_invalid', status: 410 })
  })
})

test('the record keeps no secret, and only the owner opens or closes a screen', async () => {
  const body = screen()
  const made = await owner('POST /waiting-screens', { body })
  const list = await desk('GET /waiting-screens')
  expect(list.body.items.some(({ id }) => id === body.id)).toBe(true)
  expect(made.raw.body + list.raw.body).not.toContain(body.secret)
  const { rows } = await api.database.ownerPool.query(`select waiting_screen::text || (select string_agg(event::text, '') from event) as text from waiting_screen`)
  expect(rows.map(({ text }) => text).join()).not.toContain(body.secret)
  expect((await desk('POST /waiting-screens', { body: screen() })).status).toBe(403)
  expect((await desk('POST /waiting-screens/:id/revocation', { params: { id: body.id } })).status).toBe(403)
  const stranger = await api.as(thames.staff.owner)
  expect((await stranger('GET /waiting-screens')).body.items).toEqual([])
  expect((await stranger('POST /waiting-screens/:id/revocation', { params: { id: body.id } })).status).toBe(404)
  expect((await owner('POST /waiting-screens', { body: screen({ branchId: thames.branches.center }) })).problem.code).toBe('reference_unknown')
  expect((await owner('POST /waiting-screens', { body: screen({ secret: 'short' }) })).status).toBe(400)
})
