import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The account the server runs as: undefined means this process's own. Postgres refuses to run as root. */
export type Account = { uid: number; gid: number } | undefined

export function accountFor(): Account {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name)
    const gid = idOf('-g', name)
    if (uid && gid) return { uid, gid }
  }
  throw new Error('Postgres does not run as root, and this system has neither a user "postgres" nor "nobody". Start Yoman as an ordinary user.')
}

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }))
  } catch {
    return undefined // no such user: the caller tries the next name
  }
}

/** Whether the account can walk down to `path` (mode bits only; access lists are not read). */
export function canReach(path: string, account: Account): boolean {
  if (!account) return true
  for (let folder = path; ; folder = dirname(folder)) {
    const { uid, gid, mode } = statSync(folder)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (dirname(folder) === folder) return true
  }
}
