/** So many messages are between their claim and the provider's answer at once, in one process. */
export const callsAtOnce = 10

/** Lets so many works run at once; others wait in their order. What a work throws is its caller's. */
export function lanes(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = most
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift() // takes the lane over, so that nobody slips in between
      if (next) next()
      else free += 1
    }
  }
}
