import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import { v7 as uuid } from 'uuid'
import { testApi } from '@yoman/testing/api'
import { expect, test } from 'vitest'

const api = await testApi()
const { hadar, thames } = api.cast
const owner = await api.as(hadar.staff.owner)
const doctor = await api.as(hadar.staff.doctor)

const download = async (key: 'GET /exports/json' | 'GET /exports/csv', as = owner) => {
  const { raw, status } = await as(key)
  if (status !== 200) throw new Error(`answered ${status}`)
  return Object.fromEntries(Object.entries(unzipSync(raw.rawPayload)).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]))
}
const lines = (text = ''): Record<string, unknown>[] => text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>)

test('everything the clinic owns, with what is sealed opened, and nothing of another clinic', async () => {
  const files = await download('GET /exports/json')
  const patients = lines(files['patient.jsonl'])
  expect(patients).toHaveLength(Object.keys(hadar.patients).length)
  expect(patients.find(({ id }) => id === hadar.patients.sara)).toMatchObject({ given_name: 'שרה', identifier: '000000018', birth_date: '1984-05-02' })
  expect(JSON.stringify(files)).not.toContain(thames.patients.sara)
  expect(Object.keys(files).filter((name) => /login|session|token|data_key|search|import_row/.test(name))).toEqual([])
  expect(patients.every((row) => !('identifier_index' in row || 'identifier_sealed' in row || 'clinic_id' in row))).toBe(true)
})

test('clinical words leave only with somebody who may read them, and the list says what is missing', async () => {
  await doctor('PATCH /patients/:id', { params: { id: hadar.patients.olga }, body: { version: 1, alerts: 'אלרגיה ללטקס' } })
  const without = await download('GET /exports/json')
  expect(JSON.parse(without['manifest.json'] ?? '')).toMatchObject({ leftOut: expect.arrayContaining(['encounter', 'note_version', 'procedure_done', 'attachment', 'reported_alert', 'patient.alerts', 'custom_value.clinical_value', 'form_response.answers']) })
  expect(JSON.stringify(without)).not.toContain('לטקס')
  expect(without['note_version.jsonl']).toBeUndefined()

  await api.database.db.insertInto('staff_role').values({ clinic_id: hadar.id, id: uuid(), staff_id: hadar.staff.owner.id, role: 'doctor', branch_id: null }).execute()
  api.passSeconds(10) // roles are looked up again after a moment
  const whole = await download('GET /exports/json', await api.as(hadar.staff.owner))
  expect(lines(whole['patient.jsonl']).find(({ id }) => id === hadar.patients.olga)).toMatchObject({ alerts: 'אלרגיה ללטקס' })
  expect(whole).toHaveProperty('note_version.jsonl')
  await api.database.db.deleteFrom('staff_role').where('staff_id', '=', hadar.staff.owner.id).where('role', '=', 'doctor').execute()
  api.passSeconds(10)
})

test('plans, letters, findings, tags and lists leave with the rest; what is clinical in them with whoever may read it', async () => {
  const patientId = hadar.patients.rivka
  const about = { patientId, branchId: hadar.branches.center }
  const plan = await doctor('POST /treatment-plans', { body: { id: uuid(), ...about, title: 'שיקום מלא' } })
  expect((await doctor('PUT /treatment-plans/:id', { params: { id: plan.body.id }, body: { version: plan.body.version, title: 'שיקום מלא', remarks: 'ברוקסיזם', phases: plan.body.phases.map(({ id, visitTypeId }) => ({ id, title: 'דחוף', visitTypeId, practitionerId: hadar.practitioners.doctor, items: [] })) } })).status).toBe(200)
  expect((await doctor('POST /letters', { body: { id: uuid(), attachmentId: uuid(), templateSeq: 0, title: 'הפניה', body: 'נסיגת חניכיים', drugs: [], ...about, kind: 'referral', language: 'he' } })).status).toBe(201)
  expect((await doctor('POST /patients/:id/tooth-findings', { params: { id: patientId }, body: { id: uuid(), tooth: '36', kind: 'caries', state: 'existing' } })).status).toBe(201)
  const tag = await owner('POST /tags', { body: { id: uuid(), name: 'חוזרת', tone: 'info' } })
  await doctor('PUT /patients/:id/tags/:tagId', { params: { id: patientId, tagId: tag.body.id } })
  await owner('POST /patient-filters', { body: { id: uuid(), name: 'לזימון', own: false, conditions: [{ kind: 'next_visit', has: false }] } })

  const without = await download('GET /exports/json', await api.as(hadar.staff.owner))
  expect(JSON.parse(without['manifest.json'] ?? '')).toMatchObject({ leftOut: expect.arrayContaining(['letter', 'tooth_finding', 'treatment_plan.remarks', 'treatment_plan_signature.shown']) })
  expect(lines(without['treatment_plan.jsonl']).map(({ title }) => title)).toEqual(['שיקום מלא'])
  expect(lines(without['treatment_plan_phase.jsonl']).map(({ title }) => title)).toEqual(['דחוף'])
  expect(lines(without['patient_tag.jsonl'])).toMatchObject([{ patient_id: patientId, tag_id: tag.body.id }])
  expect(lines(without['patient_filter.jsonl'])).toMatchObject([{ name: 'לזימון' }])
  expect(JSON.stringify(without)).not.toMatch(/ברוקסיזם|נסיגת/)

  await api.database.db.insertInto('staff_role').values({ clinic_id: hadar.id, id: uuid(), staff_id: hadar.staff.owner.id, role: 'doctor', branch_id: null }).execute()
  api.passSeconds(10) // roles are looked up again after a moment
  const whole = await download('GET /exports/json', await api.as(hadar.staff.owner))
  expect(lines(whole['treatment_plan.jsonl'])).toMatchObject([{ remarks: 'ברוקסיזם' }])
  expect(lines(whole['letter.jsonl']).map(({ content }) => JSON.parse(String(content)) as object)).toMatchObject([{ title: 'הפניה', body: 'נסיגת חניכיים' }])
  expect(lines(whole['tooth_finding.jsonl'])).toMatchObject([{ tooth: '36' }])
  await api.database.db.deleteFrom('staff_role').where('staff_id', '=', hadar.staff.owner.id).where('role', '=', 'doctor').execute()
  api.passSeconds(10)
})

test('as CSV, each line whole, and no cell that a spreadsheet would run', async () => {
  const again = await api.as(hadar.staff.owner)
  const nasty = '=HYPERLINK("http://x","y"),\n@sum'
  const { status } = await doctor('POST /patients', { body: { id: uuid(), givenName: '=1+1', familyName: 'ב"ר, "גדול"', phones: [{ number: '050-4443322' }], deskNote: nasty } })
  expect(status).toBe(201)
  const files = await download('GET /exports/csv', again)
  const rows = parse(files['patient.csv'] ?? '', { bom: true, columns: true }) as Record<string, string>[]
  expect(rows.find((row) => row['family_name'] === 'ב"ר, "גדול"')).toMatchObject({ given_name: "'=1+1", desk_note: `'${nasty}` })
  expect((parse(files['patient_phone.csv'] ?? '', { bom: true, columns: true }) as Record<string, string>[]).every((row) => row['number']?.startsWith("'+"))).toBe(true)
  const manifest = JSON.parse(files['manifest.json'] ?? '') as { files: { file: string; rows: number }[] }
  expect(manifest.files.find(({ file }) => file === 'patient.csv')?.rows).toBe(rows.length)
  expect(files['payment.csv']).toMatch(/^\ufeffid,patient_id,/)
})

test('more rows than a page are all there, once', async () => {
  await api.database.ownerPool.query(
    `insert into message_template (clinic_id, kind, channel, language, body) values ($1, 'reminder', 'sms', 'he', 'x'), ($1, 'booked', 'sms', 'he', 'x'), ($1, 'booked', 'sms', 'en', 'x')
     on conflict do nothing`, [hadar.id])
  await api.database.ownerPool.query(
    `insert into event (clinic_id, id, at, name, actor_kind, subject_type, subject_id) select $1, gen_random_uuid(), now(), 'patient.read', 'system', 'patient', $2 from generate_series(1, 2500)`, [hadar.id, hadar.patients.sara])
  const files = await download('GET /exports/json', await api.as(hadar.staff.owner))
  const ids = lines(files['event.jsonl']).map(({ id }) => id)
  const { rows } = await api.database.ownerPool.query<{ count: number }>('select count(*)::integer as count from event where clinic_id = $1', [hadar.id])
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThanOrEqual(2_500)
  expect(rows[0]?.count).toBeGreaterThanOrEqual(ids.length)
  const templates = await api.database.ownerPool.query('select from message_template where clinic_id = $1', [hadar.id])
  expect(lines(files['message_template.jsonl'])).toHaveLength(templates.rowCount ?? 0)
})

test('is the owner\'s alone, and remembered', async () => {
  for (const person of ['receptionist', 'doctor', 'accountant', 'hygienist', 'assistant'] as const) {
    expect((await (await api.as(hadar.staff[person]))('GET /exports/csv')).status).toBe(403)
  }
  const events = await api.database.db.selectFrom('event').select('details').where('name', '=', 'data.exported').where('clinic_id', '=', hadar.id).execute()
  expect(events.length).toBeGreaterThan(0)
})
