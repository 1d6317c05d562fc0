import { createHash } from 'node:crypto'
import { lockAttempts, saveAttempts } from '@yoman/db/sessions/throttle'
import { countAttempt, secondsBlocked } from '@yoman/domain/sessions/throttle'
import type { Instant } from '@yoman/domain/time'
import type { Services } from '../context.ts'
import { outsideClinics } from '../transact.ts'
import { networkOf, TooManyAttempts } from './throttle.ts'

export interface Visitor {
  ip: string | null
  /** The machine's clock, which wrong tokens are counted by. */
  machineNow: Instant
}

const freeMisses = 20

/**
 * Counts a link that opened nothing, by the network it came from. Only those are counted, so that a whole network of phones is
 * never kept from its links by one who guesses. Throws `TooManyAttempts` after some of them. @param purpose of which kind of link.
 */
export async function countMiss({ pool }: Services, purpose: string, { ip, machineNow }: Visitor): Promise<void> {
  const key = createHash('sha256').update(`${purpose}|${networkOf(ip)}`).digest()
  await outsideClinics(pool, async (tx) => {
    const [known] = await lockAttempts(tx, [key], machineNow)
    const wait = secondsBlocked(known ?? null, machineNow)
    if (wait > 0) throw new TooManyAttempts(wait)
    await saveAttempts(tx, key, countAttempt(known ?? null, freeMisses, machineNow))
  })
}
