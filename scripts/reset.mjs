// npm run reset: deletes the embedded database and what the post office kept, after asking. `--yes` does not ask.
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { loadEnvironment } from './environment.mjs'
import { fail, root } from './install.mjs'

loadEnvironment()
const dataDir = resolve(root, process.env.DATA_DIR || '.data')
// Named one by one: DATA_DIR may be a folder that holds other things too.
const parts = ['postgres', '.postgres-new', 'post-office', 'logs', 'keys.json', 'launcher.json'].map((name) => join(dataDir, name)).filter(isThere)

if (parts.length === 0) {
  console.log(`There is nothing to delete in ${dataDir}.`)
  process.exit(0)
}
if (isRunning()) fail(`Yoman is running on ${dataDir}. Stop it first (Ctrl-C in its window), then reset.`)
console.log(`This deletes for good:\n${parts.map((part) => `  ${part}`).join('\n')}`)
if (process.env.DATABASE_URL) console.log('The database that DATABASE_URL names is not touched.')
if (!process.argv.includes('--yes') && !(await confirmed())) fail('Nothing was deleted.')
for (const part of parts) remove(part)
console.log('Done. The next "npm start" begins with a fresh demo clinic.')

async function confirmed() {
  if (!process.stdin.isTTY) fail('There is nobody to ask here: run it with --yes.')
  const questions = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await questions.question('Type "yes" to go on: ')
  questions.close()
  return answer.trim().toLowerCase() === 'yes'
}

function isThere(path) {
  return existsSync(path) || lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function isRunning() {
  const launcher = join(dataDir, 'launcher.json')
  const postgres = join(dataDir, 'postgres', 'postmaster.pid')
  return (
    (existsSync(launcher) && commandOf(JSON.parse(readFileSync(launcher, 'utf8')).pid).includes('start.mjs')) ||
    (existsSync(postgres) && commandOf(Number(readFileSync(postgres, 'utf8').split('\n')[0])).includes('postgres'))
  )
}

/** What a process was started as, empty when it is gone: after a crash its number may belong to a stranger. */
function commandOf(pid) {
  if (existsSync(`/proc/${pid}/cmdline`)) return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
}

/** Where root's folders are closed to the database's account, the data is behind a link. */
function remove(path) {
  if (lstatSync(path).isSymbolicLink() && existsSync(path)) rmSync(realpathSync(path), { recursive: true, force: true })
  rmSync(path, { recursive: true, force: true })
}
