// npm test: installs if needed, makes sure of Redis and Chromium, checks types and lint, builds, runs all tests.
// Ends with one line, "N passed, N failed". Arguments go to Vitest (`npm test -- packages/domain`) and then only tests run.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installIfNeeded, root } from './install.mjs'

const started = performance.now()
const only = process.argv.slice(2)
const count = { passed: 0, failed: 0 }
let finished = false

// Said in every case, also when the installation or a missing program ends the run early.
process.on('exit', (code) => {
  if (!finished && code !== 0) count.failed += 1
  console.log(`${count.passed} passed, ${count.failed} failed`)
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

installIfNeeded()
const { requirePrograms } = await import('./test-programs.mjs')
await requirePrograms()

const bin = (path) => join(root, 'node_modules', path)
if (only.length === 0) {
  // In pairs: two cores is what the smallest machine has.
  await Promise.all([check('types', [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']), check('lint', [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'])])
  await Promise.all([check('types of the web client', [bin('vue-tsc/bin/vue-tsc.js'), '--noEmit', '-p', 'apps/web/tsconfig.json']), check('build', ['scripts/build.mjs'])])
}
await runVitest()

console.log(`\n${Math.round((performance.now() - started) / 1000)} s in all`)
finished = true
process.exitCode = count.failed === 0 ? 0 : 1

/** Runs a Node program quietly; its output is shown when it fails. */
async function check(name, command) {
  const begun = performance.now()
  const { code, output } = await run(command, 'pipe')
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${seconds} s)`)
  if (code !== 0) console.log(output)
  count[code === 0 ? 'passed' : 'failed'] += 1
}

async function runVitest() {
  const folder = mkdtempSync(join(tmpdir(), 'yoman-test-'))
  const report = join(folder, 'report.json')
  try {
    const { code, signal } = await run([bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only], 'inherit')
    if (!existsSync(report)) console.log(`\nThe tests ended before all of them had run (exit code ${code}, signal ${signal}).`)
    const { passed, failed, skipped } = existsSync(report) ? countTests(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 0, skipped: 0 }
    count.passed += passed
    // Vitest also fails for what belongs to no test: an error nobody caught, a database nobody dropped.
    count.failed += failed === 0 && code !== 0 ? 1 : failed
    if (skipped > 0) console.log(`${skipped} tests were skipped because they do not concern this machine`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file that failed before or after its tests counts as one failed test. */
function countTests({ testResults }) {
  const tests = testResults.flatMap((file) => file.assertionResults)
  const having = (status) => tests.filter((test) => test.status === status).length
  const filesAlone = testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')).length
  return { passed: having('passed'), failed: having('failed') + filesAlone, skipped: having('skipped') + having('pending') }
}

function run([program, ...args], stdio) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, env: testEnvironment(), stdio: ['ignore', stdio, stdio] })
    let output = ''
    child.stdout?.on('data', (data) => (output += data))
    child.stderr?.on('data', (data) => (output += data))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, output }))
  })
}

/** The settings of whoever runs the tests (a database, a Twilio account) are none of the tests' business. */
function testEnvironment() {
  const settings = [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^#?\s*([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name)
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.includes(name) && name !== 'NODE_ENV'))
}
