import { get, type IncomingMessage } from 'node:http'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { LiveNotice } from '@yoman/contract/live'
import { events } from '@yoman/domain/events'
import { recordEvents } from '@yoman/use-cases/record-events'
import { transact } from '@yoman/use-cases/transact'
import { testApi } from '@yoman/testing/api'
import { castContext, castId, type CastClinic, type CastPerson } from '@yoman/testing/cast'
import { permissionToHear } from './audience.ts'

const api = await testApi()
const { hadar, thames } = api.cast
let port = 0
beforeAll(async () => {
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const address = api.app.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  port = address.port
})

interface Ear {
  notices: LiveNotice[]
  response: IncomingMessage
  /** Resolves when the first notice of that name has come, or the stream has ended. */
  heard(name: string): Promise<LiveNotice | 'ended'>
  ended: Promise<void>
}

const open: IncomingMessage[] = []
afterEach(() => open.splice(0).forEach((response) => response.destroy()))

const listenAs = (person: CastPerson): Promise<Ear> => listenOn('/api/live', person)

async function listenOn(path: string, person: CastPerson): Promise<Ear> {
  const token = await api.tokenOf(person)
  const response = await new Promise<IncomingMessage>((resolve, reject) => get({ port, path, headers: { authorization: `Bearer ${token}` } }, resolve).on('error', reject))
  open.push(response)
  const notices: LiveNotice[] = []
  const waiting = new Set<() => void>()
  let over = false
  const wake = (): void => waiting.forEach((look) => look())
  response.setEncoding('utf8').on('data', (text: string) => {
    for (const [, data = ''] of text.matchAll(/^data: (.*)$/gm)) notices.push(JSON.parse(data) as LiveNotice) // our own form
    wake()
  })
  const ended = new Promise<void>((resolve) => response.once('close', () => ((over = true), wake(), resolve())))
  const heard = (name: string): Promise<LiveNotice | 'ended'> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = notices.find((notice) => notice.name === name)
        if (!found && !over) return
        waiting.delete(look)
        resolve(found ?? 'ended')
      }
      waiting.add(look)
      look()
    })
  return { notices, response, heard, ended }
}

function happen(clinic: CastClinic, name: 'encounter.signed' | 'appointment.arrived' | 'invoice.issued' | 'clinic.changed'): Promise<void> {
  const ctx = castContext(api.cast, clinic, 'owner', api.database.apiPool)
  const subject = { type: name.split('.')[0] ?? '', id: castId(name, clinic.id) }
  return transact(ctx, (tx) => recordEvents(tx, ctx, [{ name, subject, patientId: clinic.patients.sara, branchId: clinic.branches.center }]))
}

test('tells what happened to what, with ids alone and the time, and nothing of it twice', async () => {
  const desk = await listenAs(hadar.staff.receptionist)
  expect(desk.response.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
  await happen(hadar, 'appointment.arrived')
  expect(await desk.heard('appointment.arrived')).toEqual({ name: 'appointment.arrived', type: 'appointment', id: castId('appointment.arrived', hadar.id), patient: hadar.patients.sara, branch: hadar.branches.center, session: null, now: '2026-11-22T07:00:00Z' })
  await happen(hadar, 'clinic.changed')
  await desk.heard('clinic.changed')
  expect(desk.notices).toHaveLength(2)
})

test('opens no more than the roles do, and nothing of another clinic', async () => {
  const [desk, doctor, assistant, accountant, other] = await Promise.all([hadar.staff.receptionist, hadar.staff.doctor, hadar.staff.assistant, hadar.staff.accountant, thames.staff.owner].map(listenAs))
  for (const name of ['encounter.signed', 'invoice.issued', 'appointment.arrived', 'clinic.changed'] as const) await happen(hadar, name)
  await happen(thames, 'clinic.changed')
  // Notices come in order: whoever has heard the last has heard all that were meant for them.
  const names = async (ear: Ear | undefined): Promise<string[]> => {
    await ear?.heard('clinic.changed')
    return ear?.notices.map(({ name }) => name) ?? []
  }
  expect(await names(desk)).toEqual(['invoice.issued', 'appointment.arrived', 'clinic.changed'])
  expect(await names(doctor)).toEqual(['encounter.signed', 'appointment.arrived', 'clinic.changed'])
  expect(await names(assistant)).toEqual(['encounter.signed', 'appointment.arrived', 'clinic.changed'])
  expect(await names(accountant)).toEqual(['invoice.issued', 'clinic.changed'])
  expect(await names(other)).toEqual(['clinic.changed'])
  expect(other?.notices[0]?.id).toBe(castId('clinic.changed', thames.id))
})

test('ends when the person leaves the clinic', async () => {
  const assistant = await listenAs(hadar.staff.assistant)
  const owner = await api.as(hadar.staff.owner)
  await owner('PATCH /staff/:id', { params: { id: hadar.staff.assistant.id }, body: { version: 1, active: false } })
  await assistant.ended
  expect(assistant.response.complete).toBe(true)
})

test('other roles hear other things from then on', async () => {
  const hygienist = await listenAs(hadar.staff.hygienist)
  const owner = await api.as(hadar.staff.owner)
  await owner('PUT /staff/:id/roles', { params: { id: hadar.staff.hygienist.id }, body: { version: 1, roles: [{ role: 'accountant', branchId: null }] } })
  await hygienist.heard('staff.changed')
  // The look at the new roles is a query of its own; what is told until then follows the old ones.
  await expect.poll(async () => (await happen(hadar, 'invoice.issued'), hygienist.notices.some(({ name }) => name === 'invoice.issued'))).toBe(true)
  const before = hygienist.notices.length
  await happen(hadar, 'encounter.signed')
  await happen(hadar, 'clinic.changed')
  await hygienist.heard('clinic.changed')
  expect(hygienist.notices.slice(before).map(({ name }) => name)).not.toContain('encounter.signed')
})

test('who is in a note is told to those who may read it, and that they have left as soon as their stream ends', async () => {
  const encounterId = castId('encounter', 'of two')
  const [clinic, id, doctorId] = [hadar.id, encounterId, hadar.practitioners.doctor]
  await api.database.ownerPool.query(
    `insert into encounter (clinic_id, id, patient_id, practitioner_id, branch_id, started_at) values ($1, $2, $3, $4, $5, '2026-11-22T08:00:00Z')`,
    [clinic, id, hadar.patients.sara, doctorId, hadar.branches.center],
  )
  const line = castId('line', 'of the doctor')
  const [doctor, other, desk, elsewhere] = [await listenOn(`/api/live?line=${line}`, hadar.staff.doctor), await listenAs(hadar.staff.otherDoctor), await listenAs(hadar.staff.receptionist), await listenAs(thames.staff.doctor)]
  const presence = { tab: castId('tab', 'of the doctor'), line, doing: 'writing' as const, since: '2026-11-22T08:40:00Z', seq: 3, asks: true }
  expect((await (await api.as(hadar.staff.doctor))('PUT /encounters/:id/presence', { params: { id }, body: presence })).status).toBe(204)
  expect(await other.heard('presence.here')).toMatchObject({ id, presence: { ...presence, staffId: hadar.staff.doctor.id } })
  doctor.response.destroy()
  expect(await other.heard('presence.gone')).toMatchObject({ presence: { line } })
  await happen(hadar, 'clinic.changed')
  await happen(thames, 'clinic.changed')
  await Promise.all([desk.heard('clinic.changed'), elsewhere.heard('clinic.changed')])
  expect([...desk.notices, ...elsewhere.notices].filter(({ name }) => name.startsWith('presence'))).toEqual([])
})

test('an idle session does not live on by listening', async () => {
  const doctor = await listenAs(hadar.staff.doctor)
  api.passSeconds(31 * 60)
  await doctor.ended
  expect(doctor.response.complete).toBe(true)
})

test('a broken line of notices is mended, and everybody comes back to read anew', async () => {
  const desk = await listenAs(hadar.staff.otherDoctor)
  await api.database.ownerPool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'yoman-notices' and datname = current_database()`)
  await desk.ended
  const again = await listenAs(hadar.staff.otherDoctor)
  await happen(hadar, 'appointment.arrived')
  expect(await again.heard('appointment.arrived')).toMatchObject({ patient: hadar.patients.sara })
})

test('every event that is told live has an audience', () => {
  const live = Object.entries(events).filter(([, { live }]) => live)
  expect(live.filter(([name]) => permissionToHear(name) === undefined)).toEqual([])
  expect(permissionToHear('surprise.happened')).toBeUndefined()
})
