import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { startPostgres, type Postgres, type PostgresOptions } from './start.ts'

const isRoot = process.getuid?.() === 0
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'yoman-pg-test-'))
  chmodSync(path, 0o755)
  cleanUps.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function start(dataDir: string, more: Partial<PostgresOptions> = {}): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, password: 'secret', settings: { fsync: 'off' }, log: () => {}, ...more })
  cleanUps.push(postgres.stop)
  return postgres
}

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

type Held = { child: ChildProcess; pid: number; url: string }

async function hold(dataDir: string, options: { port?: number; uid?: number; env?: NodeJS.ProcessEnv } = {}): Promise<Held> {
  const script = fileURLToPath(new URL('./hold.fixture.ts', import.meta.url))
  const { port, ...spawnOptions } = options
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, String(port ?? '')], { stdio: ['ignore', 'pipe', 'inherit'], ...spawnOptions })
  cleanUps.push(() => child.kill('SIGKILL'))
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', () => reject(new Error('the fixture ended')))
  })
  return { child, ...JSON.parse(line) }
}

/** A process that has ended but that nobody has asked about (a zombie) is not alive. */
const isAlive = (pid: number) => existsSync(`/proc/${pid}/stat`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 10_000, interval: 20 }).toBe(true)
}

const parentOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])

test('makes a private cluster that knows Hebrew, listens on 127.0.0.1 alone and wants the password', async () => {
  const dataDir = join(folder(), 'postgres')
  const { url } = await start(dataDir, { database: 'yoman', password: 'p@ss/wörd:#' })
  const [found] = await query(url, `select current_database() as name, current_setting('listen_addresses') as host, current_setting('timezone') as zone, lower('ÀÉ') as lower, 'כהן' ~ '^\\w+$' as hebrew`)
  expect(found).toEqual({ name: 'yoman', host: '127.0.0.1', zone: 'UTC', lower: 'àé', hebrew: true })
  expect(statSync(dataDir).mode & 0o777).toBe(0o700)
  await expect(query(url.replace(/:[^:@]*@/, ':wrong@'), 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('offers the extensions the schema needs', async () => {
  const { url } = await start(join(folder(), 'postgres'))
  await query(url, 'create extension btree_gist; create extension pg_trgm; create extension unaccent; create extension pgcrypto')
  expect(await query(url, `select similarity('ישראל כהן','ישראל כהנ') > 0.5 as close`)).toEqual([{ close: true }])
})

test('keeps the data from one start to the next and takes server settings', async () => {
  const dataDir = join(folder(), 'postgres')
  const first = await start(dataDir, { settings: { max_connections: 17, fsync: 'off' } })
  await query(first.url, 'create table kept as select current_setting(\'max_connections\') as connections')
  await first.stop()
  expect(await first.ended).toContain('shut down')
  const second = await start(dataDir)
  expect(await query(second.url, 'select * from kept')).toEqual([{ connections: '17' }])
})

test('comes with UTF-8 when the environment says otherwise', async () => {
  const held = await hold(join(folder(), 'postgres'), { env: { PATH: process.env['PATH'], LC_ALL: 'C', LANG: 'C' } })
  expect(await query(held.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }])
})

test('leaves no server behind when the program is killed with -9, and a new start at once finds the data', async () => {
  const dataDir = join(folder(), 'postgres')
  const held = await hold(dataDir)
  await query(held.url, 'create table kept as select 1 as one')
  held.child.kill('SIGKILL')
  const next = await start(dataDir) // while the old server may still be on its way out
  expect(isAlive(held.pid)).toBe(false)
  expect(await query(next.url, 'select one from kept')).toEqual([{ one: 1 }])
})

test('stops the orphan of a run whose watchdog was killed too', async () => {
  const dataDir = join(folder(), 'postgres')
  const held = await hold(dataDir)
  process.kill(parentOf(held.pid), 'SIGKILL')
  held.child.kill('SIGKILL')
  await until(() => parentOf(held.pid) === 1)
  await start(dataDir)
  expect(isAlive(held.pid)).toBe(false)
})

test('recovers when program, watchdog and server were all killed', async () => {
  const dataDir = join(folder(), 'postgres')
  const held = await hold(dataDir)
  await query(held.url, 'create table kept as select 1 as one')
  for (const pid of [held.child.pid, parentOf(held.pid), held.pid]) if (pid) process.kill(pid, 'SIGKILL')
  const next = await start(dataDir)
  expect(await query(next.url, 'select one from kept')).toEqual([{ one: 1 }])
})

test('is not deceived by a pid file that names a living stranger', async () => {
  const dataDir = join(folder(), 'postgres')
  const first = await start(dataDir)
  const pidFile = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8')
  await first.stop()
  writeFileSync(join(dataDir, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.ppid)))
  const second = await start(dataDir)
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(isAlive(process.ppid)).toBe(true)
})

test('does not touch a cluster another program is using', async () => {
  const dataDir = join(folder(), 'postgres')
  const held = await hold(dataDir)
  await expect(start(dataDir)).rejects.toThrow(/already running .* DATA_DIR/)
  expect(await query(held.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('says which port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  cleanUps.push(() => other.close())
  await new Promise((resolve) => other.once('listening', resolve))
  const address = other.address()
  const port = address && typeof address === 'object' ? address.port : 0
  await expect(start(join(folder(), 'postgres'), { port })).rejects.toThrow(`Port ${port} of 127.0.0.1, where the database should listen, is taken`)
})

test('says so when the kept password is another one', async () => {
  const dataDir = join(folder(), 'postgres')
  await (await start(dataDir)).stop()
  await expect(start(dataDir, { password: 'other' })).rejects.toThrow(/not the one it was made with/)
})

test('refuses a folder with other files and leaves them alone', async () => {
  const dataDir = join(folder(), 'postgres')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'letter.txt'), 'dear')
  await expect(start(dataDir)).rejects.toThrow(/holds other files \(letter.txt\)/)
  expect(readFileSync(join(dataDir, 'letter.txt'), 'utf8')).toBe('dear')
})

test("refuses another version's data", async () => {
  const dataDir = join(folder(), 'postgres')
  await (await start(dataDir)).stop()
  writeFileSync(join(dataDir, 'PG_VERSION'), '14\n')
  await expect(start(dataDir)).rejects.toThrow(/made by Postgres 14/)
})

test('starts again after a first start that was killed while making the cluster', async () => {
  const parent = folder()
  mkdirSync(join(parent, '.postgres-new'))
  writeFileSync(join(parent, '.postgres-new', 'half'), '')
  await start(join(parent, 'postgres'))
  expect(existsSync(join(parent, '.postgres-new'))).toBe(false)
})

test('tells when the server dies by itself', async () => {
  const postgres = await start(join(folder(), 'postgres'))
  process.kill(postgres.pid, 'SIGQUIT')
  expect(await postgres.ended).toContain('The database server has ended')
})

test.runIf(isRoot)('keeps the data where the server can reach it when root works in a closed folder', async () => {
  const parent = folder()
  chmodSync(parent, 0o700)
  const dataDir = join(parent, 'postgres')
  const postgres = await start(dataDir)
  cleanUps.push(() => rmSync(realpathSync(dataDir), { recursive: true }))
  expect(lstatSync(dataDir).isSymbolicLink()).toBe(true)
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
})
