import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { canReach, type Account } from './account.ts'
import { SYSTEM_DIR, type Binaries } from './binaries.ts'

type Cluster = { dataDir: string; password: string; binaries: Binaries; account: Account; log: (line: string) => void }

/**
 * Makes the data folder a cluster if it is none yet, and returns its real path.
 * @throws Error when the folder holds something else or another version's data
 */
export async function prepareCluster(cluster: Cluster): Promise<string> {
  const dataDir = place(cluster)
  const version = join(dataDir, 'PG_VERSION')
  if (!existsSync(version)) {
    await initialise({ ...cluster, dataDir })
    return dataDir
  }
  const major = readFileSync(version, 'utf8').trim()
  if (major !== String(cluster.binaries.major)) {
    throw new Error(
      `The data in ${dataDir} was made by Postgres ${major}, but Postgres ${cluster.binaries.major} is what would run it. ` +
        'Demo data can be started over with "npm run reset"; for data worth keeping, run your own Postgres and set DATABASE_URL.',
    )
  }
  return dataDir
}

/** Under a folder closed to the server's account (such as /root) the data lives in the system's place, behind a symlink. */
function place({ dataDir, account, log }: Cluster): string {
  mkdirSync(dirname(dataDir), { recursive: true })
  const wanted = existsSync(dataDir) ? realpathSync(dataDir) : dataDir
  if (canReach(dirname(wanted), account)) return ownedFolder(wanted, account)
  const real = join(SYSTEM_DIR, 'data', createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  mkdirSync(dirname(real), { recursive: true, mode: 0o755 })
  if (existsSync(dataDir)) {
    throw new Error(`The account Postgres runs as cannot reach the data in ${dataDir}: a folder above it is closed to others. Open that folder (chmod o+x) or move the data.`)
  }
  rmSync(dataDir, { force: true }) // a link whose target was deleted
  symlinkSync(real, dataDir)
  log(`${dirname(dataDir)} is closed to the account Postgres runs as; its data is kept in ${real}.`)
  return ownedFolder(real, account)
}

function ownedFolder(folder: string, account: Account): string {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  if (account) chownSync(folder, account.uid, account.gid)
  return folder
}

async function initialise({ dataDir, password, binaries, account, log }: Cluster): Promise<void> {
  const leftover = readdirSync(dataDir)
  if (leftover.length > 0 && !leftover.every((name) => name.startsWith('.'))) {
    throw new Error(`${dataDir} is meant for the database but holds other files (${leftover.slice(0, 3).join(', ')}). Empty it or set DATA_DIR to another folder.`)
  }
  const secret = mkdtempSync(join(tmpdir(), 'yoman-'))
  const passwordFile = join(secret, 'password')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account) for (const path of [secret, passwordFile]) chownSync(path, account.uid, account.gid)
  // Built beside and renamed, so that a start killed half way leaves no half-made cluster behind.
  const draft = join(dirname(dataDir), `.${basename(dataDir)}-new`)
  rmSync(draft, { recursive: true, force: true })
  ownedFolder(draft, account)
  try {
    log('Making the database folder …')
    await promisify(execFile)(
      join(binaries.bin, 'initdb'),
      ['-D', draft, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', ...localeFlags(), '--no-instructions'],
      { ...account, cwd: draft, env: serverEnvironment() },
    )
    for (const name of leftover) rmSync(join(dataDir, name), { recursive: true })
    rmdirSync(dataDir)
    renameSync(draft, dataDir)
  } finally {
    rmSync(secret, { recursive: true, force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Searching Hebrew by trigrams needs a UTF-8 character type whatever LANG says; macOS calls it otherwise. */
function localeFlags(): string[] {
  return process.platform === 'darwin' ? ['--locale=C', '--lc-ctype=UTF-8'] : ['--locale=C.UTF-8']
}

/** Nothing of our own environment, which holds keys, is passed on: a process's environment can be read while it runs. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: process.platform === 'darwin' ? 'C' : 'C.UTF-8', TZ: 'UTC' }
}
