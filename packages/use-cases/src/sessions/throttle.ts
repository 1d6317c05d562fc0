import { createHash } from 'node:crypto'
import { forgetAttempts, lockAttempts, saveAttempts, takeBackAttempt } from '@yoman/db/sessions/throttle'
import type { Pool } from '@yoman/db/connect'
import { countAttempt, secondsBlocked } from '@yoman/domain/sessions/throttle'
import type { Instant } from '@yoman/domain/time'
import { outsideClinics } from '../transact.ts'

/** Thrown where somebody tries too often. `seconds`: how long to wait. */
export class TooManyAttempts extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('too many attempts')
    this.name = 'TooManyAttempts'
    this.seconds = seconds
  }
}

interface Counter {
  key: Buffer
  /** Failures that cost nothing. */
  free: number
}

/**
 * Counts an attempt on an account from a network before its password is looked at; throws `TooManyAttempts` while a wait is on.
 * The account from elsewhere has a much wider count, so an outsider cannot keep its owner out.
 */
export async function takeAttempt(pool: Pool, email: string, ip: string | null, now: Instant): Promise<void> {
  const counters = countersOf(email, ip)
  await outsideClinics(pool, async (tx) => {
    const known = await lockAttempts(tx, counters.map((counter) => counter.key), now)
    const wait = Math.max(...known.map((attempts) => secondsBlocked(attempts, now)))
    if (wait > 0) throw new TooManyAttempts(wait)
    const saved = counters.map(({ key, free }, at) => saveAttempts(tx, key, countAttempt(known[at] ?? null, free, now)))
    await Promise.all(saved)
  })
}

/** After a success the account starts anew; from the network's count only this one attempt is taken back, for a spray has successes too. */
export async function forgiveAttempts(pool: Pool, email: string, ip: string | null): Promise<void> {
  const [pair, account, network] = countersOf(email, ip)
  await outsideClinics(pool, (tx) => Promise.all([forgetAttempts(tx, [pair.key, account.key]), takeBackAttempt(tx, network.key)]))
}

function countersOf(email: string, ip: string | null): [Counter, Counter, Counter] {
  const network = networkOf(ip)
  return [
    { key: keyOf('account-network', email, network), free: 5 },
    { key: keyOf('account', email), free: 100 }, // NIST SP 800-63B: no more than 100 in a row
    { key: keyOf('network', network), free: 100 },
  ]
}

const keyOf = (...parts: string[]): Buffer => createHash('sha256').update(parts.join('|')).digest()

/** The /24 of an IPv4 address, the /56 of an IPv6 one: what one household or clinic has. */
export function networkOf(ip: string | null): string {
  if (ip === null) return 'none'
  const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(ip)
  if (v4?.[1] !== undefined) return v4[1]
  const [head = '', tail = ''] = ip.toLowerCase().split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === '' ? [] : tail.split(':')
  const groups = ip.includes('::') ? [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back] : front
  const bits = groups.slice(0, 4).map((group) => group.padStart(4, '0')).join('')
  return bits.slice(0, 14)
}
