import { Temporal } from 'temporal-polyfill'
import type { Instant } from '@yoman/domain/time'

/** Where the time comes from. Injected everywhere, so that a test, and the demo, can move it. */
export interface Clock {
  now(): Instant
}

/** The machine's own clock. Sessions, tokens and throttling always use this one. */
export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** The machine's clock moved by a number of milliseconds that may change while it runs: the demo's clock. */
export function movableClock(offsetMs: () => number): Clock {
  return { now: () => Temporal.Now.instant().add({ milliseconds: Math.trunc(offsetMs()) }) }
}
