import { v7 as uuid } from 'uuid'
import type { Field } from '@yoman/domain/fields/field'
import { testApi } from '@yoman/testing/api'
import { castContext } from '@yoman/testing/cast'
import type { Context } from '@yoman/use-cases/context'
import { changeField, defineField } from '@yoman/use-cases/fields/define'
import { readHistory, readValues } from '@yoman/use-cases/fields/values'
import { beginCheck, beginRun } from '@yoman/use-cases/imports/begin'
import { checkImport } from '@yoman/use-cases/imports/check'
import { importRows, readImport } from '@yoman/use-cases/imports/read'
import { runImport } from '@yoman/use-cases/imports/run'
import { uploadImport } from '@yoman/use-cases/imports/upload'
import { findPatients } from '@yoman/use-cases/patients/find'
import { beforeAll, expect, test } from 'vitest'
import { readRows } from './read-file.ts'

const api = await testApi()
const { hadar } = api.cast
const owner = await api.as(hadar.staff.owner)
const plain = castContext(api.cast, hadar, 'owner', api.database.apiPool)
/** The owner of a small clinic is its doctor too. */
const both: Context = { ...plain, actor: { ...plain.actor, roles: ['owner', 'doctor'] } }

const words = (he: string, en = '') => ({ he, en, ar: '', ru: '' })
const none = words('')
const define = (given: Partial<Field> & Pick<Field, 'key' | 'kind' | 'labels'>) =>
  defineField(both, { id: uuid(), subject: 'patient', hints: none, group: none, options: [], unit: '', formula: '', sensitivity: 'desk', editors: [], asked: 'never', raisesAlert: false, ...given })
const option = (key: string, he: string) => ({ key, labels: words(he), alert: false, retired: false })

const ids: Record<string, string> = {}
beforeAll(async () => {
  const fields = [
    await define({ key: 'school', kind: 'text', labels: words('בית ספר', 'School') }),
    await define({ key: 'smoker', kind: 'choice', labels: words('עישון'), options: [option('yes', 'כן'), option('no', 'לא')] }),
    await define({ key: 'allergies', kind: 'choices', labels: words('אלרגיות'), sensitivity: 'clinical', options: [option('latex', 'לטקס'), option('aspirin', 'אספירין')] }),
    await define({ key: 'weight', kind: 'number', labels: words('משקל', 'Weight') }),
  ]
  for (const { key, id } of fields) ids[key] = id
})

const headings = 'שם מלא,טלפון,בית ספר,עישון,אלרגיות,Weight'
async function upload(lines: string[], ctx = both) {
  const id = uuid()
  return uploadImport(ctx, { id, kind: 'patients', fileName: 'own.csv', rows: readRows(Buffer.from([headings, ...lines].join('\n'))) })
}
async function checked(job: { id: string; mapping: Parameters<typeof beginCheck>[2]['mapping'] }, given: Partial<Parameters<typeof beginCheck>[2]> = {}, ctx = both) {
  await beginCheck(ctx, job.id, { version: (await readImport(ctx, job.id)).version, mapping: job.mapping, ...given })
  await checkImport(ctx, job.id)
  return readImport(ctx, job.id)
}
async function run(id: string, ctx = both) {
  await beginRun(ctx, id, (await readImport(ctx, id)).version)
  await runImport(ctx, id)
  return readImport(ctx, id)
}
const valuesOf = async (name: string, ctx = both) => {
  const [patient] = await findPatients(ctx, name)
  const { items } = await readValues(ctx, 'patient', patient?.id ?? '')
  return { id: patient?.id ?? '', values: Object.fromEntries(items.map(({ fieldId, value }) => [Object.keys(ids).find((key) => ids[key] === fieldId), value])), items }
}
const column = (key: string) => `field:${ids[key]}` as const

test('columns are guessed by label and key, values are read by kind, and what is clinical lies sealed', async () => {
  const job = await upload(['אביב ראשוני,050-3330001,אלון,כן,"לטקס, אספירין",70.5', 'טל שנייה,050-3330002,,,,'])
  expect(job.mapping).toEqual(['fullName', 'phone', column('school'), column('smoker'), column('allergies'), column('weight')])
  expect(job.fields).toEqual(expect.arrayContaining([column('allergies')]))
  expect(await checked(job)).toMatchObject({ status: 'checked', counts: { new: 2, partial: 0, error: 0 } })
  expect(await run(job.id)).toMatchObject({ status: 'done', doneRows: 2 })
  const { id, values, items } = await valuesOf('אביב ראשוני')
  expect(values).toEqual({ school: 'אלון', smoker: 'yes', allergies: ['latex', 'aspirin'], weight: 70.5 })
  expect(items[0]).toMatchObject({ version: 1, source: 'import', recordedBy: both.actor.staffId })
  expect((await readHistory(both, id, ids['allergies'] ?? '')).items).toMatchObject([{ value: ['latex', 'aspirin'], version: 1, source: 'import' }])
  expect((await valuesOf('טל שנייה')).values).toEqual({})
  const rows = await api.database.db.selectFrom('custom_value').select(['value', 'value_sealed']).where('field_id', '=', ids['allergies'] ?? '').execute()
  expect(rows).toMatchObject([{ value: null }])
  expect(rows[0]?.value_sealed?.includes(Buffer.from('latex'))).toBe(false)
  const events = await api.database.db.selectFrom('event').select('details').where('patient_id', '=', id).where('name', '=', 'field_value.recorded').execute()
  expect(JSON.stringify(events)).not.toMatch(/אלון|latex/)
  expect(events).toMatchObject([{ details: { source: 'import' } }])
})

test('a wrong value is named by row and column and holds its row back, unless the person chooses to leave it out', async () => {
  const job = await upload(['נועם תקין,050-3330003,ארז,לא,,70', 'גל שגויה,050-3330004,ברוש,אולי,,שבעים'])
  expect(await checked(job)).toMatchObject({ leaveWrong: false, counts: { new: 1, partial: 0, error: 1 } })
  const wrong = [{ column: 3, code: 'word_unknown' }, { column: 5, code: 'number_unreadable' }]
  expect((await importRows(both, job.id, {})).items).toMatchObject([{ row: 1, verdict: 'new', problems: [] }, { row: 2, verdict: 'error', problems: wrong }])
  expect(await checked(job, { leaveWrong: true })).toMatchObject({ leaveWrong: true, counts: { new: 2, partial: 1, error: 0 } })
  expect((await importRows(both, job.id, {})).items[1]).toMatchObject({ verdict: 'new', problems: wrong })
  expect(await run(job.id)).toMatchObject({ status: 'done', doneRows: 2 })
  expect((await valuesOf('גל שגויה')).values).toEqual({ school: 'ברוש' })
})

test('the importer fills what the importer may write: an owner who is no doctor fills nothing clinical', async () => {
  const job = await upload(['עדי בעלים,050-3330005,דקל,כן,לטקס,'], plain)
  expect(job.mapping[4]).toBeNull()
  expect(job.fields).not.toContain(column('allergies'))
  const { version, mapping } = job
  const check = (given: typeof mapping) => owner('POST /imports/:id/check', { params: { id: job.id }, body: { version, mapping: given } })
  expect(await check(mapping.with(4, column('allergies')))).toMatchObject({ status: 422, problem: { code: 'column_missing', params: { column: column('allergies') } } })
  expect((await check(mapping.with(4, 'field:x')))).toMatchObject({ status: 400 })
  const doctors = await upload(['עדי רופאה,050-3330006,,,לטקס,'])
  await checked(doctors)
  await expect(run(doctors.id, plain)).rejects.toMatchObject({ code: 'field_not_yours' })
  expect(await readImport(both, doctors.id)).toMatchObject({ status: 'failed', problem: 'field_not_yours' })
  expect(await findPatients(both, 'עדי רופאה')).toEqual([])
})

test('an option that went out of use since the dry run is told, and nothing is taken', async () => {
  const job = await upload(['ליאור אחרון,050-3330007,,לא,,'])
  await checked(job)
  const { body } = await owner('GET /fields')
  const { id, subject: _s, key: _k, kind: _d, sees: _e, edits: _t, ...smoker } = body.items.find((one) => one.id === ids['smoker']) ?? expect.fail('the field is gone')
  await changeField(both, id, { ...smoker, options: smoker.options.map((one) => ({ ...one, retired: one.key === 'no' })) })
  await expect(run(job.id)).rejects.toMatchObject({ code: 'import_not_ready' })
  expect(await findPatients(both, 'ליאור אחרון')).toEqual([])
})
