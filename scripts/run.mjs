// Runs one part alone with the settings of the environment: node scripts/run.mjs migrate|api|worker|bench|budget
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.mjs'
import { loadEnvironment } from './environment.mjs'
import { fail, installIfNeeded, root } from './install.mjs'

const [part, ...rest] = process.argv.slice(2)
const bundled = ['migrate', 'api', 'worker']
const measuring = ['bench', 'budget']

if (![...bundled, ...measuring].includes(part)) fail(`Say which part to run: ${[...bundled, ...measuring].join(', ')}.`)
loadEnvironment()
installIfNeeded()
await build({ web: part === 'api' || measuring.includes(part) })
const program = measuring.includes(part) ? ['--import', 'tsx', join(root, `packages/testing/src/${part}/main.ts`)] : ['--enable-source-maps', join(root, 'dist', `${part}.js`)]
const child = spawn(process.execPath, [...program, ...rest], {
  stdio: 'inherit',
  cwd: root,
  env: { WEB_DIR: join(root, 'apps/web/dist'), ...process.env },
})
// A Ctrl-C reaches the child by itself; what is sent to this process alone has to be handed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
process.on('SIGINT', () => {})
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
