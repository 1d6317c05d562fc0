import { carriedTables, notCarried } from '@yoman/db/merges/tables'
import { insertCast } from '@yoman/testing/cast'
import { testDatabase } from '@yoman/testing/database'
import { expect, test } from 'vitest'

const { ownerPool, apiPool } = await testDatabase()
const rows = async <Row extends object>(sql: string): Promise<Row[]> => (await ownerPool.query<Row>(sql)).rows

test('every table that names a patient says how it is merged: a new one is added to packages/db/src/merges/tables.ts', async () => {
  const named = await rows<{ name: string }>(`select distinct conrelid::regclass::text as name from pg_constraint where contype = 'f' and confrelid = 'patient'::regclass order by 1`)
  expect([...Object.keys(carriedTables), ...Object.keys(notCarried)].sort()).toEqual(named.map(({ name }) => name).sort())
  const carried = await rows<{ name: string }>(`select distinct table_name::text as name from patient_references() order by 1`)
  expect(Object.keys(carriedTables).sort()).toEqual(carried.map(({ name }) => name).sort())
})

test('whatever is written late for a merged record follows it: every such column has its trigger', async () => {
  const without = await rows<{ name: string }>(`select table_name || '.' || column_name as name from patient_references() r
    where not exists (select from pg_trigger t where t.tgrelid = r.table_name and t.tgname = 'follow_merge_' || r.column_name)`)
  expect(without).toEqual([])
})

test('a column that looks like a patient and has no foreign key is known', async () => {
  const loose = await rows<{ name: string }>(`select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname ~ 'patient_id$' and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'patient'::regclass and a.attnum = any (k.conkey)) order by 1`)
  expect(loose.map(({ name }) => name)).toEqual(['event.patient_id']) // the trail says whom it was about at the time; record_ids() reads it as one
})

test('nobody but the merge itself hangs an issued document on another record: to say that one is merging is not enough', async () => {
  const cast = await insertCast(apiPool)
  const { id, patients } = cast.hadar
  await ownerPool.query(`insert into payment (clinic_id, id, patient_id, method, amount_agorot, received_at) values ($1, $2, $3, 'cash', 100, now())`, [id, patients.olga, patients.olga])
  const client = await apiPool.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.clinic', '${id}', true), set_config('app.merging', 'on', true)`)
    await expect(client.query('update payment set patient_id = $1', [patients.sara])).rejects.toThrow('append_only')
  } finally {
    await client.query('rollback')
    client.release()
  }
})
