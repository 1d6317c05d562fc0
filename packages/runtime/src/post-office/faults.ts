/** How the post office misbehaves. A number counts the next requests it happens to; each takes one off. */
export type FaultSettings = {
  sms: {
    /** Milliseconds before a create is looked at. */
    delayMs: number
    /** Answers 429 and accepts nothing. */
    tooMany: number
    /** Answers 500 and accepts nothing. */
    failBeforeAccept: number
    /** Accepts, then answers 500. */
    failAfterAccept: number
    cutBeforeAccept: number
    cutAfterAccept: number
    /** Keeps the connection open and never answers. */
    hangBeforeAccept: number
    hangAfterAccept: number
    /** Answers 500 to fetches and lists. */
    failReads: number
    /** Every request is cut. */
    down: boolean
  }
  callbacks: {
    /** How many times each is posted. */
    copies: number
    /** The last status first. */
    shuffled: boolean
    lost: boolean
    delayMs: number
  }
  mail: {
    delayMs: number
    /** Refuses for now (451), before the mail is taken. */
    refuseForNow: number
    /** Refuses for good (550), at the recipient. */
    refuseForGood: number
    cutBeforeAccept: number
    /** Takes the mail, then cuts before the answer. */
    cutAfterAccept: number
    /** Nobody listens. */
    down: boolean
  }
}

type Section = keyof FaultSettings
export type FaultChange = { [S in Section]?: Partial<FaultSettings[S]> }
type Counted<S extends Section> = { [K in keyof FaultSettings[S]]: FaultSettings[S][K] extends number ? K : never }[keyof FaultSettings[S]]

const none = (): FaultSettings => ({
  sms: { delayMs: 0, tooMany: 0, failBeforeAccept: 0, failAfterAccept: 0, cutBeforeAccept: 0, cutAfterAccept: 0, hangBeforeAccept: 0, hangAfterAccept: 0, failReads: 0, down: false },
  callbacks: { copies: 1, shuffled: false, lost: false, delayMs: 0 },
  mail: { delayMs: 0, refuseForNow: 0, refuseForGood: 0, cutBeforeAccept: 0, cutAfterAccept: 0, down: false },
})

export class Faults {
  #settings = none()
  readonly #changed: () => Promise<void>

  constructor(changed: () => Promise<void>) {
    this.#changed = changed
  }

  get settings(): Readonly<FaultSettings> {
    return this.#settings
  }

  /** Changes what is named and leaves the rest. Resolves when it is in force. */
  async set(change: FaultChange): Promise<void> {
    const { sms, callbacks, mail } = this.#settings
    this.#settings = { sms: { ...sms, ...change.sms }, callbacks: { ...callbacks, ...change.callbacks }, mail: { ...mail, ...change.mail } }
    await this.#changed()
  }

  /** Back to good behaviour. */
  async clear(): Promise<void> {
    this.#settings = none()
    await this.#changed()
  }

  /** True, and one fewer left, when this request is to suffer. */
  strikes<S extends Section>(section: S, name: Counted<S>): boolean {
    const values: Record<PropertyKey, unknown> = this.#settings[section]
    const left = values[name]
    if (typeof left !== 'number' || left <= 0) return false
    values[name] = left - 1
    return true
  }
}

/**
 * Reads a change that came over HTTP.
 * @throws Error that names the first part that is wrong
 */
export function readFaultChange(value: unknown): FaultChange {
  const known: Record<string, Record<string, unknown>> = none()
  for (const [section, change] of Object.entries(asObject(value, 'The faults'))) {
    const names = known[section]
    if (!names) throw new Error(`There is no part "${section}". There are: ${Object.keys(known).join(', ')}.`)
    for (const [name, setting] of Object.entries(asObject(change, section))) {
      if (!(name in names)) throw new Error(`${section} has no fault "${name}". It has: ${Object.keys(names).join(', ')}.`)
      if (typeof setting !== typeof names[name] || (typeof setting === 'number' && !(Number.isInteger(setting) && setting >= 0 && setting <= 1_000_000))) {
        throw new Error(`${section}.${name} is ${typeof names[name] === 'number' ? 'a whole number from 0' : 'true or false'}.`)
      }
    }
  }
  return value as FaultChange // every name and value was just checked
}

function asObject(value: unknown, name: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} should be a JSON object.`)
  return value
}
