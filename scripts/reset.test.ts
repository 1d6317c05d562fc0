import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = fileURLToPath(new URL('./reset.mjs', import.meta.url))
let folder: string
let dataDir: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yoman-reset-'))
  dataDir = join(folder, 'data')
  for (const part of ['data/postgres', 'data/post-office', 'data/logs', 'data/photos', 'elsewhere']) mkdirSync(join(folder, part), { recursive: true })
  writeFileSync(join(dataDir, 'keys.json'), '{}')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function reset(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { env: { PATH: process.env['PATH'], DATA_DIR: dataDir }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return { status, output: stdout + stderr }
}

test('deletes what is its own and nothing else', () => {
  expect(reset('--yes')).toMatchObject({ status: 0, output: expect.stringContaining('Done.') })
  expect(readdirSync(dataDir)).toEqual(['photos'])
  expect(reset('--yes')).toMatchObject({ status: 0, output: expect.stringContaining('There is nothing to delete') })
})

test('deletes nothing when there is nobody to ask', () => {
  expect(reset()).toMatchObject({ status: 1, output: expect.stringContaining('run it with --yes') })
  expect(existsSync(join(dataDir, 'keys.json'))).toBe(true)
})

test("deletes the database's data also where it is behind a link", () => {
  rmSync(join(dataDir, 'postgres'), { recursive: true })
  symlinkSync(join(folder, 'elsewhere'), join(dataDir, 'postgres'))
  reset('--yes')
  expect(existsSync(join(folder, 'elsewhere'))).toBe(false)
  expect(readdirSync(dataDir)).toEqual(['photos'])
})

test('refuses while the product runs, and is not held up by what a crash left', async () => {
  const program = join(folder, 'start.mjs')
  writeFileSync(program, 'setInterval(() => {}, 1000)')
  const running = spawn(process.execPath, [program], { stdio: 'ignore' })
  try {
    await new Promise((resolve) => running.once('spawn', resolve))
    writeFileSync(join(dataDir, 'launcher.json'), JSON.stringify({ pid: running.pid }))
    expect(reset('--yes')).toMatchObject({ status: 1, output: expect.stringContaining('Stop it first') })
    expect(existsSync(join(dataDir, 'keys.json'))).toBe(true)
  } finally {
    running.kill('SIGKILL')
    await new Promise((resolve) => running.once('close', resolve))
  }
  writeFileSync(join(dataDir, 'launcher.json'), JSON.stringify({ pid: process.pid })) // its number is a stranger's now
  expect(reset('--yes')).toMatchObject({ status: 0 })
})
