import { v7 as uuid } from 'uuid'
import { castContext, insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { expect, test } from 'vitest'
import { uploadImport } from './upload.ts'

const database = await testDatabase()
const cast = await insertCast(database.apiPool)
const ctx = castContext(cast, cast.hadar, 'owner', database.apiPool)

test('no transaction waits while a workbook is read whole, before its first row', async () => {
  let waiting = -1
  async function* rows() {
    const { rows: found } = await database.ownerPool.query(`select count(*)::int as open from pg_stat_activity where datname = current_database() and usename <> current_user and state = 'idle in transaction'`)
    waiting = found[0].open
    yield ['שם פרטי', 'טלפון']
    yield ['דנה', '0501234567']
  }
  const job = await uploadImport(ctx, { id: uuid(), kind: 'patients', fileName: 'a.xlsx', rows: rows() })
  expect(job.totalRows).toBe(1)
  expect(waiting).toBe(0)
})
