/** What a stand-in does instead of answering well, once each, in the order in which they were asked for. */
export type LedgerFault =
  | { at: 'push' | 'read'; kind: 'status'; status: number }
  /** Accepts and remembers, and breaks the connection before it answers. */
  | { at: 'push'; kind: 'cut' }
  /** Answers so many milliseconds later. */
  | { at: 'push' | 'read'; kind: 'delay'; ms: number }
  /** A page of a proxy in the stead of JSON. */
  | { at: 'push' | 'read'; kind: 'page' }

export class LedgerFaults {
  readonly #next: LedgerFault[] = []

  add(...faults: LedgerFault[]): void {
    this.#next.push(...faults)
  }

  take(at: LedgerFault['at']): LedgerFault | undefined {
    const index = this.#next.findIndex((fault) => fault.at === at)
    return index < 0 ? undefined : this.#next.splice(index, 1)[0]
  }

  clear(): void {
    this.#next.length = 0
  }
}
