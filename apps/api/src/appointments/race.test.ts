import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMinutes, atWallTime, dateIn, plainTime } from '@yoman/domain/time'
import { castPassword, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { freePort } from '@yoman/runtime/free-port'
import { systemClock } from '@yoman/use-cases/clock'
import { v7 as uuid } from 'uuid'

/**
 * The same races as in the use cases, but as they happen: through HTTP, sign-in and permissions, and through two server
 * processes that know nothing of each other but the database.
 */
const database = await testDatabase()
const { hadar } = await insertCast(database.apiPool)
const servers: { process: ChildProcess; url: string }[] = []
let token = ''

beforeAll(async () => {
  const jwtKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  servers.push(...(await Promise.all([startServer(jwtKey), startServer(jwtKey)])))
  const answer = await send(0, 'POST', '/auth/sign-in', { email: hadar.staff.receptionist.email, password: castPassword })
  token = (answer.body as { accessToken: string }).accessToken
  // Each connection of both pools has planned its statements once, as in a server that has been up for a while.
  await race(Array.from({ length: 64 }, (_, index) => () => send(index, 'POST', '/appointments', booking(slot(1000)))))
})

afterAll(async () => {
  await Promise.all(servers.map(({ process }) => new Promise((resolve) => (process.once('exit', resolve), process.kill('SIGTERM')))))
})

async function startServer(jwtKey: string): Promise<{ process: ChildProcess; url: string }> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('../main.ts', import.meta.url))], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATABASE_URL: database.url,
      DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
      BLIND_INDEX_KEY: Buffer.alloc(32, 9).toString('base64'),
      JWT_PRIVATE_KEY: jwtKey,
      LOG_LEVEL: 'warn',
    },
  })
  const url = `http://127.0.0.1:${port}`
  const ended = new Promise<never>((_, reject) => child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`))))
  ended.catch(() => {}) // it ends after the tests, too
  await Promise.race([ended, listening(url)])
  return { process: child, url }
}

async function listening(url: string): Promise<void> {
  for (;;) {
    const up = await fetch(`${url}/livez`).then((answer) => answer.ok, () => false)
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

interface Timed {
  status: number
  body: unknown
  ms: number
}

/** Even numbers go to the one server, odd ones to the other. */
async function send(index: number, method: string, path: string, body?: object): Promise<Timed> {
  const started = performance.now()
  const answer = await fetch(`${servers[index % 2]?.url}/api${path}`, { method, headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : null, ms: performance.now() - started }
}

async function race(requests: readonly (() => Promise<Timed>)[]): Promise<{ statuses: Record<number, number>; slowest: number; answers: Timed[] }> {
  const answers = await Promise.all(requests.map((request) => request()))
  const statuses: Record<number, number> = {}
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1
  return { statuses, slowest: Math.max(...answers.map(({ ms }) => ms)), answers }
}

/** Half an hour of the doctor's, counted from next Monday on: fourteen a day, Monday to Thursday. */
function slot(index: number): string {
  const today = dateIn(hadar.timeZone, systemClock.now())
  const monday = today.add({ days: 8 - today.dayOfWeek })
  const [day, place] = [Math.floor(index / 14), index % 14]
  const date = monday.add({ days: (day % 4) + Math.floor(day / 4) * 7 })
  return addMinutes(atWallTime(hadar.timeZone, date, plainTime(place < 8 ? '08:00' : '13:00')), (place < 8 ? place : place - 8) * 30).toString()
}

const booking = (startsAt: string, more: object = {}) => ({
  id: uuid(),
  branchId: hadar.branches.center,
  practitionerId: hadar.practitioners.doctor,
  visitTypeId: hadar.visitTypes.checkUp,
  patientId: hadar.patients.sara,
  startsAt,
  ...more,
})

let next = 0
const newSlot = (): string => slot(next++)

test('100 bookings of one slot through two servers have one winner', async () => {
  const startsAt = newSlot()
  const { statuses } = await race(Array.from({ length: 100 }, (_, index) => () => send(index, 'POST', '/appointments', booking(startsAt))))
  expect(statuses).toEqual({ 201: 1, 409: 99 })
})

test('200 rounds of 64: one winner each, nothing but 201 and 409, and no answer later than 250 ms', async () => {
  let [slowest, slowestReading] = [0, 0]
  for (let round = 0; round < 200; round += 1) {
    const startsAt = newSlot()
    const outcome = await race(Array.from({ length: 64 }, (_, index) => () => send(index, 'POST', '/appointments', booking(startsAt))))
    expect(outcome.statuses).toEqual({ 201: 1, 409: 63 })
    slowest = Math.max(slowest, outcome.slowest)
    if (round % 5 === 0) slowestReading = Math.max(slowestReading, (await race(Array.from({ length: 64 }, (_, index) => () => send(index, 'GET', '/me')))).slowest)
  }
  console.log(`200 rounds of 64 bookings: slowest ${slowest.toFixed(0)} ms; of 64 readings that wait for nobody: ${slowestReading.toFixed(0)} ms`)
  // On a machine that is busy with something else even those who wait for nobody are late: then that is the measure.
  expect(slowest).toBeLessThan(Math.max(250, 6 * slowestReading))
}, 300_000)

test('one chair wanted by two practitioners through two servers', async () => {
  for (let round = 0; round < 10; round += 1) {
    const startsAt = newSlot()
    newSlot() // a cleaning reaches into the next half hour
    const { chair1 } = hadar.places
    const cleaning = { practitionerId: hadar.practitioners.hygienist, visitTypeId: hadar.visitTypes.cleaning, placeId: chair1, outsideHours: true }
    const { statuses } = await race([0, 1].map((index) => () => send(index, 'POST', '/appointments', booking(startsAt, index ? cleaning : { placeId: chair1 }))))
    expect(statuses).toEqual({ 201: 1, 409: 1 })
  }
})

test('holds and the bookings that take them over, through two servers', async () => {
  for (let round = 0; round < 10; round += 1) {
    const startsAt = newSlot()
    const { answers } = await race(Array.from({ length: 16 }, (_, index) => () => send(index, 'POST', '/holds', { ...booking(startsAt), patientId: undefined })))
    const held = answers.filter(({ status }) => status === 201)
    expect(held).toHaveLength(1)
    const holdId = (held[0]?.body as { id: string }).id
    const { statuses } = await race(Array.from({ length: 16 }, (_, index) => () => send(index, 'POST', '/appointments', booking(startsAt, index < 8 ? { holdId } : {}))))
    expect(statuses).toEqual({ 201: 1, 409: 15 })
  }
})

test('moves of many visits to one place through two servers', async () => {
  const own = Array.from({ length: 10 }, newSlot)
  const visits = await Promise.all(own.map((startsAt, index) => send(index, 'POST', '/appointments', booking(startsAt))))
  const startsAt = newSlot()
  const { statuses } = await race(visits.map(({ body }, index) => () => send(index, 'PATCH', `/appointments/${(body as { id: string }).id}`, { version: 1, startsAt })))
  expect(statuses).toEqual({ 200: 1, 409: 9 })
})

test('in all this nobody waited in a ring, and nothing overlaps', async () => {
  const { rows } = await database.ownerPool.query(`
    select (select deadlocks from pg_stat_database where datname = current_database()) as deadlocks,
      (select count(*) from allocation a join allocation b on a.clinic_id = b.clinic_id and a.resource_id = b.resource_id
        and a.appointment_id < b.appointment_id and a.occupies and b.occupies and a.starts_at < b.ends_at and b.starts_at < a.ends_at) as overlaps`)
  expect(rows).toEqual([{ deadlocks: 0, overlaps: 0 }])
})
