import { randomBytes } from 'node:crypto'
import { HttpError, readJson, type Exchange } from '../post-office/exchange.ts'
import type { Ledger } from './ledger.ts'
import type { Answer } from './priority.ts'

export interface HashavshevetLogin {
  key: string
  database: string
  /** The definition of the report that shows the journal. */
  report: string
}

const notValid: Answer = { status: 200, body: { status: 'errors', errors: 'Token is not valid' } }

/** Hashavshevet in the cloud: sessions, batches of the journal, and one report. Faults in what was asked come as 200 with words. */
export class Hashavshevet {
  readonly #ledger: Ledger
  readonly #login: HashavshevetLogin
  readonly #sessions = new Set<string>()

  constructor(ledger: Ledger, login: HashavshevetLogin) {
    this.#ledger = ledger
    this.#login = login
  }

  /** All sessions end now. */
  endSessions(): void {
    this.#sessions.clear()
  }

  async answer({ request, method }: Exchange, path: string): Promise<Answer> {
    const [, first = '', key = '', database = ''] = path.split('/').map(decodeURIComponent)
    if (method === 'GET' && first === 'createSession') return this.#open(key, database)
    if (method !== 'POST') throw new HttpError(404, 'The stand-in knows no such service.')
    if (!this.#sessions.has(request.headers.authorization?.replace(/^Bearer /, '') ?? '')) return notValid
    if (path === '/jtransApi/tmpBatch') return this.#push((await readJson(request)) as Batch)
    if (path === '/ExportDataApi/exportData') return this.#report((await readJson(request)) as Report)
    throw new HttpError(404, 'The stand-in knows no such service.')
  }

  #open(key: string, database: string): Answer {
    if (key !== this.#login.key || database !== this.#login.database) return { status: 200, body: 'iligal token' }
    const token = randomBytes(24).toString('hex')
    this.#sessions.add(token)
    return { status: 200, body: token }
  }

  #push({ rows: [row] }: Batch): Answer {
    if (!row) return { status: 200, body: { status: 'errors', errors: [{ TxtMsg: 'No rows', field: 'rows' }] } }
    const lines = row.moves.map(({ AccountKey, DebitCredit, Suf }) => ({ account: AccountKey, debit: DebitCredit === 1 ? agorot(Suf) : 0, credit: DebitCredit === 1 ? 0 : agorot(Suf) }))
    const unknown = this.#ledger.unknownAccount({ lines })
    if (unknown !== undefined) return { status: 200, body: { status: 'errors', errors: [{ err: 12, field: 'AccountKey', TxtMsg: `חשבון ${unknown} לא קיים` }] } }
    const { id } = this.#ledger.add({ reference: row.Details, date: row.ValueDate.split('/').reverse().join('-'), lines })
    return { status: 200, body: { status: 'OK', newbatch: 1_000 + id, batch_issue: 'OK', errors: [] } }
  }

  #report({ datafile, parameters: [from, to] }: Report): Answer {
    if (datafile !== this.#login.report) return { status: 200, body: { status: { errors: 'The report is not of this company', repdata: undefined } } }
    const [first, last] = [dayOf(from?.defVal), dayOf(to?.defVal)]
    const rows = this.#ledger.entries.filter(({ date }) => date >= first && date <= last).flatMap(({ id, date, reference, lines }) => lines.map(({ account, debit, credit }) => ({ id, date, details: reference, account, debit: debit / 100, credit: credit / 100, ...(this.#ledger.garbled.has(reference) ? { date: '?', debit: '?' } : {}) })))
    // As the real one does it: nothing found is one row of nothing.
    const ghost = { id: null, date: null, details: null, account: null, debit: null, credit: null }
    return { status: 200, body: { status: { repdata: rows.length === 0 ? [ghost] : rows, errors: 'OK' }, statusCode: 200 } }
  }
}

interface Batch {
  rows: { Details: string; ValueDate: string; moves: { AccountKey: string; DebitCredit: number; Suf: number }[] }[]
}
interface Report {
  datafile: string
  parameters: { defVal: string }[]
}

const dayOf = (text: string | undefined): string => (text ?? '').replaceAll('"', '').replaceAll('/', '-')
const agorot = (shekels: number): number => Math.round(shekels * 100)
