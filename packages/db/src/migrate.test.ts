import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testDatabase } from '@yoman/testing/database'
import { afterAll, expect, test } from 'vitest'
import { migrate } from './migrate.ts'

const database = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'yoman-migrations-'))
await cp(fileURLToPath(new URL('../../../migrations', import.meta.url)), folder, { recursive: true })
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = () => migrate(database.ownerPool, folder)
const add = (name: string, text: string) => writeFile(join(folder, `${name}.sql`), text)
const tables = async () => (await database.ownerPool.query<{ name: string }>(`select tablename as name from pg_tables where tablename like 'added\\_%' order by 1`)).rows.map(({ name }) => name)

test('a file that fails keeps nothing of itself and everything before it; mended, it goes on from there', async () => {
  await add('9001_first', 'create table added_first (id int)')
  await add('9002_second', 'create table added_second (id int); select 1 / 0')
  await add('9003_third', 'create table added_third (id int)')
  await expect(run()).rejects.toThrow('migration 9002_second failed')
  expect(await tables()).toEqual(['added_first'])

  await add('9002_second', 'create table added_second (id int)')
  expect(await run()).toEqual(['9002_second', '9003_third'])
  expect(await run()).toEqual([])
})

test('a file holds its locks no longer than itself', async () => {
  await add('9004_busy', 'lock table added_first')
  await add('9005_look', `do $$ begin if exists (select from pg_locks where relation = 'added_first'::regclass and granted) then raise 'still locked'; end if; end $$`)
  expect(await run()).toEqual(['9004_busy', '9005_look'])
})

/** Another program at work: a transaction that holds what a file wants. */
async function rival(...statements: string[]) {
  const client = await database.ownerPool.connect()
  await client.query('begin')
  for (const statement of statements) await client.query(statement)
  return { client, end: async () => void (await client.query('rollback'), client.release()) }
}

test('a file that does not get its lock in time lets the clinic pass, says so, and is tried again', async () => {
  await add('9007_later', 'create table added_later (id int); alter table added_first add column later int')
  const { end } = await rival('lock table added_first in access share mode')
  const lines: string[] = []
  const meanwhile: boolean[] = []
  const onHindered = (line: string): void => {
    lines.push(line)
    // While it pauses, nothing of it stands in anybody's way; what is at work ends after the second time.
    void database.ownerPool.query('select from added_first').then(() => meanwhile.push(true)).then(() => (lines.length === 2 ? end() : undefined))
  }
  expect(await migrate(database.ownerPool, folder, { onHindered, lockTimeoutMs: 200, pausesMs: [300, 300, 3_000] })).toEqual(['9007_later'])
  expect(lines.slice(0, 2)).toEqual(['migration 9007_later waits for a lock; tried again in 0.3 s', 'migration 9007_later waits for a lock; tried again in 0.3 s'])
  expect(meanwhile.slice(0, 2)).toEqual([true, true])
})

test('one that nobody makes room for fails in the end, with its name and nothing kept', async () => {
  await add('9008_never', 'create table added_never (id int); alter table added_first add column never int')
  const { end } = await rival('lock table added_first in access share mode')
  await expect(migrate(database.ownerPool, folder, { lockTimeoutMs: 100, pausesMs: [10] })).rejects.toThrow('migration 9008_never failed')
  expect(await tables()).not.toContain('added_never')
  await end()
  expect(await run()).toEqual(['9008_never'])
})

test('a deadlock with a program at work is the end of neither', async () => {
  await add('9009_both', "lock table added_first; select pg_sleep(0.3); lock table added_second")
  const { client, end } = await rival("set local deadlock_timeout = '30s'", 'lock table added_second') // it is the file that is given up
  const lines: string[] = []
  const file = migrate(database.ownerPool, folder, { onHindered: (line) => lines.push(line), pausesMs: [1_000, 1_000] })
  await expect.poll(async () => (await database.ownerPool.query("select from pg_locks where relation = 'added_first'::regclass and granted")).rowCount).toBe(1)
  await client.query('lock table added_first') // both wait for each other now, until the file lets go
  await end()
  expect(await file).toEqual(['9009_both'])
  expect(lines).toEqual(['migration 9009_both waits for a lock; tried again in 1 s'])
})

test('several that start at once run each file once', async () => {
  await add('9010_once', 'create table added_at_once (id int)')
  const ran = await Promise.all([run(), run(), run()])
  expect(ran.flat()).toEqual(['9010_once'])
})

test('a text of the clinic that is older than the list of versions is found there, once', async () => {
  const clinic = randomUUID()
  const owner = database.ownerPool
  await database.db.insertInto('clinic').values({ id: clinic, name: 'ותיקה' }).execute()
  await database.db.insertInto('message_template').values({ clinic_id: clinic, kind: 'moved', channel: 'sms', language: 'he', subject: '', body: 'התור הוזז', version: 3 }).execute()
  const filling = await readFile(join(folder, '0063_texts_older_than_versions.sql'), 'utf8')
  await add('9011_again', filling)
  await add('9012_and_again', filling)
  expect(await run()).toEqual(['9011_again', '9012_and_again'])
  expect(await database.db.selectFrom('message_template_version').select(['version', 'body', 'written_by']).where('clinic_id', '=', clinic).execute()).toEqual([{ version: 3, body: 'התור הוזז', written_by: null }])
  const { rows } = await owner.query<{ forced: boolean }>(`select bool_and(relforcerowsecurity) as forced from pg_class where relname in ('clinic', 'message_template', 'message_template_version')`)
  expect(rows).toEqual([{ forced: true }])
})
