import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import type { Passwords } from '@yoman/use-cases/sessions/services'
import { HttpProblem } from '../http/problem.ts'

// OWASP's floor is 19 MiB and two passes; this is some 50 ms on a quiet core. The numeric 2 is argon2id, whose const enum cannot be imported here.
const strength = { memoryCost: 65_536, timeCost: 3, parallelism: 1, algorithm: 2 }
const longestQueue = 20

/** Argon2id, as many at once as there are cores and a short queue behind: signing in must not starve the rest. Full queue: `unavailable`. */
export function makePasswords(atOnce = availableParallelism()): Passwords {
  const inTurn = limit(atOnce)
  const nobody = inTurn(() => hash('a password that nobody has', strength))
  nobody.catch(() => undefined) // told by whoever awaits it first
  return {
    hash: (password) => inTurn(() => hash(password, strength)),
    verify: async (known, password) => {
      const right = await inTurn(async () => verify(known ?? (await nobody), password))
      return known !== null && right
    },
  }
}

function limit(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= longestQueue) throw new HttpProblem('unavailable', { retryAfterSeconds: 2 })
      await new Promise<void>((go) => waiting.push(go))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
