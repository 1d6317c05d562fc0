import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CallBook, type CallEntry, type CallStatus } from './calls.ts'

export type SmsStatus = 'queued' | 'accepted' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received'

/** A line of the ledger. `at` is real time in milliseconds. */
export type Entry = { at: number } & (
  | CallEntry
  | { kind: 'sms_accepted'; sid: string; from: string; to: string; body: string; segments: number; messagingServiceSid?: string; statusCallback?: string; contentSid?: string; contentVariables?: string }
  | { kind: 'content'; sid: string; body: string }
  | { kind: 'sms_refused'; from: string; to: string; body: string; code: number }
  | { kind: 'sms_status'; sid: string; status: SmsStatus; errorCode?: number }
  | { kind: 'callback'; sid: string; status: SmsStatus | CallStatus; url: string; /** HTTP status, or why none came. */ outcome: number | string }
  | { kind: 'sms_received'; sid: string; from: string; to: string; body: string; segments: number }
  | { kind: 'inbound'; sid: string; url: string; outcome: number | string }
  | { kind: 'mail_accepted'; id: string; from: string; to: string[]; subject: string; messageId: string; attachments: AttachmentSummary[] }
  | { kind: 'mail_refused'; from: string; to: string[]; code: number }
)

export type AttachmentSummary = { name: string; type: string; bytes: number }

export type Sms = {
  sid: string
  direction: 'outbound-api' | 'inbound'
  from: string
  to: string
  body: string
  segments: number
  status: SmsStatus
  errorCode: number | undefined
  createdAt: number
  updatedAt: number
  messagingServiceSid: string | undefined
  statusCallback: string | undefined
}

export type Mail = Extract<Entry, { kind: 'mail_accepted' }>

// A plain Omit would melt the union into what all entries share.
export type NewEntry = Entry extends infer E ? (E extends Entry ? Omit<E, 'at'> : never) : never

/**
 * Everything that was accepted, refused and answered, in order. Lines are only ever added, each before its answer is
 * given, so what the file does not hold was not accepted; it survives restarts and kill -9.
 */
export class Ledger {
  readonly #file: string
  readonly #mailFolder: string
  readonly #now: () => number
  readonly #entries: Entry[] = []
  readonly #sms = new Map<string, Sms>()
  readonly #contents = new Map<string, string>()
  readonly calls = new CallBook()

  constructor(dataDir: string, now: () => number) {
    this.#now = now
    this.#file = join(dataDir, 'ledger.jsonl')
    this.#mailFolder = join(dataDir, 'mails')
    mkdirSync(this.#mailFolder, { recursive: true, mode: 0o700 })
    if (existsSync(this.#file)) for (const entry of readLines(this.#file)) this.#take(entry)
  }

  /** Writes a line and returns it with its time. */
  add(entry: NewEntry): Entry {
    const full = { at: this.#now(), ...entry } as Entry // the spread of a union member and its missing `at`
    appendFileSync(this.#file, `${JSON.stringify(full)}\n`, { mode: 0o600 })
    this.#take(full)
    return full
  }

  addMail(mail: Omit<Mail, 'at' | 'kind'>, raw: Buffer): void {
    // The mail before its line: a line whose mail is missing would be a lie.
    writeFileSync(this.#mailFile(mail.id), raw, { mode: 0o600 })
    this.add({ kind: 'mail_accepted', ...mail })
  }

  /** Grows with every line: equal numbers mean that nothing happened in between. */
  get length(): number {
    return this.#entries.length
  }

  entries(): readonly Entry[] {
    return this.#entries
  }

  /** Every SMS that was accepted for sending, oldest first. */
  sent(): Sms[] {
    return this.allSms().filter((sms) => sms.direction === 'outbound-api')
  }

  /** Sent and received ones, oldest first. */
  allSms(): Sms[] {
    return [...this.#sms.values()]
  }

  sms(sid: string): Sms | undefined {
    return this.#sms.get(sid)
  }

  /** The words of a template, with its variables in double braces; undefined where nobody told them. */
  content(sid: string): string | undefined {
    return this.#contents.get(sid)
  }

  mails(): Mail[] {
    return this.#entries.filter((entry) => entry.kind === 'mail_accepted')
  }

  rawMail(id: string): Buffer {
    return readFileSync(this.#mailFile(id))
  }

  #mailFile(id: string): string {
    return join(this.#mailFolder, `${id}.eml`)
  }

  #take(entry: Entry): void {
    this.#entries.push(entry)
    if (entry.kind === 'content') this.#contents.set(entry.sid, entry.body)
    else if (entry.kind === 'sms_accepted') {
      this.#sms.set(entry.sid, newSms(entry, 'outbound-api', entry.messagingServiceSid ? 'accepted' : 'queued'))
    } else if (entry.kind === 'sms_received') {
      this.#sms.set(entry.sid, newSms(entry, 'inbound', 'received'))
    } else if (entry.kind === 'sms_status') {
      const sms = this.#sms.get(entry.sid)
      if (sms) Object.assign(sms, { status: entry.status, errorCode: entry.errorCode, updatedAt: entry.at })
    } else if (isOfCalls(entry)) this.calls.take(entry)
  }
}

const ofCalls: readonly string[] = ['call_accepted', 'call_refused', 'call_status', 'call_said', 'call_digit', 'phone'] satisfies CallEntry['kind'][]
const isOfCalls = (entry: Entry): entry is Entry & CallEntry => ofCalls.includes(entry.kind)

function newSms(entry: Extract<Entry, { kind: 'sms_accepted' | 'sms_received' }>, direction: Sms['direction'], status: SmsStatus): Sms {
  const { sid, from, to, body, segments, at } = entry
  const sending = entry.kind === 'sms_accepted' ? entry : undefined
  return { sid, direction, from, to, body, segments, status, errorCode: undefined, createdAt: at, updatedAt: at, messagingServiceSid: sending?.messagingServiceSid, statusCallback: sending?.statusCallback }
}

/** A kill in the middle of a write leaves half a line at the end, which was answered to nobody: it is cut off. */
function readLines(file: string): Entry[] {
  const text = readFileSync(file, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole))
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}
