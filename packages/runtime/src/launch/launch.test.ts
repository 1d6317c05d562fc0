import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../free-port.ts'

// The launcher is run as its own process, on a folder whose programs are small ones that note what they were given.
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const note = `import { appendFileSync } from 'node:fs'; const note = (word) => appendFileSync(process.env.NOTES, word + ' ' + process.pid + '\\n');`
const stays = (name: string) => `process.on('SIGTERM', () => { note('${name}-draining'); setTimeout(() => { note('${name}-ended'); process.exit(0) }, 150) }); setInterval(() => {}, 1000);`
const PROGRAMS = {
  migrate: `${note} note('migrate'); writeFileSync(process.env.NOTES + '.env', JSON.stringify(process.env)); import { writeFileSync } from 'node:fs'`,
  demo: `${note} note('demo'); console.log('{"logins":[{"role":"doctor","email":"doctor@demo.example","password":"secret-demo"}]}')`,
  api: `${note} import { createServer } from 'node:http'; note('api'); createServer((request, response) => response.writeHead(request.url === '/readyz' ? 200 : 404).end()).listen(Number(process.env.PORT), process.env.HOST); console.log('  http://localhost/setup#once'); ${stays('api')}`,
  worker: `${note} note('worker'); ${stays('worker')}`,
}

type Run = { child: ChildProcess; output: () => string; notes: () => string[]; pidOf: (word: string) => number; ended: Promise<number | null>; root: string; port: number }

async function launch(settings: { programs?: Partial<typeof PROGRAMS>; env?: NodeJS.ProcessEnv; root?: string; through?: 'sh'; flags?: string[] } = {}): Promise<Run> {
  const root = settings.root ?? mkdtempSync(join(tmpdir(), 'yoman-launch-'))
  cleanUps.push(() => rmSync(root, { recursive: true, force: true }))
  chmodSync(root, 0o755)
  mkdirSync(join(root, 'dist'), { recursive: true })
  for (const [name, text] of Object.entries({ ...PROGRAMS, ...settings.programs })) writeFileSync(join(root, 'dist', `${name}.js`), text)
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  const port = await freePort()
  const notes = join(root, 'notes')
  const command = [process.execPath, '--import', 'tsx', fileURLToPath(new URL('./launch.fixture.ts', import.meta.url)), root, ...(settings.flags ?? [])]
  // A shell that has something left to do does not hand its process over.
  const [program = '', ...args] = settings.through ? ['sh', '-c', '"$@"; exit $?', 'sh', ...command] : command
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], NOTES: notes, PORT: String(port), ...settings.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  cleanUps.push(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const lines = () => (existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [])
  return {
    child,
    ended,
    root,
    port,
    output: () => output,
    notes: () => lines().map((line) => line.split(' ')[0] ?? ''),
    pidOf: (word) => Number(lines().findLast((line) => line.startsWith(`${word} `))?.split(' ')[1]),
  }
}

const says = (run: Run, text: string | RegExp) => expect.poll(run.output, { timeout: 30_000, interval: 30 }).toMatch(text)
const isAlive = (pid: number) => existsSync(`/proc/${pid}/stat`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
const postgresOf = (run: Run) => Number(readFileSync(join(run.root, '.data/postgres/postmaster.pid'), 'utf8').split('\n')[0])

describe('npm start', () => {
  test('brings everything up in order, says where it is, and ends it in order', async () => {
    const run = await launch()
    await says(run, 'Yoman is running')
    expect(run.output()).toContain(`http://localhost:${run.port}`)
    expect(run.output()).toMatch(/doctor@demo\.example +secret-demo +\(doctor\)/)
    expect(run.output()).toContain('/dev/post')
    expect(run.output()).toContain('/setup#once')
    expect(run.notes().slice(0, 2)).toEqual(['migrate', 'demo'])
    const postgres = postgresOf(run)
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    expect(run.notes().slice(-4).sort()).toEqual(['api-draining', 'api-ended', 'worker-draining', 'worker-ended'])
    expect([postgres, run.pidOf('api'), run.pidOf('worker')].map(isAlive)).toEqual([false, false, false])
    expect(run.output()).toMatch(/Ended\.\n$/)
  })

  test('gives the programs a database, keys and the post office', async () => {
    const run = await launch()
    await says(run, 'Yoman is running')
    const env = JSON.parse(readFileSync(join(run.root, 'notes.env'), 'utf8'))
    expect(env.DATABASE_URL).toMatch(/^postgres:\/\/yoman:[^@]+@127\.0\.0\.1:\d+\/yoman$/)
    for (const key of ['DATA_KEY', 'BLIND_INDEX_KEY']) expect(Buffer.from(env[key], 'base64')).toHaveLength(32)
    expect(Buffer.from(env.JWT_PRIVATE_KEY, 'base64').toString()).toContain('BEGIN PRIVATE KEY')
    expect(env).toMatchObject({ DEMO: '1', SMTP_URL: expect.stringMatching(/^smtp:/), TWILIO_API_BASE_URL: env.POST_OFFICE_URL, PUBLIC_URL: `http://localhost:${run.port}` })
    expect((await fetch(`${env.POST_OFFICE_URL}/dev/post`)).status).toBe(200)
    expect(statSync(join(run.root, '.data/keys.json')).mode & 0o777).toBe(0o600)
  })

  test('keeps keys and data from one start to the next', async () => {
    const first = await launch()
    await says(first, 'Yoman is running')
    const keys = readFileSync(join(first.root, '.data/keys.json'), 'utf8')
    first.child.kill('SIGINT')
    await first.ended
    const second = await launch({ root: first.root })
    await says(second, 'Yoman is running')
    expect(readFileSync(join(second.root, '.data/keys.json'), 'utf8')).toBe(keys)
  })

  test('prepares a data folder without starting the programs', async () => {
    const run = await launch({ flags: ['--prepare'] })
    expect(await run.ended).toBe(0)
    expect(run.notes()).toEqual(['migrate', 'demo'])
    expect(existsSync(join(run.root, '.data/postgres/PG_VERSION'))).toBe(true)
    expect(existsSync(join(run.root, '.data/postgres/postmaster.pid'))).toBe(false)
  })

  test('starts a program that crashed again, and says so', async () => {
    const run = await launch()
    await says(run, 'Yoman is running')
    await expect.poll(() => run.pidOf('worker'), { timeout: 5_000 }).toBeGreaterThan(0)
    const crashed = run.pidOf('worker')
    process.kill(crashed, 'SIGKILL')
    await says(run, /The worker ended \(SIGKILL\) and is started again/)
    await expect.poll(() => run.pidOf('worker'), { timeout: 5_000 }).not.toBe(crashed)
  })

  test('ends everything with a sentence when a program keeps crashing', async () => {
    const run = await launch({ programs: { worker: `console.error('the worker has no queue'); process.exit(3)` } })
    expect(await run.ended).toBe(1)
    expect(run.output()).toMatch(/The worker keeps ending \(code 3\)\. Its last words:\nthe worker has no queue/)
    expect(isAlive(run.pidOf('api'))).toBe(false)
    expect(existsSync(join(run.root, '.data/postgres/postmaster.pid'))).toBe(false)
  })

  test('ends everything with a sentence when the schema cannot be brought up to date', async () => {
    const run = await launch({ programs: { migrate: `console.error('migration 0007 failed'); process.exit(1)` } })
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain('migrate failed (code 1): migration 0007 failed')
    expect(run.notes()).not.toContain('api')
    expect(existsSync(join(run.root, '.data/postgres/postmaster.pid'))).toBe(false)
  })

  test('ends everything with a sentence when the database dies', async () => {
    const run = await launch()
    await says(run, 'Yoman is running')
    process.kill(postgresOf(run), 'SIGQUIT')
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain('The database server has ended')
  })

  test('can be ended while it is still starting, and leaves nothing behind', async () => {
    const run = await launch({ programs: { migrate: `${note} note('migrate'); setInterval(() => {}, 1000)` } })
    await expect.poll(() => run.notes(), { timeout: 10_000 }).toContain('migrate')
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    expect(run.notes()).toEqual(['migrate'])
    expect(isAlive(run.pidOf('migrate'))).toBe(false)
    expect(existsSync(join(run.root, '.data/postgres/postmaster.pid'))).toBe(false)
  })

  test('ends when npm, which started it, is gone', async () => {
    const run = await launch({ through: 'sh', env: { npm_lifecycle_event: 'start' } })
    await says(run, 'Yoman is running')
    run.child.kill('SIGKILL')
    await says(run, /Ended\.\n$/)
    expect(isAlive(run.pidOf('api'))).toBe(false)
  })

  test('leaves nothing running when it is killed with -9', async () => {
    const run = await launch()
    await says(run, 'Yoman is running')
    await expect.poll(() => run.pidOf('worker'), { timeout: 5_000 }).toBeGreaterThan(0)
    const pids = [postgresOf(run), run.pidOf('api'), run.pidOf('worker')]
    run.child.kill('SIGKILL')
    await expect.poll(() => pids.some(isAlive), { timeout: 10_000 }).toBe(false)
  })

  test('says which port is taken and what to do, before it starts anything', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    cleanUps.push(() => other.close())
    const run = await launch({ env: { PORT: String(port) } })
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain(`Port ${port} of 127.0.0.1 is taken by another program. End that program, or choose another port: PORT=${port + 1} npm start`)
    expect(existsSync(join(run.root, '.data/postgres'))).toBe(false)
  })

  test('tells all wrong settings at once, and none of their secrets', async () => {
    const run = await launch({ env: { PORT: 'http', DATABASE_URL: 'mysql://root:hush@db/x', REDIS_URL: 'localhost', TWILIO_ACCOUNT_SID: 'AC1', CLOCK_START: 'tomorrow' } })
    expect(await run.ended).toBe(1)
    for (const name of ['PORT', 'DATABASE_URL', 'REDIS_URL', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM', 'SMTP_URL', 'CLOCK_START']) expect(run.output()).toMatch(new RegExp(`^  - .*${name}`, 'm'))
    expect(run.output()).not.toContain('hush')
  })

  test("refuses to let a real clinic's messages end in the post office", async () => {
    const run = await launch({ env: { DATABASE_URL: 'postgres://yoman:hush@127.0.0.1:9/yoman' } })
    expect(await run.ended).toBe(1)
    expect(run.output()).toMatch(/TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM are needed to send SMS \(DEMO=1/)
  })

  test('does not make new keys in place of damaged ones', async () => {
    const root = mkdtempSync(join(tmpdir(), 'yoman-launch-'))
    mkdirSync(join(root, '.data'))
    writeFileSync(join(root, '.data/keys.json'), '{"dataKey":"AA')
    const run = await launch({ root })
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain('keys.json is damaged')
    expect(readFileSync(join(root, '.data/keys.json'), 'utf8')).toBe('{"dataKey":"AA')
  })
})
