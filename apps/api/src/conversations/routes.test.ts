import { v7 as uuid } from 'uuid'
import { loadVisitFacts } from '@yoman/db/messages/visit-facts'
import { type Instant, instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { castContext, castNow } from '@yoman/testing/cast'
import { bookAppointment } from '@yoman/use-cases/appointments/book'
import { patientContext } from '@yoman/use-cases/context'
import { claimMessage } from '@yoman/use-cases/messages/claim-message'
import { receiveReply } from '@yoman/use-cases/messages/receive-reply'
import { read } from '@yoman/use-cases/transact'
import { beforeEach, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const { db } = api.database
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
let now = castNow

beforeEach(() => {
  now = now.add({ minutes: 1 })
  api.setNow(now)
})

const write = (from: string, body: string) => receiveReply(patientContext(api.services, hadar.id, now, null), { providerId: uuid(), from, body })
const ofNumber = async (number: string) => (await desk('GET /conversations', { query: { limit: 200 } })).body.items.find((one) => one.number === number)
const open = async (number: string) => (await ofNumber(number)) ?? expect.fail(`no conversation with ${number}`)
const ahmad = '+972521234502'

describe('a conversation', () => {
  test('opens with what somebody writes, is counted until it is read, and leads the list', async () => {
    await write(ahmad, 'هل يوجد موقف سيارات؟')
    await write(ahmad, 'أو باص؟')
    const { body } = await desk('GET /conversations', { query: { status: 'open' } })
    expect(body).toMatchObject({ unread: 1, items: [{ number: ahmad, patient: { id: hadar.patients.ahmad }, unread: 2, lastWords: 'أو باص؟', status: 'open', takenBy: null, refused: false }] })
    const id = body.items[0]?.id ?? ''
    expect((await desk('GET /conversations/:id', { params: { id } })).body.words.map(({ direction, body: words, understoodAs }) => [direction, words, understoodAs])).toEqual([['in', 'هل يوجد موقف سيارات؟', 'unknown'], ['in', 'أو باص؟', 'unknown']])
    expect((await desk('POST /conversations/:id/reading', { params: { id } })).body).toMatchObject({ unread: 0, status: 'open' })
    expect((await desk('POST /conversations/:id/reading', { params: { id } })).status).toBe(200)
    expect((await desk('GET /conversations', { query: {} })).body.unread).toBe(0)
  })

  test('is answered by one SMS of its own kind, however often the answer is sent, and shows both sides', async () => {
    await write(ahmad, 'متى؟')
    const { id } = await open(ahmad)
    const message = uuid()
    const answers = await Promise.all([1, 2].map(() => desk('POST /conversations/:id/replies', { params: { id }, body: { id: message, body: 'غدًا في العاشرة' } })))
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers[0]?.body.conversation).toMatchObject({ status: 'answered', unread: 0, takenBy: { staffId: hadar.staff.receptionist.id } })
    expect(answers[0]?.body.words.at(-1)).toMatchObject({ direction: 'out', kind: 'reply', state: 'queued', body: 'غدًا في العاشرة' })
    expect(await db.selectFrom('message').select(['to_address', 'patient_id', 'language']).where('kind', '=', 'reply').execute()).toEqual([{ to_address: ahmad, patient_id: hadar.patients.ahmad, language: 'ar' }])
    expect(await db.selectFrom('outbox').select('name').where('subject_id', '=', message).execute()).toEqual([{ name: 'message.queued' }])
    expect((await desk('POST /conversations/:id/replies', { params: { id }, body: { id: message, body: 'x' } })).status).toBe(201) // the same id: the same answer
    await write(ahmad, 'شكرًا جزيلًا')
    expect(await open(ahmad)).toMatchObject({ status: 'open', unread: 1 })
    const system = { ...castContext(api.cast, hadar, 'receptionist', api.database.apiPool, now) }
    expect(await claimMessage(system, message, now, 60, () => 1)).toMatchObject({ kind: 'reply', to: ahmad, attempt: 1 })
  })

  test('of long ago is not written to on a Sabbath: the answer waits for Sunday, and says so', async () => {
    await write(ahmad, 'متى؟')
    const { id } = await open(ahmad)
    const usual = now
    now = instant('2026-11-27T18:00:00Z') // Friday night
    api.setNow(now)
    const [message, inTime] = [uuid(), uuid()]
    const { words } = (await desk('POST /conversations/:id/replies', { params: { id }, body: { id: message, body: 'غدًا' } })).body
    expect(words.at(-1)).toMatchObject({ id: message, state: 'queued', leavesAt: '2026-11-29T06:00:00Z' })
    await write(ahmad, 'الآن؟')
    await desk('POST /conversations/:id/replies', { params: { id }, body: { id: inTime, body: 'نعم' } })
    const claim = (which: string, at: Instant) => claimMessage({ ...castContext(api.cast, hadar, 'receptionist', api.database.apiPool, at) }, which, at, 60, () => 1)
    // What the ceiling kept back over midnight is no answer of the moment any more.
    await db.updateTable('message').set({ error_code: 'daily_ceiling' }).where('id', '=', inTime).execute()
    expect(await claim(inTime, now)).toBeNull()
    await db.updateTable('message').set({ error_code: null, state: 'queued', not_before: now, settled_at: null }).where('id', '=', inTime).execute()
    expect(await claim(inTime, now)).toMatchObject({ to: ahmad })
    expect(await claim(message, instant('2026-11-29T06:00:00Z'))).toMatchObject({ to: ahmad })
    await db.deleteFrom('message').where('id', 'in', [message, inTime]).execute()
    now = usual
    api.setNow(now)
  })

  test('is not written to against STOP, and says so; what waits is not sent', async () => {
    const number = '+972501234501'
    await write(number, 'שאלה')
    const { id } = await open(number)
    const message = uuid()
    expect((await desk('POST /conversations/:id/replies', { params: { id }, body: { id: message, body: 'תשובה' } })).status).toBe(201)
    await write(number, 'הסר')
    expect(await open(number)).toMatchObject({ refused: true, status: 'answered' })
    expect((await desk('POST /conversations/:id/replies', { params: { id }, body: { id: uuid(), body: 'עוד' } })).problem.code).toBe('no_consent')
    expect(await claimMessage(castContext(api.cast, hadar, 'receptionist', api.database.apiPool, now), message, now, 60, () => 1)).toBeNull()
    expect(await db.selectFrom('message').select(['state', 'error_code']).where('id', '=', message).execute()).toEqual([{ state: 'skipped', error_code: 'no_consent' }])
    await write(number, 'הצטרף')
    expect(await open(number)).toMatchObject({ refused: false })
  })

  test('with a number that nobody knows waits until somebody says whose it is', async () => {
    const number = '+972541112233'
    await write(number, 'מי זה?')
    const before = await open(number)
    expect(before.patient).toBeNull()
    expect((await desk('POST /conversations/:id/replies', { params: { id: before.id }, body: { id: uuid(), body: 'שלום' } })).problem.code).toBe('conversation_patient_missing')
    expect((await desk('PATCH /conversations/:id', { params: { id: before.id }, body: { version: before.version, patientId: thames.patients.sara } })).problem.code).toBe('reference_unknown')
    expect((await desk('PATCH /conversations/:id', { params: { id: before.id }, body: { version: before.version, patientId: hadar.patients.john } })).body).toMatchObject({ patient: { id: hadar.patients.john } })
    expect((await desk('POST /conversations/:id/replies', { params: { id: before.id }, body: { id: uuid(), body: 'Hello' } })).status).toBe(201)
    expect((await desk('GET /conversations', { query: { patientId: hadar.patients.john } })).body.items).toHaveLength(1)
  })

  test('is taken, given back, closed and opened again, one after the other', async () => {
    const { id, version } = await open('+972541112233')
    const patch = (body: { version: number; mine?: boolean; status?: 'open' | 'closed' }, as = desk) => as('PATCH /conversations/:id', { params: { id }, body })
    const [mine, theirs] = await Promise.all([patch({ version, mine: true }), patch({ version, mine: true }, owner)])
    expect([mine.status, theirs.status].sort()).toEqual([200, 409])
    const taken = await open('+972541112233')
    expect((await patch({ version: taken.version, mine: false })).body.takenBy).toBeNull()
    expect((await patch({ version: taken.version + 1, status: 'closed' })).body).toMatchObject({ status: 'closed', unread: 0 })
    expect((await patch({ version: taken.version + 2, status: 'open' })).body).toMatchObject({ status: 'open' })
  })

  test('is one for a number, though two messages come in the same moment', async () => {
    const number = '+972541112299'
    await Promise.all(['אחת', 'שתיים', 'שלוש'].map((body) => write(number, body)))
    expect(await db.selectFrom('conversation').select('unread').where('number', '=', number).execute()).toEqual([{ unread: 3 }])
  })

  test('does not ask for anybody where the word was understood and done', async () => {
    const number = '+972541112255'
    await write(number, 'STOP')
    expect(await open(number)).toMatchObject({ status: 'closed', unread: 0, refused: true })
    await write(number, '1') // a yes to nothing: somebody has to see what is meant
    expect(await open(number)).toMatchObject({ status: 'open', unread: 1 })
  })

  test('keeps the STOP of a number that nobody knew: it outweighs what its patient said before, and not what they say after', async () => {
    const { john } = hadar.patients
    const consent = (state: 'given' | 'refused') => db.insertInto('consent').values({ clinic_id: hadar.id, id: uuid(), patient_id: john, channel: 'sms', purpose: 'service', state, source: 'desk', evidence: '', recorded_at: now, recorded_by: null }).execute()
    const visit = uuid()
    const ctx = () => castContext(api.cast, hadar, 'receptionist', api.database.apiPool, now)
    const facts = async () => (await read(ctx(), (tx) => loadVisitFacts(tx, visit, 'sms')))?.refused
    const later = () => void (now = now.add({ minutes: 1 }))
    const number = '+972541112266'
    await bookAppointment(ctx(), { id: visit, branchId: hadar.branches.center, practitionerId: hadar.practitioners.doctor, visitTypeId: hadar.visitTypes.talk, patientId: john, startsAt: instant('2026-11-25T09:00:00Z') })
    await consent('given')
    later()
    await write(number, 'STOP')
    expect(await facts()).toBe(false) // nobody knows yet that it is John's
    const before = await open(number)
    expect((await desk('PATCH /conversations/:id', { params: { id: before.id }, body: { version: before.version, patientId: john } })).body).toMatchObject({ refused: true })
    expect((await desk('POST /conversations/:id/replies', { params: { id: before.id }, body: { id: uuid(), body: 'Hello' } })).problem.code).toBe('no_consent')
    expect(await facts()).toBe(true)
    later()
    await consent('given')
    expect(await facts()).toBe(false)
    expect(await open(number)).toMatchObject({ refused: false })
    later()
    const second = '+972541112277'
    await write(second, 'הסר')
    await db.insertInto('patient_phone').values({ clinic_id: hadar.id, id: uuid(), patient_id: john, number: second, rank: 9 }).execute()
    expect(await facts()).toBe(true) // written into the record afterwards
    later()
    await write(second, 'START')
    expect(await facts()).toBe(false)
  })

  test('goes on page by page, in the order of the list', async () => {
    const all = (await desk('GET /conversations', { query: { limit: 200 } })).body.items.map(({ id }) => id)
    const found: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: { items: { id: string }[]; next: string | null } } = await desk('GET /conversations', { query: { limit: 2, ...(cursor === '' ? {} : { cursor }) } })
      found.push(...body.items.map(({ id }) => id))
      cursor = body.next
    }
    expect(found).toEqual(all)
    expect((await desk('GET /conversations', { query: { cursor: 'forged' } })).problem.code).toBe('cursor_invalid')
  })

  test('is nobody else’s: another clinic, another role', async () => {
    const { id } = await open(ahmad)
    const other = await api.as(thames.staff.receptionist)
    expect((await other('GET /conversations/:id', { params: { id } })).status).toBe(404)
    expect((await other('POST /conversations/:id/replies', { params: { id }, body: { id: uuid(), body: 'x' } })).status).toBe(404)
    expect((await other('GET /conversations', { query: {} })).body.items).toEqual([])
    expect((await (await api.as(hadar.staff.doctor))('GET /conversations', { query: {} })).status).toBe(403)
  })

  test('takes no answer longer than five parts', async () => {
    const { id } = await open(ahmad)
    expect((await desk('POST /conversations/:id/replies', { params: { id }, body: { id: uuid(), body: 'א'.repeat(336) } })).problem.code).toBe('template_too_long')
  })
})

test('ready answers are the clinic’s, written over nobody’s', async () => {
  expect((await desk('GET /quick-texts')).body).toEqual({ items: [], version: 0 })
  expect((await desk('PUT /quick-texts', { body: { items: ['תודה', 'נחזור אליך'], version: 0 } })).body).toEqual({ items: ['תודה', 'נחזור אליך'], version: 1 })
  expect((await owner('PUT /quick-texts', { body: { items: [], version: 0 } })).problem.code).toBe('stale_version')
})
