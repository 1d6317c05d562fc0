import { exportedTables, notExported } from '@yoman/use-cases/exports/export'
import { testDatabase } from '@yoman/testing/database'
import { expect, test } from 'vitest'

const { ownerPool } = await testDatabase()

test('every table of a clinic leaves with its export or says why not: a new one is added to packages/use-cases/src/exports/export.ts', async () => {
  const { rows } = await ownerPool.query<{ name: string }>(`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'clinic_id' and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`)
  expect(rows.map(({ name }) => name).sort()).toEqual([...exportedTables, ...Object.keys(notExported)].sort())
})
