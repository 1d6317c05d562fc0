/** What the stand-in does instead of answering well, once each, in the order in which they were asked for. */
export type AuthorityFault =
  | { at: 'approval' | 'token'; kind: 'status'; status: number; message?: string }
  /** Accepts and remembers, and breaks the connection before it answers. */
  | { at: 'approval' | 'token'; kind: 'cut' }
  /** Answers so many milliseconds later. */
  | { at: 'approval' | 'token'; kind: 'delay'; ms: number }
  /** A page of a proxy in the stead of JSON. */
  | { at: 'approval' | 'token'; kind: 'page' }

export class AuthorityFaults {
  readonly #next: AuthorityFault[] = []

  add(...faults: AuthorityFault[]): void {
    this.#next.push(...faults)
  }

  take(at: AuthorityFault['at']): AuthorityFault | undefined {
    const index = this.#next.findIndex((fault) => fault.at === at)
    return index < 0 ? undefined : this.#next.splice(index, 1)[0]
  }
}
