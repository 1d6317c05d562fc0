// npm start: installs, builds, and runs everything on one address. `--dev` runs from the sources instead of the bundles;
// `--prepare` ends where the data folder is ready: migrated, with the demo clinic, nothing running.
import { build } from './build.mjs'
import { loadEnvironment } from './environment.mjs'
import { fail, installIfNeeded, root } from './install.mjs'

const dev = process.argv.includes('--dev')
loadEnvironment()
installIfNeeded()
try {
  const { launch } = dev ? await fromSource() : await fromBundle()
  await launch({ root, dev, prepare: process.argv.includes('--prepare'), env: process.env })
} catch (error) {
  if (process.env.DEBUG) console.error(error)
  fail(error.message)
}

async function fromBundle() {
  await build()
  return import('../dist/launch.js')
}

async function fromSource() {
  const { register } = await import('tsx/esm/api')
  register()
  return import('../packages/runtime/src/launch/launch.ts')
}
