import { v7 as uuid } from 'uuid'
import type { Condition } from '@yoman/contract/patient-filters'
import type { Inputs } from '@yoman/contract/routes'
import { readyFilters } from '@yoman/domain/patients/filter'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { beforeAll, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const owner = await api.as(hadar.staff.owner)
const doctor = await api.as(hadar.staff.doctor)
const desk = await api.as(hadar.staff.receptionist)
const accountant = await api.as(hadar.staff.accountant)
const stranger = await api.as(thames.staff.owner)
type As = typeof desk

const nobody = '00000000-0000-4000-8000-000000000000'
const names = { he: 'שדה', en: '', ar: '', ru: '' }
const none = { ...names, he: '' }
const people = new Map<string, string>()
const listed = async (as: As, ...conditions: Condition[]) => {
  const { status, body, problem } = await as('POST /patient-lists', { body: { conditions, limit: 200 } })
  expect(status, JSON.stringify(problem)).toBe(200)
  expect((await as('POST /patient-counts', { body: { conditions } })).body.count).toBe(body.items.length)
  const mine = [...people].filter(([, id]) => body.items.some((item) => item.id === id))
  return mine.map(([name]) => name).toSorted()
}

async function person(name: string, given: Partial<Inputs['POST /patients']['body']> = {}): Promise<string> {
  const id = uuid()
  expect((await desk('POST /patients', { body: { id, givenName: name, familyName: 'מסונן', phones: [], ...given } })).status).toBe(201)
  people.set(name, id)
  return id
}
const visit = (patientId: string, startsAt: string, status = 'completed', given: { visitTypeId?: string; practitionerId?: string; branchId?: string } = {}) =>
  api.database.ownerPool.query(
    `insert into appointment (clinic_id, id, branch_id, patient_id, practitioner_id, visit_type_id, starts_at, ends_at, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $7::timestamptz + interval '5 minutes', $8, $7)`,
    [hadar.id, uuid(), given.branchId ?? hadar.branches.center, patientId, given.practitionerId ?? hadar.practitioners.doctor, given.visitTypeId ?? hadar.visitTypes.checkUp, startsAt, status],
  )
async function field(kind: 'choice' | 'choices' | 'number' | 'date' | 'text', sensitivity: 'desk' | 'clinical' | 'owner' | 'money' = 'desk'): Promise<string> {
  const id = uuid()
  const options = kind === 'choice' || kind === 'choices' ? ['yes', 'no', 'so'].map((key) => ({ key, labels: { ...none, he: key }, alert: false, retired: false })) : []
  const { status, problem } = await owner('POST /fields', { body: { id, subject: 'patient', key: `k${id.replaceAll('-', '_')}`, kind, labels: names, hints: none, group: none, options, unit: '', formula: '', sensitivity, editors: [], asked: 'never', raisesAlert: false } })
  expect(status, JSON.stringify(problem)).toBe(201)
  return id
}
const say = async (as: As, name: string, fieldId: string, value: string | number | string[]) =>
  expect((await as('PUT /patients/:id/fields', { params: { id: people.get(name) ?? '' }, body: { values: [{ fieldId, value, version: 0 }] } })).status).toBe(200)

beforeAll(async () => {
  api.setNow(instant('2026-11-22T07:00:00Z'))
  const child = await person('ילדה', { birthDate: '2015-11-22', language: 'ar' }) // eleven since today
  const old = await person('סבא', { birthDate: '1940-01-01', healthFund: '102' })
  const grown = await person('נער', { birthDate: '2014-11-22' }) // twelve since today
  await person('חדש')
  await visit(child, '2025-11-20T08:00:00Z')
  await visit(child, '2026-12-20T08:00:00Z', 'booked')
  await visit(old, '2026-11-01T08:00:00Z', 'completed', { visitTypeId: hadar.visitTypes.cleaning, practitionerId: hadar.practitioners.hygienist, branchId: hadar.branches.north })
  await visit(grown, '2026-11-02T08:00:00Z', 'no_show')
  await visit(grown, '2026-12-02T08:00:00Z', 'cancelled')
})

describe('a list of patients', () => {
  const everybody = ['חדש', 'ילדה', 'נער', 'סבא']
  test.each<[string, Condition[], string[]]>([
    ['of an age, both ends in', [{ kind: 'age', from: 11, to: 11 }], ['ילדה']],
    ['of twelve and more', [{ kind: 'age', from: 12, to: null }], ['נער', 'סבא']],
    ['not seen for a year: a visit that was missed is none', [{ kind: 'not_seen', months: 12 }], ['חדש', 'ילדה', 'נער']],
    ['not seen for thirteen months', [{ kind: 'not_seen', months: 13 }], ['חדש', 'נער']],
    ['that never came', [{ kind: 'not_seen', months: null }], ['חדש', 'נער']],
    ['with a next visit', [{ kind: 'next_visit', has: true }], ['ילדה']],
    ['without a next visit: a cancelled one is none', [{ kind: 'next_visit', has: false }], ['חדש', 'נער', 'סבא']],
    ['that had a kind of visit', [{ kind: 'visit_type', visitTypeId: hadar.visitTypes.cleaning }], ['סבא']],
    ['that were with somebody', [{ kind: 'practitioner', practitionerId: hadar.practitioners.hygienist }], ['סבא']],
    ['of a branch', [{ kind: 'branch', branchId: hadar.branches.center }], ['ילדה']],
    ['of a language', [{ kind: 'language', language: 'ar' }], ['ילדה']],
    ['of a fund', [{ kind: 'health_fund', fund: '102' }], ['סבא']],
    ['of no fund', [{ kind: 'health_fund', fund: null }], ['חדש', 'ילדה', 'נער']],
    ['without a document', [{ kind: 'document', document: 'form_17', has: false }], everybody],
    ['with a document', [{ kind: 'document', document: 'form_17', has: true }], []],
    ['of whom all holds', [...readyFilters.children_not_seen], ['ילדה']],
    ['of whom nothing can hold', [{ kind: 'age', from: 11, to: 11 }, { kind: 'language', language: 'he' }], []],
    ['of what is not there', [{ kind: 'tag', tagId: nobody, has: true }], []],
    ['of what is not there, turned round', [{ kind: 'tag', tagId: nobody, has: false }], everybody],
  ])('%s', async (_name, conditions, expected) => {
    expect(await listed(desk, ...conditions)).toEqual(expected)
  })

  test('by a tag, which hangs once however often it is hung', async () => {
    const { body: tag } = await owner('POST /tags', { body: { id: uuid(), name: 'VIP', tone: 'info' } })
    const params = { id: people.get('סבא') ?? '', tagId: tag.id }
    const hung = await Promise.all([desk('PUT /patients/:id/tags/:tagId', { params }), doctor('PUT /patients/:id/tags/:tagId', { params })])
    expect(hung.map(({ status }) => status)).toEqual([204, 204])
    expect(await listed(desk, { kind: 'tag', tagId: tag.id, has: true })).toEqual(['סבא'])
    expect(await listed(desk, { kind: 'tag', tagId: tag.id, has: false })).toEqual(['חדש', 'ילדה', 'נער'])
  })

  test('by fields of the clinic: options, numbers, dates, and what nobody said', async () => {
    const [choice, choices, number, date, text] = [await field('choice'), await field('choices'), await field('number'), await field('date'), await field('text')]
    await say(desk, 'סבא', choice, 'yes')
    await say(desk, 'ילדה', choice, 'no')
    await say(desk, 'סבא', choices, ['no', 'so'])
    await say(desk, 'סבא', number, 9.5)
    await say(desk, 'ילדה', number, -10)
    await say(desk, 'סבא', date, '2026-01-31')
    await say(desk, 'ילדה', date, '2026-02-01')
    await say(desk, 'ילדה', text, '%')
    expect(await listed(desk, { kind: 'field_options', fieldId: choice, keys: ['yes', 'so'] })).toEqual(['סבא'])
    expect(await listed(desk, { kind: 'field_options', fieldId: choices, keys: ['so'] })).toEqual(['סבא'])
    expect(await listed(desk, { kind: 'field_number', fieldId: number, from: 9.5, to: null })).toEqual(['סבא'])
    expect(await listed(desk, { kind: 'field_number', fieldId: number, from: -10, to: 9 })).toEqual(['ילדה'])
    expect(await listed(desk, { kind: 'field_date', fieldId: date, from: null, to: '2026-01-31' })).toEqual(['סבא'])
    expect(await listed(desk, { kind: 'field_missing', fieldId: text })).toEqual(['חדש', 'נער', 'סבא'])
  })

  test('is not made by what one may not see, nor by what is sealed', async () => {
    const [clinical, owners] = [await field('choice', 'clinical'), await field('choice', 'owner')]
    await say(doctor, 'סבא', clinical, 'yes')
    const by = async (as: As, fieldId: string) => (await as('POST /patient-lists', { body: { conditions: [{ kind: 'field_options', fieldId, keys: ['yes'] }] } })).problem.code
    expect(await by(desk, clinical)).toBe('field_not_yours')
    expect(await by(desk, owners)).toBe('field_not_yours')
    expect(await by(doctor, clinical)).toBe('filter_field_unfit')
    expect((await doctor('POST /patient-lists', { body: { conditions: [{ kind: 'field_missing', fieldId: clinical }] } })).problem.code).toBe('filter_field_unfit')
    expect((await desk('POST /patient-lists', { body: { conditions: [{ kind: 'age', from: 5, to: 4 }] } })).problem.code).toBe('filter_range_wrong')
    expect((await desk('POST /patient-counts', { body: { conditions: [{ kind: 'field_missing', fieldId: clinical }] } })).problem.code).toBe('field_not_yours')
    expect((await accountant('POST /patient-lists', { body: { conditions: [{ kind: 'language', language: 'he' }] } })).status).toBe(403)
  })

  test('goes on page by page without a gap or a double', async () => {
    const conditions: Condition[] = [{ kind: 'next_visit', has: false }]
    const whole = (await desk('POST /patient-lists', { body: { conditions, limit: 200 } })).body
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const { body } = await desk('POST /patient-lists', { body: { conditions, limit: 2, ...(cursor === undefined ? {} : { cursor }) } })
      seen.push(...body.items.map(({ id }) => id))
      if (body.next === null) break
      cursor = body.next
    }
    expect(seen).toEqual(whole.items.map(({ id }) => id))
  })

  test('has nobody of another clinic in it, nor who is out of use', async () => {
    const { body } = await stranger('POST /patient-lists', { body: { conditions: [{ kind: 'next_visit', has: false }], limit: 200 } })
    expect(body.items.filter(({ id }) => [...people.values()].includes(id))).toEqual([])
    expect(await listed(stranger, { kind: 'branch', branchId: hadar.branches.center })).toEqual([])
    const id = await person('עזב', { language: 'ru' })
    expect(await listed(desk, { kind: 'language', language: 'ru' })).toEqual(['עזב'])
    await desk('PATCH /patients/:id', { params: { id }, body: { version: 1, active: false } })
    expect(await listed(desk, { kind: 'language', language: 'ru' })).toEqual([])
  })
})

describe('a list that is kept', () => {
  const conditions = [...readyFilters.children_not_seen]
  const keep = (as: As, given: Partial<Inputs['POST /patient-filters']['body']> = {}) => as('POST /patient-filters', { body: { id: uuid(), name: `רשימה ${uuid()}`, own: false, conditions, ...given } })
  const kept = async (as: As) => (await as('GET /patient-filters', {})).body.items.map(({ name }) => name)

  test("of the clinic is everybody's, one's own is one's own", async () => {
    const [all, mine] = [(await keep(owner, { name: 'של כולם' })).body, (await keep(owner, { name: 'שלי', own: true })).body]
    expect(await kept(owner)).toEqual(expect.arrayContaining(['של כולם', 'שלי']))
    expect(await kept(desk)).toContain('של כולם')
    expect(await kept(desk)).not.toContain('שלי')
    expect(await kept(stranger)).toEqual([])
    expect((await desk('PUT /patient-filters/:id', { params: { id: mine.id }, body: { version: 1, name: 'x', conditions } })).status).toBe(404)
    expect((await desk('DELETE /patient-filters/:id', { params: { id: all.id } })).status).toBe(403)
    expect((await stranger('DELETE /patient-filters/:id', { params: { id: all.id } })).status).toBe(404)
    expect((await accountant('GET /patient-filters', {})).status).toBe(403)
  })

  test('is written once, changed by whoever wrote it or by the owner, and forgotten', async () => {
    const body = { id: uuid(), name: 'להתקשר', own: false, conditions }
    const first = await desk('POST /patient-filters', { body })
    expect(first).toMatchObject({ status: 201, body: { mayChange: true, version: 1, conditions } })
    expect((await desk('POST /patient-filters', { body })).body).toEqual(first.body)
    expect((await desk('POST /patient-filters', { body: { ...body, name: 'אחר' } })).problem.code).toBe('id_taken')
    expect((await keep(doctor, { name: 'להתקשר' })).problem.code).toBe('patient_filter_name_taken')
    const params = { id: body.id }
    expect((await desk('PUT /patient-filters/:id', { params, body: { version: 1, name: 'להתקשר מחר', conditions } })).body).toMatchObject({ version: 2, name: 'להתקשר מחר' })
    expect((await owner('PUT /patient-filters/:id', { params, body: { version: 1, name: 'x', conditions } })).problem.code).toBe('stale_version')
    expect((await owner('DELETE /patient-filters/:id', { params })).status).toBe(204)
    const events = await api.database.db.selectFrom('event').select(['name', 'details']).where('subject_id', '=', body.id).orderBy('seq').execute()
    expect(events.map(({ name }) => name)).toEqual(['patient_filter.changed', 'patient_filter.changed', 'patient_filter.changed'])
    expect(JSON.stringify(events)).not.toContain('להתקשר')
  })

  test('two of one name at once are one', async () => {
    const both = await Promise.all([keep(desk, { name: 'באותו רגע' }), keep(doctor, { name: 'באותו רגע' })])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })

  test('stays when its field goes out of use, so that it can be changed or forgotten', async () => {
    const fieldId = await field('choice')
    const [one, other] = [(await keep(desk, { name: 'תחביבים', own: true, conditions: [{ kind: 'field_options', fieldId, keys: ['yes'] }] })).body, (await keep(desk, { conditions: [{ kind: 'field_options', fieldId, keys: ['yes'] }] })).body]
    const all = (await owner('GET /fields', {})).body.items
    const { labels, hints, group, options, unit, formula, sensitivity, editors, asked, raisesAlert, version } = all.find(({ id }) => id === fieldId) ?? expect.fail('the field is there')
    expect((await owner('PUT /fields/:id', { params: { id: fieldId }, body: { labels, hints, group, options, unit, formula, sensitivity, editors, asked, raisesAlert, version, retired: true } })).status).toBe(200)
    expect(await kept(desk)).toEqual(expect.arrayContaining(['תחביבים', other.name]))
    expect((await desk('POST /patient-lists', { body: { conditions: one.conditions } })).problem.code).toBe('filter_field_unfit')
    expect((await desk('PUT /patient-filters/:id', { params: { id: one.id }, body: { version: 1, name: one.name, conditions } })).status).toBe(200)
    expect((await doctor('DELETE /patient-filters/:id', { params: { id: other.id } })).status).toBe(403)
    expect((await desk('DELETE /patient-filters/:id', { params: { id: other.id } })).status).toBe(204)
    expect((await keep(desk, { name: other.name })).status).toBe(201)
  })

  test('is not shown to who may not ask by what is in it', async () => {
    const fieldId = await field('choice', 'owner')
    const { body } = await keep(owner, { name: 'חייבים', conditions: [{ kind: 'field_options', fieldId, keys: ['yes'] }] })
    expect(body.name).toBe('חייבים')
    expect(await kept(owner)).toContain('חייבים')
    expect(await kept(desk)).not.toContain('חייבים')
    expect((await keep(desk, { conditions: [{ kind: 'field_options', fieldId, keys: ['yes'] }] })).problem.code).toBe('field_not_yours')
  })
})
