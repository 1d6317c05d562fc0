import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMinutes, atWallTime, dateIn, plainTime } from '@yoman/domain/time'
import { freePort } from '@yoman/runtime/free-port'
import { type CastPerson, castContext, castPassword, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { createPatient } from '@yoman/use-cases/patients/create'
import { systemClock } from '@yoman/use-cases/clock'
import { offerToken, tokenHash } from '@yoman/use-cases/waitlist/link'

/** Who takes a place first, through two server processes that know nothing of each other but the database. */
const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const { hadar } = cast
const servers: { process: ChildProcess; url: string }[] = []
let token = ''

beforeAll(async () => {
  const jwtKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  servers.push(...(await Promise.all([startServer(jwtKey), startServer(jwtKey)])))
  token = await signIn(hadar.staff.receptionist)
}, 180_000)

afterAll(async () => {
  await Promise.all(servers.map(({ process }) => new Promise((resolve) => (process.once('exit', resolve), process.kill('SIGTERM')))))
})

async function startServer(jwtKey: string): Promise<{ process: ChildProcess; url: string }> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('../main.ts', import.meta.url))], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PATH: process.env['PATH'], PORT: String(port), DATABASE_URL: database.url, DATA_KEY: Buffer.alloc(32, 7).toString('base64'), BLIND_INDEX_KEY: Buffer.alloc(32, 9).toString('base64'), JWT_PRIVATE_KEY: jwtKey, LOG_LEVEL: 'warn' },
  })
  const url = `http://127.0.0.1:${port}`
  const ended = new Promise<never>((_, reject) => child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`))))
  ended.catch(() => {}) // it ends after the tests, too
  await Promise.race([ended, listening(url)])
  return { process: child, url }
}

async function listening(url: string): Promise<void> {
  for (;;) {
    if (await fetch(`${url}/livez`).then((answer) => answer.ok, () => false)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Even numbers go to the one server, odd ones to the other. */
async function send(index: number, method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${servers[index % 2]?.url}/api${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : null }
}

async function signIn({ email }: CastPerson): Promise<string> {
  const { body } = await send(0, 'POST', '/auth/sign-in', { email, password: castPassword })
  return (body as { accessToken: string }).accessToken
}

const take = (index: number, offerId: string) => fetch(`${servers[index % 2]?.url}/o/${offerToken(cast.vault, hadar.id, offerId)}`, { method: 'POST', body: new URLSearchParams({ answer: 'take' }) })

/** A Monday to come, so that the servers' own clock is before it. */
function monday(week: number, hour: string) {
  const today = dateIn('Asia/Jerusalem', systemClock.now())
  const next = today.add({ days: ((8 - today.dayOfWeek) % 7) + 7 * (week + 1) })
  return atWallTime('Asia/Jerusalem', next, plainTime(hour))
}

async function waiting(count: number): Promise<void> {
  const ctx = castContext(cast, hadar, 'receptionist', database.apiPool, systemClock.now())
  for (let at = 0; at < count; at += 1) {
    const [patientId, id] = [uuid(), uuid()]
    await createPatient(ctx, { id: patientId, givenName: `ממתין ${at}`, phones: [{ number: `052-700-${String(1000 + at)}` }], language: 'he' })
    const { status } = await send(at, 'POST', '/waitlist', { id, branchId: hadar.branches.center, patientId, visitTypeId: hadar.visitTypes.talk, durationMinutes: null, practitionerIds: [], weekdays: [], parts: [], urgency: 'normal', until: null })
    expect(status).toBe(201)
  }
}

// By phone as well as by link there is one door: both are played against each other.
const offer = async (startsAt: string, entryIds: readonly string[]) => {
  const offers = entryIds.map((entryId) => ({ id: uuid(), entryId, toldBy: 'phone' as const }))
  const { status } = await send(0, 'POST', '/waitlist-offers', { holdId: uuid(), branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, startsAt, offers })
  expect(status).toBe(201)
  // The servers go by the real clock, which may stand at a Sabbath or at night: so the links are given here, and no SMS.
  for (const { id } of offers) await database.db.updateTable('waitlist_offer').set({ told_by: 'sms', token_hash: tokenHash(offerToken(cast.vault, hadar.id, id)) }).where('id', '=', id).execute()
  return offers.map(({ id }) => id)
}

test('eight patients take one place at once through two servers: one has it, seven are told that it is gone', async () => {
  await waiting(8)
  for (let round = 0; round < 3; round += 1) {
    const startsAt = addMinutes(monday(round, '09:00'), 20 * round).toString()
    const offers = await offer(startsAt, await stillOpen()) // one fewer in each round
    const answers = await Promise.all(offers.map((id, index) => take(index, id)))
    const pages = await Promise.all(answers.map(async (answer) => ({ status: answer.status, text: await answer.text() })))
    expect(pages.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(offers.length - 1).fill(409)])
    expect(pages.filter(({ text }) => text.includes('התור נקבע לך'))).toHaveLength(1)
    expect(pages.filter(({ text }) => text.includes('המועד כבר נתפס') && text.includes('מקומך ברשימת ההמתנה נשמר'))).toHaveLength(offers.length - 1)
    const visits = await database.db.selectFrom('appointment').select('patient_id').where('starts_at', '=', monday(round, '09:00').add({ minutes: 20 * round })).where('status', '=', 'booked').execute()
    expect(visits).toHaveLength(1)
    expect(await stillOpen()).toHaveLength(7 - round)
  }
}, 60_000)

test('a desk that books and a patient who takes at the same moment: one of them has the place', async () => {
  const [entry = ''] = await stillOpen()
  const startsAt = monday(5, '10:00').toString()
  const [id = ''] = await offer(startsAt, [entry])
  const book = () => send(1, 'POST', '/appointments', { id: uuid(), branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: hadar.patients.john, startsAt })
  const [taken, ...booked] = await Promise.all([take(0, id), book(), book()])
  expect([taken.status, ...booked.map(({ status }) => status)]).toEqual([200, 409, 409])
})

async function stillOpen(): Promise<string[]> {
  const { body } = await send(0, 'GET', '/waitlist?status=open&limit=100')
  return (body as { items: { id: string }[] }).items.map(({ id }) => id)
}
