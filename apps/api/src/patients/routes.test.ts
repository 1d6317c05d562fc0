import { v7 as uuid } from 'uuid'
import type { Inputs } from '@yoman/contract/routes'
import { instant } from '@yoman/domain/time'
import { castId } from '@yoman/testing/cast'
import { testApi } from '@yoman/testing/api'
import { beforeAll, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const desk = await api.as(hadar.staff.receptionist)
const doctor = await api.as(hadar.staff.doctor)
const assistant = await api.as(hadar.staff.assistant)
const accountant = await api.as(hadar.staff.accountant)
const stranger = await api.as(thames.staff.owner)

const search = async (text: string, as = desk) => (await as('POST /patient-searches', { body: { text } })).body.items.map((item) => item.id)
const newPatient = async (given: Partial<Inputs['POST /patients']['body']>) => {
  const body = { id: uuid(), givenName: 'טל', phones: [], ...given }
  return { id: body.id, answer: await desk('POST /patients', { body }) }
}
const eventsOf = async (patientId: string) =>
  (await api.database.db.selectFrom('event').select(['name', 'details', 'actor_id']).where('patient_id', '=', patientId).orderBy('seq').execute())

describe('the search box', () => {
  const { sara, noam, ahmad, olga, john, rivka } = hadar.patients

  test.each([
    ['לוי', [sara, noam]],
    ['שרה לו', [sara]],
    ['לוי שרה', [sara]],
    ['Sara', [sara]],
    ['levi sa', [sara]],
    ['petrova', [olga]],
    ['Петр', [olga]],
    ['منصور', [ahmad]],
    ['smith', [john]],
    ['050-1234501', [sara, noam]],
    ['+972 50 123', [sara, noam]],
    ['501234501', [sara, noam]],
    ['4506', [rivka]],
    ['03-612', [rivka]],
    ['000000018', [sara]],
    ['00018', [sara]],
    ['000000026', []],
    ['אין כזה', []],
    ['נועם 4501', [noam]],
    ['%', []],
    ['___', []],
    ['..', []],
  ])('%j finds whom it means', async (text, ids) => {
    expect((await search(text)).toSorted()).toEqual(ids.toSorted())
  })

  test('a part in the middle of a name is found where no name begins with it', async () => {
    expect(await search('етро')).toEqual([olga])
  })

  test('never shows a whole identity number', async () => {
    const { raw, body } = await desk('POST /patient-searches', { body: { text: '000000018' } })
    expect(body.items[0]?.identifierMasked).toBe('•••••0018')
    expect(raw.body).not.toContain('000000018')
  })

  test('another clinic finds its own people only', async () => {
    expect((await search('לוי', stranger)).toSorted()).toEqual([thames.patients.sara, thames.patients.noam].toSorted())
  })

  test('an accountant finds people and is not told of their visits', async () => {
    await visit({ patientId: rivka, startsAt: '2026-11-15T08:00:00Z', status: 'completed' })
    const find = async (as: typeof desk) => (await as('POST /patient-searches', { body: { text: 'רבקה' } })).body.items[0]
    expect((await find(desk))?.lastVisit).toBe('2026-11-15T08:00:00Z')
    expect(await find(accountant)).toMatchObject({ id: rivka, lastVisit: null, nextVisit: null })
  })
})

describe('a new patient', () => {
  test('needs a name and a phone, and is found at once', async () => {
    const { id, answer } = await newPatient({ givenName: 'גפן', familyName: 'אדלר', phones: [{ number: '054-999 88 77' }], agreesToMessages: true })
    expect(answer).toMatchObject({ status: 201, body: { id, phones: [{ number: '+972549998877', mobile: true }], version: 1, hasAlerts: false } })
    expect(await search('9988')).toEqual([id])
    const { body } = await desk('GET /patients/:id', { params: { id } })
    expect(body.consents).toEqual([{ channel: 'sms', purpose: 'service', state: 'given', source: 'desk', recordedAt: '2026-11-22T07:00:00Z' }])
    expect(await eventsOf(id)).toMatchObject([{ name: 'patient.created' }, { name: 'patient.read', actor_id: hadar.staff.receptionist.id }])
  })

  test('sent twice is one patient, and another one under that id is refused', async () => {
    const { id, answer } = await newPatient({ givenName: 'רון', phones: [{ number: '054-9998866' }] })
    const again = await newPatient({ id, givenName: 'רון', phones: [{ number: '054-9998866' }] })
    expect(again.answer).toMatchObject({ status: 201, body: answer.body })
    expect((await newPatient({ id, givenName: 'אחר' })).answer).toMatchObject({ status: 409, problem: { code: 'id_taken' } })
  })

  test('of a known name and phone is refused until the desk insists', async () => {
    const typed = { givenName: 'לוי', familyName: 'שרה', phones: [{ number: '+972 50-123-4501' }] }
    expect((await newPatient(typed)).answer).toMatchObject({ status: 409, problem: { code: 'patient_known', params: { patientId: hadar.patients.sara } } })
    expect((await newPatient({ ...typed, givenName: 'דוד' })).answer.status).toBe(201)
    expect((await newPatient({ ...typed, evenIfKnown: true })).answer.status).toBe(201)
  })

  test('of a known identity number is refused, however it was typed', async () => {
    const { answer } = await newPatient({ givenName: 'אחרת', identifier: { kind: 'national_id', value: '00018' } })
    expect(answer).toMatchObject({ status: 409, problem: { code: 'national_id_taken', params: { patientId: hadar.patients.sara } } })
  })

  test.each([
    [{ identifier: { kind: 'national_id' as const, value: '123456789' } }, 'national_id_invalid'],
    [{ phones: [{ number: '*2323' }] }, 'phone_invalid'],
    [{ birthDate: '2026-12-31' }, 'birth_date_in_future'],
    [{ email: 'a@b' }, 'email_invalid'],
  ])('%j is refused in words', async (typed, code) => {
    expect((await newPatient(typed)).answer).toMatchObject({ status: 422, problem: { code } })
  })

  test('the same identity number in another clinic is another person', async () => {
    const answer = await stranger('POST /patients', { body: { id: uuid(), givenName: 'Dan', phones: [], identifier: { kind: 'national_id', value: '123456782' } } })
    expect(answer.status).toBe(201)
    expect((await newPatient({ givenName: 'דן', identifier: { kind: 'national_id', value: '123456782' } })).answer.status).toBe(201)
  })
})

describe('changes', () => {
  test('on top of the version that was read; a stale one is told the current', async () => {
    const { id } = await newPatient({ givenName: 'עדי', phones: [{ number: '054-1112233' }] })
    const changed = await desk('PATCH /patients/:id', { params: { id }, body: { version: 1, familyName: 'זוהר', phones: [{ number: '03-5556677' }] } })
    expect(changed).toMatchObject({ status: 200, body: { familyName: 'זוהר', version: 2, phones: [{ number: '+97235556677', mobile: false }] } })
    expect(await search('זוהר')).toEqual([id])
    expect(await search('1112233')).toEqual([])
    expect(await search('035556677')).toEqual([id])
    const stale = await desk('PATCH /patients/:id', { params: { id }, body: { version: 1, familyName: 'אחר' } })
    expect(stale).toMatchObject({ status: 409, problem: { code: 'stale_version', params: { current: 2 } } })
    expect((await eventsOf(id)).at(-1)).toMatchObject({ name: 'patient.changed', details: { fields: ['familyName', 'phones'], version: 2 } })
  })

  test('of two at once one wins', async () => {
    const { id } = await newPatient({ givenName: 'נטע' })
    const both = await Promise.all(['א', 'ב'].map((city) => desk('PATCH /patients/:id', { params: { id }, body: { version: 1, address: { street: '', city, postalCode: '' } } })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('that change nothing leave no trace', async () => {
    const { id } = await newPatient({ givenName: 'שקד' })
    expect(await desk('PATCH /patients/:id', { params: { id }, body: { version: 1, givenName: 'שקד' } })).toMatchObject({ status: 200, body: { version: 1 } })
    expect(await eventsOf(id)).toHaveLength(1)
  })

  test('an identity number moves only to somebody who has none like it', async () => {
    const { id } = await newPatient({ givenName: 'ירדן' })
    const taken = await desk('PATCH /patients/:id', { params: { id }, body: { version: 1, identifier: { kind: 'national_id', value: '18'.padStart(9, '0') } } })
    expect(taken).toMatchObject({ status: 409, problem: { code: 'national_id_taken' } })
    expect(await desk('PATCH /patients/:id', { params: { id }, body: { version: 1, identifier: { kind: 'national_id', value: '777777715' } } })).toMatchObject({ status: 200, body: { identifier: { masked: '•••••7715' } } })
  })
})

describe('clinical alerts', () => {
  const words = 'אָלֶרְגִיָּה לפניצילין 🌡️\u200f\nحساسية'
  let id: string
  beforeAll(async () => {
    id = (await newPatient({ givenName: 'אלון' })).id
    expect(await doctor('PATCH /patients/:id', { params: { id }, body: { version: 1, alerts: words } })).toMatchObject({ status: 200, body: { alerts: words } })
  })

  test('are read letter by letter by clinical roles', async () => {
    expect((await doctor('GET /patients/:id', { params: { id } })).body.patient.alerts).toBe(words)
    expect((await assistant('GET /patients/:id', { params: { id } })).body.patient.alerts).toBe(words)
  })

  test('the desk sees only that there is one, and keeps it by its own edits', async () => {
    const { raw, body } = await desk('GET /patients/:id', { params: { id } })
    expect(body.patient).toMatchObject({ hasAlerts: true, alerts: null })
    expect(raw.body).not.toContain('פניצילין')
    expect((await desk('PATCH /patients/:id', { params: { id }, body: { version: 2, deskNote: 'מאחר לעתים' } })).status).toBe(200)
    expect((await doctor('GET /patients/:id', { params: { id } })).body.patient.alerts).toBe(words)
  })

  test('are not the desk\'s to write', async () => {
    expect((await desk('PATCH /patients/:id', { params: { id }, body: { version: 3, alerts: '' } })).status).toBe(403)
    expect((await newPatient({ alerts: 'אסתמה' })).answer.status).toBe(403)
  })

  test('lie sealed in the database', async () => {
    const row = await api.database.db.selectFrom('patient').select('alerts_sealed').where('id', '=', id).executeTakeFirstOrThrow()
    expect(row.alerts_sealed?.includes(Buffer.from('פניצילין'))).toBe(false)
  })
})

test('the identity number is shown whole on request, and the request is remembered', async () => {
  const id = hadar.patients.john
  expect(await desk('POST /patients/:id/identifier-reading', { params: { id } })).toMatchObject({ status: 200, body: { kind: 'passport', country: 'GB', value: 'X1234567' } })
  expect((await eventsOf(id)).at(-1)).toMatchObject({ name: 'patient.read', details: { part: 'identifier' } })
  expect((await desk('POST /patients/:id/identifier-reading', { params: { id: hadar.patients.olga } })).status).toBe(404)
})

test('consents are a ledger whose newest line holds', async () => {
  const params = { id: hadar.patients.olga }
  const say = (state: 'given' | 'refused') => desk('POST /patients/:id/consents', { params, body: { id: uuid(), channel: 'sms', purpose: 'service', state, source: 'desk', evidence: 'בטלפון' } })
  await say('given')
  const { body, status } = await say('refused')
  expect(status).toBe(201)
  expect(body.items.filter(({ channel }) => channel === 'sms')).toMatchObject([{ state: 'refused' }])
  const rows = await api.database.db.selectFrom('consent').select('state').where('patient_id', '=', params.id).where('channel', '=', 'sms').execute()
  expect(rows).toHaveLength(2)
})

test('a relation is seen from both sides and taken back from either', async () => {
  const { sara, noam, rivka } = hadar.patients
  const id = uuid()
  const body = { id, relatedId: rivka, kind: 'parent' as const }
  expect((await desk('POST /patients/:id/relations', { params: { id: sara }, body })).status).toBe(201)
  expect((await desk('POST /patients/:id/relations', { params: { id: sara }, body })).status).toBe(201)
  const relations = async (of: string) => (await desk('GET /patients/:id', { params: { id: of } })).body.relations.map(({ kind, patient }) => [kind, patient.id])
  expect(await relations(sara)).toEqual(expect.arrayContaining([['ward', noam], ['parent', rivka]]))
  expect(await relations(rivka)).toEqual([['child', sara]])
  expect((await desk('DELETE /patients/:id/relations/:relationId', { params: { id: rivka, relationId: id } })).status).toBe(204)
  expect(await relations(sara)).toEqual([['ward', noam]])
  expect((await desk('DELETE /patients/:id/relations/:relationId', { params: { id: rivka, relationId: id } })).status).toBe(404)
})

test('nobody is related to themselves or to a stranger\'s patient', async () => {
  const params = { id: hadar.patients.sara }
  const relate = (relatedId: string) => desk('POST /patients/:id/relations', { params, body: { id: uuid(), relatedId, kind: 'other' } })
  expect((await relate(params.id)).problem.code).toBe('related_to_self')
  expect((await relate(thames.patients.sara)).problem.code).toBe('reference_unknown')
})

test('the list walks over everybody once, page by page', async () => {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const { body, status } = await desk('GET /patients', { query: { limit: 2, ...(cursor && { cursor }) } })
    expect(status).toBe(200)
    seen.push(...body.items.map(({ id }) => id))
    cursor = body.next ?? undefined
  } while (cursor)
  const all = await api.database.db.selectFrom('patient').select('id').where('clinic_id', '=', hadar.id).execute()
  expect(seen.toSorted()).toEqual(all.map(({ id }) => id).toSorted())
})

test.each(['x', 'bnVsbA', Buffer.from('["a","b","c"]').toString('base64url'), Buffer.from('["\\u0000","b","01900000-0000-7000-8000-000000000000"]').toString('base64url')])('a forged cursor %j is told', async (cursor) => {
  expect(await desk('GET /patients', { query: { cursor } })).toMatchObject({ status: 400, problem: { code: 'cursor_invalid' } })
})

test('another clinic sees nothing of ours', async () => {
  const params = { id: hadar.patients.sara }
  expect((await stranger('GET /patients/:id', { params })).status).toBe(404)
  expect((await stranger('PATCH /patients/:id', { params, body: { version: 1, givenName: 'x' } })).status).toBe(404)
  expect((await stranger('POST /patients/:id/identifier-reading', { params })).status).toBe(404)
  expect((await stranger('POST /patients/:id/consents', { params, body: { id: uuid(), channel: 'sms', purpose: 'service', state: 'given', source: 'desk' } })).status).toBe(404)
  expect((await stranger('POST /patients/:id/relations', { params, body: { id: uuid(), relatedId: thames.patients.sara, kind: 'other' } })).status).toBe(404)
})

test('an accountant opens no record', async () => {
  expect((await accountant('GET /patients/:id', { params: { id: hadar.patients.sara } })).status).toBe(403)
})

test('the page shows each role its parts and sends no other', async () => {
  const params = { id: hadar.patients.sara }
  const parts = async (as: typeof desk) => {
    const { body } = await as('GET /patients/:id', { params })
    return Object.entries(body).filter(([, part]) => part === null).map(([name]) => name)
  }
  expect(await parts(desk)).toEqual(['encounters'])
  expect(await parts(doctor)).toEqual(['messages', 'invoices'])
  expect(await parts(assistant)).toEqual(['messages', 'invoices'])
  expect(await parts(await api.as(hadar.staff.owner))).toEqual(['encounters'])
})

/** A visit of the diary, put there directly: the diary's own tests book. */
async function visit({ patientId, startsAt, status }: { patientId: string; startsAt: string; status: 'completed' | 'booked' }) {
  const id = castId('visit', patientId, startsAt)
  const ends = `${startsAt.slice(0, 14)}30:00Z`
  await api.database.ownerPool.query(
    `insert into appointment (clinic_id, id, branch_id, patient_id, practitioner_id, visit_type_id, starts_at, ends_at, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7)`,
    [hadar.id, id, hadar.branches.center, patientId, hadar.practitioners.doctor, hadar.visitTypes.checkUp, startsAt, ends, status],
  )
  return id
}

test('somebody is found by the day of birth, however it is written, and with the name before others of that day', async () => {
  for (const text of ['2.5.1984', '02/05/84', '2-5-1984', 'לוי 2.5.1984']) expect((await search(text))[0], text).toBe(hadar.patients.sara)
  expect(await search('31.2.1984')).toEqual([])
})

describe('the timeline', () => {
  test('walks over everything once, whatever it is, newest first', async () => {
    const { id } = (await newPatient({ givenName: 'מעין' })).answer.body
    for (let day = 10; day < 20; day += 1) await visit({ patientId: id, startsAt: `2026-11-${day}T08:00:00Z`, status: 'completed' })
    const ahead = await visit({ patientId: id, startsAt: '2026-12-01T08:00:00Z', status: 'booked' })
    // Written at the very moments of the visits: only the id tells them apart.
    for (let day = 10; day < 20; day += 1) {
      api.setNow(instant(`2026-11-${day}T08:00:00Z`))
      await desk('POST /contacts', { body: { id: uuid(), branchId: hadar.branches.center, patientId: id, way: 'call_in', words: `שיחה ${day}` } })
    }
    api.setNow(instant('2026-11-22T07:00:00Z'))
    const page = (await desk('GET /patients/:id', { params: { id } })).body
    expect(page.visits?.[0]?.id).toBe(ahead)
    expect(page.counts).toMatchObject({ visits: 11, contacts: 10, encounters: null })
    const seen: string[] = []
    for (let last: { at: string; id: string } | undefined, more = true; more; ) {
      const { status, body } = await desk('GET /patients/:id/timeline', { params: { id }, query: { limit: 3, ...(last && { before: last.at, beforeId: last.id }) } })
      expect(status).toBe(200)
      const shown = [...(body.visits ?? []).map((one) => ({ id: one.id, at: one.startsAt })), ...(body.contacts ?? []).map((one) => ({ id: one.id, at: one.writtenAt }))].toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1))
      expect(shown.length).toBeLessThanOrEqual(3)
      seen.push(...shown.map((one) => one.id))
      last = shown.at(-1)
      more = body.more
    }
    expect(seen).toHaveLength(20)
    expect(new Set(seen).size).toBe(20)
    expect(seen).not.toContain(ahead)
    const calls = (await desk('GET /patients/:id/timeline', { params: { id }, query: { kind: 'contact', before: '2026-11-12T08:00:00Z', beforeId: '00000000-0000-0000-0000-000000000000' } })).body
    expect([calls.contacts?.map(({ words }) => words), calls.visits, calls.more]).toEqual([['שיחה 11', 'שיחה 10'], [], false])
  })

  test('sends no role what its page does not', async () => {
    const params = { id: hadar.patients.sara }
    const { body } = await desk('GET /patients/:id/timeline', { params, query: { kind: 'note' } })
    expect(body).toMatchObject({ encounters: null, visits: [], more: false })
    expect((await doctor('GET /patients/:id/timeline', { params })).body).toMatchObject({ messages: null, invoices: null })
    expect((await accountant('GET /patients/:id/timeline', { params })).status).toBe(403)
    expect((await stranger('GET /patients/:id/timeline', { params })).status).toBe(404)
    expect((await eventsOf(params.id)).at(-1)).toMatchObject({ name: 'patient.read', details: { part: 'timeline' } })
  })
})
