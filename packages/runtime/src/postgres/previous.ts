import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { serverEnvironment } from './cluster.ts'

const PATIENCE_MS = 5_000

/**
 * Ends a server that a killed run left behind in `dataDir`. One that still has its watchdog is given a few
 * seconds (it may be on its way out) and is otherwise in use.
 * @throws Error when another Yoman is running on this folder
 */
export async function clearPrevious(dataDir: string, binaries: Binaries, account: Account): Promise<void> {
  for (let waited = 0; await isRunning(dataDir, binaries, account); waited += 100) {
    const pid = recordedPid(dataDir)
    if (pid === undefined) return
    if (!hasWatchdog(pid)) return stopOrphan(dataDir, binaries, account)
    if (waited >= PATIENCE_MS) {
      throw new Error(`The database in ${dataDir} is already running (process ${pid}). Stop the other Yoman first, or set DATA_DIR to another folder for a second one.`)
    }
    await sleep(100)
  }
}

/**
 * Whether a server runs on this folder. After a crash its pid file stays, and its number may since belong to any other
 * process of the same user: `pg_ctl` would take that one for the server, and end it.
 */
async function isRunning(dataDir: string, binaries: Binaries, account: Account): Promise<boolean> {
  const pid = recordedPid(dataDir)
  if (pid === undefined) return false
  if ((await pgCtl(['status', '-D', dataDir], dataDir, binaries, account)) !== 0) return false
  if (servesFolder(pid, dataDir)) return true
  // Postgres refuses to start while the file names a living process.
  rmSync(join(dataDir, 'postmaster.pid'), { force: true })
  return false
}

/** Postgres works inside its data folder, and is told it by `-D`. */
function servesFolder(pid: number, dataDir: string): boolean {
  try {
    if (process.platform !== 'linux') return commandOf(pid).includes(dataDir)
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir)
  } catch {
    return false // gone between two looks
  }
}

function recordedPid(dataDir: string): number | undefined {
  const file = join(dataDir, 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

function hasWatchdog(pid: number): boolean {
  try {
    return commandOf(parentOf(pid)).includes('watchdog.mjs')
  } catch {
    return false // gone between two looks: nothing watches it
  }
}

function parentOf(pid: number): number {
  if (process.platform !== 'linux') return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }))
  // The second field is a name in brackets that may itself hold spaces and brackets.
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
}

function commandOf(pid: number): string {
  if (process.platform !== 'linux') return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
}

async function stopOrphan(dataDir: string, binaries: Binaries, account: Account): Promise<void> {
  const code = await pgCtl(['stop', '-D', dataDir, '-m', 'fast', '-w', '-t', '30'], dataDir, binaries, account)
  if (code !== 0 && (await isRunning(dataDir, binaries, account))) {
    throw new Error(`A database server left over from an earlier run (process ${recordedPid(dataDir)}) does not end. End it and start again.`)
  }
}

function pgCtl(args: string[], cwd: string, { bin }: Binaries, account: Account): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = execFile(join(bin, 'pg_ctl'), args, { ...account, cwd, env: serverEnvironment() })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
