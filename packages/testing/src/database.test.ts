import pg from 'pg'
import { expect, test } from 'vitest'
import { makeDatabase, testDatabase } from './database.ts'

const database = await testDatabase()

test('gives a file its own copy of the migrated schema', async () => {
  const { rows } = await database.ownerPool.query(`select current_database() as name, to_regclass('appointment') is not null as migrated`)
  expect(rows).toEqual([{ name: database.name, migrated: true }])
})

test('the pools of the API and of the worker own nothing and cannot pass row-level security', async () => {
  for (const [pool, role] of [[database.apiPool, 'yoman_api'], [database.workerPool, 'yoman_worker']] as const) {
    const { rows } = await pool.query(`
      select current_user as role, rolsuper or rolbypassrls as above_the_law,
             exists (select from pg_class where relowner = pg_roles.oid) as owns_something
      from pg_roles where rolname = current_user`)
    expect(rows).toEqual([{ role, above_the_law: false, owns_something: false }])
  }
})

test('the owner of the schema is an ordinary role', async () => {
  const client = new pg.Client(database.url)
  await client.connect()
  const { rows } = await client.query('select rolsuper or rolbypassrls as above_the_law from pg_roles where rolname = current_user')
  await client.end()
  expect(rows).toEqual([{ above_the_law: false }])
})

test('drop tells of a connection that a test left open', async () => {
  const other = await makeDatabase()
  const leaking = new pg.Client(other.superuserUrl)
  leaking.on('error', () => {}) // its server side is ended by the drop, as expected here
  await leaking.connect()
  await expect(other.drop()).rejects.toThrow('left connections to its database open')
  await leaking.end().catch(() => undefined) // already cut by the drop
})
