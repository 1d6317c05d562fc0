// Runs Postgres and outlives the process that asked for it just long enough to end Postgres too.
//
// Its stdin is a pipe from that process: the pipe closes when the other side is gone, by whatever death, even
// kill -9. The first line on it is the job; it is not in the arguments because those can be read with `ps`.
// Plain JavaScript, since it runs on its own beside the source as well as beside the bundle.
import { execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

// A Ctrl-C goes to the whole group; the process that asked decides when the database goes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
// The reader of our output may be gone when Postgres says its last words.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const lines = createInterface({ input: process.stdin })
lines.once('line', (line) => run(JSON.parse(line)))
lines.once('close', () => process.exit(0)) // no job ever came

function run({ command, args, options, pgCtl, dataDir }) {
  lines.removeAllListeners('close')
  const postgres = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  // Copied rather than handed down: a server writing to a pipe nobody empties any more would block.
  postgres.stdout.on('data', (chunk) => process.stderr.write(chunk))
  postgres.stderr.on('data', (chunk) => process.stderr.write(chunk))
  postgres.on('error', (error) => {
    process.stderr.write(`FATAL: ${error.message}\n`)
    process.exit(1)
  })
  postgres.on('spawn', () => process.stdout.write(`${postgres.pid}\n`))
  postgres.on('exit', (code) => process.exit(code ?? 1))
  lines.on('close', () => stop(postgres, pgCtl, dataDir, options))
}

function stop(postgres, pgCtl, dataDir, options) {
  if (process.platform === 'win32') {
    execFile(pgCtl, ['stop', '-D', dataDir, '-m', 'fast'], options, () => {})
    return
  }
  postgres.kill('SIGINT') // fast shutdown
  setTimeout(() => postgres.kill('SIGQUIT'), 20_000).unref() // immediate: the next start recovers from the log
}
