/** What the stand-in does instead of answering well, once each, in the order in which they were asked for. */
export type ProviderFault = { at: 'check' | 'open' | 'find' | 'close' } & (
  | { kind: 'status'; status: number }
  /** Answers 200 and says in the body that it did not happen. */
  | { kind: 'error'; description: string }
  /** Does what it was asked for, and breaks the connection before it answers. */
  | { kind: 'cut' }
  /** Answers so many milliseconds later. */
  | { kind: 'delay'; ms: number }
  /** A page of a proxy in the stead of JSON. */
  | { kind: 'page' }
)

export class ProviderFaults {
  readonly #next: ProviderFault[] = []

  add(...faults: ProviderFault[]): void {
    this.#next.push(...faults)
  }

  take(at: ProviderFault['at']): ProviderFault | undefined {
    const index = this.#next.findIndex((fault) => fault.at === at)
    return index < 0 ? undefined : this.#next.splice(index, 1)[0]
  }
}
