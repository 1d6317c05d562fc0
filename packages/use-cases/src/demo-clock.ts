import { readClockOffset } from '@yoman/db/demo/clock-offset'
import { writeClockOffset } from '@yoman/db/demo/move-clock'
import type { Pool } from '@yoman/db/connect'
import type { Instant } from '@yoman/domain/time'
import { type Clock, movableClock, systemClock } from './clock.ts'
import { outsideClinics } from './transact.ts'

/** The clock of a demo, the same in all its processes. A process that was not told it is a demo must not make one. */
export interface DemoClock extends Clock {
  /** Milliseconds ahead of the machine's clock. */
  offsetMs(): number
  /** Reads anew where the clock stands: at the start, and whenever a notice may have been missed. */
  reload(): Promise<void>
  /** Takes over what the channel `demo_clock` said. */
  follow(payload: string): void
  /** Moves it for all processes. */
  moveTo(to: Instant): Promise<void>
  /** Sets how far ahead of the machine's clock it is, in milliseconds; 0 is real time. */
  setOffset(offsetMs: number): Promise<void>
}

export function demoClock(pool: Pool): DemoClock {
  let offset = 0
  const clock = movableClock(() => offset)
  const setOffset = async (offsetMs: number): Promise<void> => {
    await outsideClinics(pool, (tx) => writeClockOffset(tx, offsetMs))
    offset = offsetMs
  }
  return {
    now: clock.now,
    offsetMs: () => offset,
    reload: async () => void (offset = await outsideClinics(pool, readClockOffset)),
    follow: (payload) => void (offset = Number(payload) || 0),
    moveTo: (to) => setOffset(to.epochMilliseconds - systemClock.now().epochMilliseconds),
    setOffset,
  }
}
