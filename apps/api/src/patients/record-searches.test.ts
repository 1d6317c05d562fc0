import { v7 as uuid } from 'uuid'
import { instant } from '@yoman/domain/time'
import { testApi } from '@yoman/testing/api'
import { beforeAll, describe, expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const doctor = await api.as(hadar.staff.doctor)
const assistant = await api.as(hadar.staff.assistant)
const desk = await api.as(hadar.staff.receptionist)
const owner = await api.as(hadar.staff.owner)
const accountant = await api.as(hadar.staff.accountant)
const stranger = await api.as(thames.staff.doctor)
type As = typeof doctor

const { sara, ahmad } = hadar.patients
const branchId = hadar.branches.center
const search = async (as: As, text: string, id = sara) => (await as('POST /patients/:id/record-searches', { params: { id }, body: { text } })).body
const kinds = async (as: As, text: string, id?: string) => (await search(as, text, id)).items.map(({ kind }) => kind).toSorted()
const marked = async (as: As, text: string) => (await search(as, text)).items.map(({ snippet, matches }) => matches.map(({ from, to }) => snippet.slice(from, to)))
const words = (he: string) => ({ he, en: '', ar: '', ru: '' })
const field = { subject: 'patient' as const, kind: 'text' as const, hints: words(''), group: words(''), options: [], unit: '', formula: '', editors: [], asked: 'never' as const, raisesAlert: false }
const done = (answer: { status: number; problem?: unknown }): void => expect(answer.status, JSON.stringify(answer.problem)).toBeLessThan(300)

/** A visit with its note, written long ago. */
async function note(patientId: string, startedAt: string, body: string, amended = ''): Promise<string> {
  const id = uuid()
  await api.database.ownerPool.query('insert into encounter (clinic_id, id, patient_id, practitioner_id, branch_id, started_at) values ($1, $2, $3, $4, $5, $6)', [hadar.id, id, patientId, hadar.practitioners.doctor, branchId, startedAt])
  const draft = await doctor('PUT /encounters/:id/draft', { params: { id }, body: { baseSeq: 0, body } })
  done(draft)
  if (amended === '') return id
  done(await doctor('POST /encounters/:id/signature', { params: { id }, body: { seq: draft.body.seq } }))
  done(await doctor('POST /encounters/:id/amendments', { params: { id }, body: { id: uuid(), reason: 'תוספת', body: amended } }))
  return id
}

beforeAll(async () => {
  api.setNow(instant('2026-11-22T07:00:00Z'))
  await note(sara, '2019-03-01T08:00:00Z', 'נטלה קְלִינְדָמִיצִין אחרי עקירה', 'תגובה לנוגדנים: פריחה')
  await note(sara, '2024-03-01T08:00:00Z', 'עקירה בשן 48')
  await note(ahmad, '2024-03-01T08:00:00Z', 'אצל אחמד: זוקיני')
  done(await doctor('PATCH /patients/:id', { params: { id: sara }, body: { version: 1, alerts: 'אלרגיה ללטקס', deskNote: 'להתקשר אחרי ארבע' } }))
  done(await doctor('POST /letters', { body: { id: uuid(), attachmentId: uuid(), templateSeq: 0, title: 'הפניה לפריודונט', body: 'נא להעריך נסיגה', drugs: [], patientId: sara, branchId, kind: 'referral', language: 'he' } }))
  const plan = await doctor('POST /treatment-plans', { body: { id: uuid(), patientId: sara, branchId, title: 'שיקום צד שמאל' } })
  done(await doctor('PUT /treatment-plans/:id', { params: { id: plan.body.id }, body: { version: plan.body.version, title: plan.body.title, remarks: 'חשד לברוקסיזם', phases: plan.body.phases.map(({ id, visitTypeId }) => ({ id, title: 'דחוף', visitTypeId, practitionerId: hadar.practitioners.doctor, items: [] })) } }))
  done(await desk('POST /contacts', { body: { id: uuid(), branchId, patientId: sara, way: 'call_in', words: 'שאלה על חניה' } }))
  done(await desk('POST /tasks', { body: { id: uuid(), branchId, patientId: sara, words: 'לשלוח קבלה בפקס', dueAt: '2026-11-23T08:00:00Z', assignee: { role: 'receptionist' } } }))
  for (const [key, sensitivity, value] of [['hobby', 'desk', 'שחייה'], ['habit', 'clinical', 'חריקת לילה'], ['debt', 'owner', 'הסדר מיוחד']] as const) {
    const id = uuid()
    done(await owner('POST /fields', { body: { ...field, id, key, sensitivity, labels: words(`שדה ${key}`) } }))
    const writer = sensitivity === 'clinical' ? doctor : owner
    done(await writer('PUT /patients/:id/fields', { params: { id: sara }, body: { values: [{ fieldId: id, value, version: 0 }] } }))
  }
})

describe('a search within one record', () => {
  test('finds a word of a note from years ago, with or without its vowel points, with what is found marked', async () => {
    const { items, parts } = await search(doctor, 'קלינד')
    expect(items).toMatchObject([{ kind: 'note', at: '2019-03-01T08:00:00Z' }])
    expect(await marked(doctor, 'קלינד')).toEqual([['קְלִינְדָ']])
    expect(parts.encounters?.map(({ id }) => id)).toEqual([items[0]?.id])
    expect(parts.visits).toEqual([])
  })

  test.each([
    ['פריחה', ['note']], // an addendum
    ['לטקס', ['alert']],
    ['נסיגה', ['letter']],
    ['פריודונט', ['attachment', 'letter']], // the letter is filed under its title
    ['ברוקסיזם', ['plan']],
    ['שיקום שמאל', ['plan']],
    ['חניה', ['contact']],
    ['פקס', ['task']],
    ['ארבע', ['desk_note']],
    ['שחייה', ['field']],
    ['חריקת', ['field']],
    ['הסדר', []], // the owner's alone
    ['עקירה', ['note', 'note']],
    ['עקירה 48', ['note']],
    ['עקירה 47', []],
    ['זוקיני', []], // another patient's
    ['...', []],
  ])('by a doctor: %s', async (text, expected) => {
    expect(await kinds(doctor, text)).toEqual(expected)
  })

  test('shows the better fit first, then the newer', async () => {
    const at = (await search(doctor, 'עקירה')).items.map((one) => one.at)
    expect(at).toEqual(['2024-03-01T08:00:00Z', '2019-03-01T08:00:00Z'])
    expect((await search(doctor, 'אחרי עקירה')).items.map((one) => one.at)).toEqual(['2019-03-01T08:00:00Z'])
  })

  test('of one kind finds it also behind more and better entries of others', async () => {
    const id = hadar.patients.ahmad
    const ids = Array.from({ length: 61 }, () => uuid())
    await api.database.ownerPool.query(
      `insert into appointment (clinic_id, id, branch_id, patient_id, practitioner_id, visit_type_id, starts_at, ends_at, status, desk_note, created_at)
       select $1, one.id, $2, $3, $4, $5, '2025-01-01T08:00:00Z'::timestamptz + nr * interval '1 day', '2025-01-01T08:05:00Z'::timestamptz + nr * interval '1 day', 'completed', 'קרמיקה', '2025-01-01T08:00:00Z'
       from unnest($6::uuid[]) with ordinality as one (id, nr)`,
      [hadar.id, branchId, id, hadar.practitioners.doctor, hadar.visitTypes.checkUp, ids],
    )
    await note(id, '2019-03-01T08:00:00Z', 'כתר קרמיקה')
    const [all, notes, letters] = await Promise.all([undefined, 'note' as const, 'letter' as const].map((kind) => doctor('POST /patients/:id/record-searches', { params: { id }, body: { text: 'קרמיקה', ...(kind ? { kind } : {}) } })))
    expect(all?.body).toMatchObject({ more: true })
    expect(all?.body.items.map(({ kind }) => kind)).not.toContain('note')
    expect(notes?.body).toMatchObject({ items: [{ kind: 'note', at: '2019-03-01T08:00:00Z' }], more: false })
    expect(letters?.body).toMatchObject({ items: [], more: false })
  })

  test.each([['desk', desk], ['owner', owner]] as const)('by the %s finds no clinical word, wherever it stands', async (_who, as) => {
    for (const text of ['קלינד', 'פריחה', 'עקירה', 'לטקס', 'נסיגה', 'פריודונט', 'ברוקסיזם', 'חריקת']) {
      const answer = await search(as, text)
      expect([text, answer.items]).toEqual([text, []])
      expect(answer.parts.encounters).toBeNull()
    }
    expect(await kinds(as, 'חניה')).toEqual(['contact'])
    expect(await kinds(as, 'שחייה')).toEqual(['field'])
    expect(await kinds(as, 'שיקום')).toEqual(['plan'])
  })

  test('by an assistant finds what notes say, and not what the owner keeps', async () => {
    expect(await kinds(assistant, 'קלינד')).toEqual(['note'])
    expect(await kinds(assistant, 'הסדר')).toEqual([])
    expect(await kinds(owner, 'הסדר')).toEqual(['field'])
  })

  test('is of nobody in another clinic, and not for who may not open records', async () => {
    const ask = (as: As) => as('POST /patients/:id/record-searches', { params: { id: sara }, body: { text: 'עקירה' } })
    expect((await ask(stranger)).status).toBe(404)
    expect((await ask(accountant)).status).toBe(403)
  })

  test('is a reading that is recorded, without the words', async () => {
    await search(doctor, 'סודי ביותר')
    const last = await api.database.db.selectFrom('event').select(['name', 'details', 'actor_id', 'patient_id']).where('name', '=', 'patient.read').orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow()
    expect(last).toEqual({ name: 'patient.read', details: { part: 'search' }, actor_id: hadar.staff.doctor.id, patient_id: sara })
  })
})
