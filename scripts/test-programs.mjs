// Makes sure of the two programs that npm does not bring: a Redis server and a Chromium.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { register } from 'tsx/esm/api'
import { fail, root } from './install.mjs'

const release = (() => {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return '' // not a Linux, or one that does not say which
  }
})()
const isUbuntu = /^ID=ubuntu$/m.test(release)
const isDebianKin = isUbuntu || /^ID(_LIKE)?=.*debian/m.test(release)

/** Finds them, else installs them by the means the system has, else ends the run with the sentence that tells how. */
export async function requirePrograms() {
  register()
  const { findRedis, findChromium } = await import('../packages/testing/src/find-programs.ts')

  if (!findRedis()) installByApt('redis-server')
  if (!findRedis()) fail(`The tests of the queues need a Redis server, and none was found. Install one and run again: ${advice('redis-server', 'redis')}.`)

  // Ubuntu's chromium is a snap, which cannot read the folders of the tests.
  if (!findChromium() && !isUbuntu) installByApt('chromium')
  if (!findChromium()) installByPlaywright()
  if (!findChromium()) fail(`The browser tests need a Chromium, and none was found. Install one and run again: ${advice('chromium', '--cask chromium')}, or set CHROMIUM_PATH to one you have.`)
}

function installByApt(name) {
  const asRoot = rightsOfRoot()
  if (!isDebianKin || !asRoot) return
  console.log(`Installing ${name} with apt-get: half a minute or so …`)
  // RUNLEVEL=1 keeps the packaged service from starting: the tests start servers of their own.
  const [program, ...args] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get']
  const aptGet = (...more) => spawnSync(program, [...args, ...more], { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  const install = () => aptGet('install', '-y', '-qq', '--no-install-recommends', name)
  if (!install() && aptGet('update', '-qq')) install() // a fresh image has no list of packages yet
}

/** What to put before a command so that it runs as root; null where that would ask for a password. */
function rightsOfRoot() {
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null
}

function installByPlaywright() {
  console.log('Downloading a Chromium for the browser tests (Playwright): a minute or so …')
  const libraries = isDebianKin && process.getuid?.() === 0 ? ['--with-deps'] : []
  spawnSync(process.execPath, [join(root, 'node_modules/playwright-core/cli.js'), 'install', ...libraries, 'chromium'], { stdio: ['ignore', 'inherit', 'inherit'] })
}

function advice(debian, brew) {
  if (process.platform === 'darwin') return `brew install ${brew}`
  return isDebianKin ? `sudo apt-get install ${debian}` : `with your system's package manager (it is called ${debian.replace('-server', '')} there)`
}
