/**
 * What this desk has said of rows and the server has not answered yet. A read that was on its way when it was said brings the
 * old state, which must not come back to the screen: neither as a flicker, nor under a second key that follows the first.
 */
export interface Unanswered<Change extends object> {
  /** Remembers what was said, on top of what still waits. */
  say(id: string, change: Change): void
  /** One more write is on its way. */
  begin(id: string): void
  /** One came back, whatever it brought; true when it was the last, and what was said is forgotten. */
  end(id: string): boolean
  /** All that waits for an answer. */
  said(): readonly (readonly [id: string, change: Change])[]
}

export function makeUnanswered<Change extends object>(): Unanswered<Change> {
  const changes = new Map<string, Change>()
  const waiting = new Map<string, number>()
  return {
    say: (id, change) => void changes.set(id, { ...changes.get(id), ...change }),
    begin: (id) => void waiting.set(id, (waiting.get(id) ?? 0) + 1),
    end(id) {
      const left = (waiting.get(id) ?? 1) - 1
      if (left > 0) return void waiting.set(id, left), false
      waiting.delete(id)
      changes.delete(id)
      return true
    },
    said: () => [...changes],
  }
}
