// Installs the packages when they are missing or belong to another lockfile. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const OLDEST_NODE = [20, 19]

/** Ends the process with a sentence when Node is too old or the installation fails. */
export function installIfNeeded() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    fail(`Yoman needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`)
  }
  const lock = join(root, 'package-lock.json')
  const stamp = join(root, 'node_modules', '.yoman-lock')
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  if (!installedByHand(lock)) install()
  writeFileSync(stamp, wanted)
}

/** npm writes its own list last, so one newer than the lockfile is a finished installation of it. */
function installedByHand(lock) {
  const done = join(root, 'node_modules', '.package-lock.json')
  return existsSync(done) && statSync(done).mtimeMs >= statSync(lock).mtimeMs
}

function install() {
  console.log('Installing the packages (npm ci): half a minute from a warm cache, a few minutes over a slow line …')
  // A production environment would leave out what the build needs.
  const npm = process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ['npm', []]
  const { status, error } = spawnSync(npm[0], [...npm[1], 'ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) fail(`The packages could not be installed${error ? ` (${error.message})` : ''}. The lines above say why; when it is mended, run the same command again.`)
}

export function fail(sentence) {
  console.error(`\n${sentence}`)
  process.exit(1)
}
