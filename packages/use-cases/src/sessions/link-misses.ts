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
const freeUses = 100 // in a day

/**
 * Counts a link that opened nothing, by the network it came from. Only those are counted, so that a whole network of phones is
 * never kept from its links by one who guesses. Throws `TooManyAttempts` after some of them. @param purpose of which kind of link.
 */
export const countMiss = (services: Services, purpose: string, { ip, machineNow }: Visitor): Promise<void> => count(services, `${purpose}|${networkOf(ip)}`, freeMisses, machineNow)

/** Counts what one link asks for that costs more than a look: a person answers some times, a machine without end. Throws `TooManyAttempts`. */
export const countUse = (services: Services, what: string, { machineNow }: Visitor): Promise<void> => count(services, what, freeUses, machineNow)

async function count({ pool }: Services, what: string, free: number, machineNow: Instant): Promise<void> {
  const key = createHash('sha256').update(what).digest()
  await outsideClinics(pool, async (tx) => {
    const [known] = await lockAttempts(tx, [key], machineNow)
    const wait = secondsBlocked(known ?? null, machineNow)
    if (wait > 0) throw new TooManyAttempts(wait)
    await saveAttempts(tx, key, countAttempt(known ?? null, free, machineNow))
  })
}
