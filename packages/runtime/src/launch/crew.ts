import { type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { runProgram, type Program } from './program.ts'

const DRAIN_MS = 15_000
const RESTARTS = 3
const WITHIN_MS = 60_000

/** The programs that run as long as the product does. One that crashes is started again; one that keeps crashing ends all. */
export class Crew {
  readonly #children = new Set<ChildProcess>()
  readonly #say: (line: string) => void
  readonly #now: () => number
  #stopping = false
  #giveUp: (error: Error) => void = () => {}

  /** Rejects when a program cannot be kept running. */
  readonly failed = new Promise<never>((_, reject) => {
    this.#giveUp = reject
  })

  constructor(say: (line: string) => void, now: () => number) {
    this.#say = say
    this.#now = now
    this.failed.catch(() => {}) // whoever waits for it is told; before that it must not end the process
  }

  start(program: Program): void {
    void this.#keep(program)
  }

  async #keep(program: Program): Promise<void> {
    const crashes: number[] = []
    while (!this.#stopping) {
      const { child, ended } = runProgram(program)
      this.#children.add(child)
      const { code, signal, lastWords } = await ended
      this.#children.delete(child)
      if (this.#stopping) return
      crashes.push(this.#now())
      const how = signal ?? `code ${code}`
      if (crashes.filter((at) => this.#now() - at < WITHIN_MS).length > RESTARTS) {
        return this.#giveUp(new Error(`The ${program.name} keeps ending (${how}). Its last words:\n${lastWords}\nThe whole log: ${program.log.path}`))
      }
      this.#say(`The ${program.name} ended (${how}) and is started again. Its log: ${program.log.path}`)
      await sleep(200 * crashes.length)
    }
  }

  /** Asks all to finish what they are at; after 15 s, or at once when `hurry` resolves, ends them. */
  async stop(hurry: Promise<unknown>): Promise<void> {
    this.#stopping = true
    const children = [...this.#children]
    const gone = Promise.all(children.map((child) => new Promise((resolve) => child.once('close', resolve))))
    for (const child of children) child.kill('SIGTERM')
    const limit = new AbortController()
    await Promise.race([gone, hurry, sleep(DRAIN_MS, undefined, { signal: limit.signal }).catch(() => {})])
    limit.abort()
    for (const child of children) child.kill('SIGKILL')
    await gone
  }
}
