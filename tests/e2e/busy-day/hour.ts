/** How late it is in the played day: so many of its calls have come in. Rooms wait for the day, not for a clock. */
export interface Hour {
  readonly calls: number
  callCameIn(): void
  /** Resolves once this share of the day, 0 to 1, has passed. */
  reached(share: number): Promise<void>
}

export function makeHour(calls: number): Hour {
  let came = 0
  let waiting: { share: number; go: () => void }[] = []
  return {
    calls,
    callCameIn() {
      came += 1
      for (const one of waiting.filter(({ share }) => came / calls >= share)) one.go()
      waiting = waiting.filter(({ share }) => came / calls < share)
    },
    reached: (share) => (came / calls >= share ? Promise.resolve() : new Promise((go) => waiting.push({ share, go }))),
  }
}
