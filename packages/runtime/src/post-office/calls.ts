import type { Ledger } from './ledger.ts'

/** In Twilio's words (https://www.twilio.com/docs/voice/api/call-resource#call-status-values), and the first of its progress events. */
export type CallStatus = 'queued' | 'initiated' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'

/** Who or what takes a call; `unsure` is a person of whom the detection cannot tell. */
export const takers = ['person', 'machine', 'unsure', 'busy', 'no-answer', 'failed'] as const
export type Taker = (typeof takers)[number]

/** How a number takes every call from now on, and which keys are pressed in it; without it somebody at the page decides. */
export type Phone = { number: string; takes: Taker; digits: string }

export type CallEntry =
  | { kind: 'call_accepted'; sid: string; from: string; to: string; twiml: string; detects: boolean; statusCallback?: string; statusEvents: string[] }
  | { kind: 'call_refused'; from: string; to: string; code: number }
  | { kind: 'call_status'; sid: string; status: CallStatus; answeredBy?: string; sipCode?: string }
  | { kind: 'call_said'; sid: string; words: string[] }
  | { kind: 'call_digit'; sid: string; digit: string; url: string; outcome: number | string }
  | ({ kind: 'phone' } & Phone)

export type Call = {
  sid: string
  from: string
  to: string
  twiml: string
  /** Whether the detection of answering machines was asked for. */
  detects: boolean
  statusCallback: string | undefined
  statusEvents: string[]
  status: CallStatus
  answeredBy: string | undefined
  /** What was said into it so far, and which keys were pressed. */
  said: string[]
  digits: string
  createdAt: number
  updatedAt: number
}

/** The calls of a ledger, made of its lines. */
export class CallBook {
  readonly #calls = new Map<string, Call>()
  readonly #phones = new Map<string, Phone>()

  all(): Call[] {
    return [...this.#calls.values()]
  }

  find(sid: string): Call | undefined {
    return this.#calls.get(sid)
  }

  phone(number: string): Phone | undefined {
    return this.#phones.get(number)
  }

  take(entry: CallEntry & { at: number }): void {
    if (entry.kind === 'phone') return void this.#phones.set(entry.number, { number: entry.number, takes: entry.takes, digits: entry.digits })
    if (entry.kind === 'call_accepted') return void this.#calls.set(entry.sid, newCall(entry))
    const call = entry.kind === 'call_refused' ? undefined : this.#calls.get(entry.sid)
    if (!call || entry.kind === 'call_refused') return
    call.updatedAt = entry.at
    if (entry.kind === 'call_status') Object.assign(call, { status: entry.status, answeredBy: entry.answeredBy ?? call.answeredBy })
    else if (entry.kind === 'call_said') call.said = [...call.said, ...entry.words]
    else call.digits += entry.digit
  }
}

function newCall({ sid, from, to, twiml, detects, statusCallback, statusEvents, at }: Extract<CallEntry, { kind: 'call_accepted' }> & { at: number }): Call {
  return { sid, from, to, twiml, detects, statusCallback, statusEvents, status: 'queued', answeredBy: undefined, said: [], digits: '', createdAt: at, updatedAt: at }
}

/** Whether nothing happens in it any more. */
export const isOver = ({ status }: Pick<Call, 'status'>): boolean => ['completed', 'busy', 'no-answer', 'failed', 'canceled'].includes(status)

/** What somebody does with a phone: takes the call in some way, presses a key, hangs up. */
export type Deed = Taker | 'hang_up' | `key ${string}`

interface Waiting {
  fits: (deed: Deed) => boolean
  wake: (deed: Deed) => void
}

/** Whoever sits at the page, or nobody. A call that is open to them keeps what they did until it asks. */
export class Hands {
  readonly #done = new Map<string, Deed[]>()
  readonly #waiting = new Map<string, Waiting>()

  /** From now on the call heeds them. */
  open(sid: string): void {
    this.#done.set(sid, [])
  }

  /** It does not any more. */
  close(sid: string): void {
    this.#done.delete(sid)
  }

  /** Their next deed of a kind in an open call; undefined where there is none in time. Rejects when the office closes, at once where it is closed. */
  next(sid: string, ms: number, signal: AbortSignal, fits: (deed: Deed) => boolean): Promise<Deed | undefined> {
    return new Promise((resolve, reject) => {
      const closed = (): void => {
        clearTimeout(timer)
        reject(new DOMException('The post office closes.', 'AbortError'))
      }
      const done = (deed?: Deed): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', closed)
        this.#waiting.delete(sid)
        resolve(deed)
      }
      const timer = setTimeout(done, ms)
      if (signal.aborted) return closed()
      const kept = this.#done.get(sid) ?? []
      const at = kept.findIndex(fits)
      if (at !== -1) return done(kept.splice(0, at + 1).at(-1)) // what came before it fitted nothing
      signal.addEventListener('abort', closed, { once: true })
      this.#waiting.set(sid, { fits, wake: done })
    })
  }

  /** False where the call heeds nobody. */
  act(sid: string, deed: Deed): boolean {
    const kept = this.#done.get(sid)
    if (!kept) return false
    const waiting = this.#waiting.get(sid)
    if (waiting?.fits(deed)) waiting.wake(deed)
    else kept.push(deed)
    return true
  }
}

/** Whether a phone that rings ends to ring by it, and whether it is something that one does while one talks. */
export const isAnswer = (deed: Deed): boolean => !isTalk(deed) || deed === 'hang_up'
export const isTalk = (deed: Deed): boolean => deed === 'hang_up' || deed.startsWith('key ')

/** The calls that were accepted to a number, oldest first. */
export const callsTo = (ledger: Ledger, number: string): Call[] => ledger.calls.all().filter(({ to }) => to === number)
