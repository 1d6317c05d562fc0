import { setImmediate } from 'node:timers/promises'

/** After so many of a thing others get their turn: a year has a hundred thousand lines, and the check runs where requests are answered. */
export const breath = 2_000

/** Does the work with each, letting others work in between. */
export async function eachInTurn<T>(all: Iterable<T>, work: (one: T) => void): Promise<void> {
  let done = 0
  for (const one of all) {
    work(one)
    if ((done += 1) % breath === 0) await setImmediate()
  }
}
