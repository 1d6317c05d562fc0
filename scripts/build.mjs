// Bundles the server programs into dist/ and builds the web client, each only when its sources changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { fail, installIfNeeded, root } from './install.mjs'

export const programs = {
  launch: 'packages/runtime/src/launch/launch.ts',
  migrate: 'apps/worker/src/migrate-main.ts',
  demo: 'packages/testing/src/demo/main.ts',
  api: 'apps/api/src/main.ts',
  worker: 'apps/worker/src/main.ts',
}

const dist = join(root, 'dist')

/** Builds what is older than its sources. `web: false` leaves the browser's part out. */
export async function build({ force = false, web = true } = {}) {
  mkdirSync(dist, { recursive: true })
  const release = await lock()
  try {
    const folders = ['packages', 'apps/api', 'apps/worker', 'scripts/build.mjs', 'package-lock.json']
    await unlessFresh('server', folders, force, bundleServer)
    if (web) await unlessFresh('web', ['apps/web', 'packages/contract', 'packages/domain', 'package-lock.json'], force, buildWeb)
  } finally {
    release()
  }
}

async function unlessFresh(name, folders, force, work) {
  const stamp = join(dist, `.${name}.stamp`)
  const wanted = fingerprint(folders)
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const started = performance.now()
  process.stdout.write(`Building the ${name} … `)
  rmSync(stamp, { force: true })
  await work()
  writeFileSync(stamp, wanted)
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/** Sizes and times of all source files: reading them all would cost more than it tells. */
function fingerprint(folders) {
  const hash = createHash('sha256')
  const walk = (path) => {
    if (!existsSync(path)) return
    const stat = statSync(path)
    if (!stat.isDirectory()) return hash.update(`${relative(root, path)} ${stat.size} ${stat.mtimeMs}\n`)
    for (const name of readdirSync(path).sort()) if (!['node_modules', 'dist'].includes(name) && !name.endsWith('.test.ts')) walk(join(path, name))
  }
  for (const folder of folders) walk(join(root, folder))
  return hash.digest('hex')
}

async function bundleServer() {
  const { build: bundle, stop } = await import('esbuild')
  const { metafile } = await bundle({
    entryPoints: Object.fromEntries(Object.entries(programs).map(([name, path]) => [name, join(root, path)])),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    metafile: true,
    absWorkingDir: root,
    logLevel: 'warning',
    plugins: [ownCodeOnly],
  })
  await stop() // else its helper process stays as long as this one
  const made = new Set(Object.keys(metafile.outputs).map((path) => basename(path)))
  for (const name of readdirSync(dist)) if (/\.js(\.map)?$/.test(name) && !made.has(name)) rmSync(join(dist, name))
}

/** Inlines our own packages, leaves everything from npm outside, and lets bundled code find the files beside its source. */
const ownCodeOnly = {
  name: 'own-code-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' || path.startsWith('@yoman/') ? undefined : { path, external: true }))
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      const place = `new URL(${JSON.stringify(relative(dist, path).replaceAll('\\', '/'))}, import.meta.url).href`
      return { contents: source.replaceAll('import.meta.url', place), loader: 'ts' }
    })
  },
}

function buildWeb() {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps/web'),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) fail('The web client could not be built. The lines above say why.')
}

/** Two builds at once would write into each other's files. A folder is made by one process alone. */
async function lock() {
  const path = join(dist, '.lock')
  for (;;) {
    try {
      mkdirSync(path)
      writeFileSync(join(path, 'pid'), String(process.pid))
      return () => rmSync(path, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (isAbandoned(path)) rmSync(path, { recursive: true, force: true })
      else await sleep(100)
    }
  }
}

function isAbandoned(path) {
  try {
    process.kill(Number(readFileSync(join(path, 'pid'), 'utf8')), 0)
    return false
  } catch (error) {
    if (error.code === 'ESRCH') return true
    // No pid in it yet: its owner is between two calls, or was killed there.
    return error.code === 'ENOENT' && existsSync(path) && Date.now() - statSync(path).mtimeMs > 5_000
  }
}

// Last, when everything above has its value.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  installIfNeeded()
  await build({ force: process.argv.includes('--force') })
}
