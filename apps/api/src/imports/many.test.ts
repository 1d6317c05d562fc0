import { v7 as uuid } from 'uuid'
import { insertCast, castContext } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { beginCheck, beginRun } from '@yoman/use-cases/imports/begin'
import { checkImport } from '@yoman/use-cases/imports/check'
import { readImport } from '@yoman/use-cases/imports/read'
import { runImport } from '@yoman/use-cases/imports/run'
import { uploadImport } from '@yoman/use-cases/imports/upload'
import { findPatients } from '@yoman/use-cases/patients/find'
import { expect, test } from 'vitest'
import { readRows } from './read-file.ts'

const count = 6_000 // enough for several rounds of everything; fifty thousand took 47 s on two cores under a load of 12
const given = ['דנה', 'יוסי', 'אחמד', 'Ольга', 'John', 'נועה', 'רבקה', 'שמעון', 'ליאור', 'תמר']
const family = ['כהן', 'לוי', 'מזרחי', 'منصور', 'Петрова', 'Smith', 'בן־דוד', 'פרץ', 'אזולאי', 'גולן', 'ברק']

/** Identity numbers with their check digit, lines as a clinic's file has them. */
function file(): Buffer {
  const lines = Array.from({ length: count }, (_, number) => {
    const body = String(30_000_000 + number)
    const sum = [...body].reduce((total, digit, place) => total + ((product) => (product > 9 ? product - 9 : product))(Number(digit) * ((place % 2) + 1)), 0)
    const phone = `05${number % 5}-${String(2_000_000 + number * 7)}`
    return `${body}${(10 - (sum % 10)) % 10},${given[number % given.length]},${family[number % family.length]} ${number},${(number % 28) + 1}/${(number % 12) + 1}/${1930 + (number % 90)},${phone},p${number}@patients.example,חיפה`
  })
  return Buffer.from(['ת.ז,שם פרטי,שם משפחה,תאריך לידה,נייד,דוא"ל,עיר', ...lines].join('\r\n'))
}

const database = await testDatabase()
const cast = await insertCast(database.apiPool)

test('thousands of patients come in at once, found by the search box, with their progress told', { timeout: 120_000 }, async () => {
  const ctx = castContext(cast, cast.hadar, 'owner', database.apiPool)
  const id = uuid()
  const bytes = file()
  const uploaded = await uploadImport(ctx, { id, kind: 'patients', fileName: 'many.csv', rows: readRows(bytes) })
  const checking = await beginCheck(ctx, id, { version: uploaded.version, mapping: uploaded.mapping })
  await checkImport(ctx, id)
  const checked = await readImport(ctx, id)
  expect(checked).toMatchObject({ status: 'checked', checkedRows: count, counts: { new: count } })
  expect(checked.version).toBe(checking.version + 1)

  await beginRun(ctx, id, checked.version)
  const progress = new Set<number>()
  const running = runImport(ctx, id)
  const watch = setInterval(() => void readImport(ctx, id).then((job) => progress.add(job.doneRows)), 20)
  await running
  clearInterval(watch)
  expect(progress.size).toBeGreaterThan(1)
  expect(await readImport(ctx, id)).toMatchObject({ status: 'done', doneRows: count })
  expect(await findPatients(ctx, 'אזולאי')).toHaveLength(10)
  expect(await findPatients(ctx, String(2_000_000 + 4_321 * 7))).toHaveLength(1)
})
