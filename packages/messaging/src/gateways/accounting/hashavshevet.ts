import type { AccountingSecret, AccountingTarget } from '@yoman/domain/accounting/connection'
import { type AccountingEntry, totalOf } from '@yoman/domain/accounting/entry'
import type { AccountingService, FindAnswer, FoundEntry, NoAnswer, PushAnswer, Refused } from '@yoman/domain/accounting/service'
import { plainDate, type PlainDate } from '@yoman/domain/time'
import { type Http, keyNamed, noAnswerOf, objectOf } from './http.ts'
import { readEntry, type ToldEntry } from './read-entry.ts'

type Body = Record<string, unknown>
type Answered = { kind: 'body'; body: Body } | NoAnswer

/** What the report that shows the journal calls its columns: the accountant makes it so in Hashavshevet (docs/BOOKS.md). */
export const reportColumns = ['id', 'date', 'details', 'account', 'debit', 'credit'] as const

/** An entry is looked for some days around its date: whoever changed the date there changed it by little, or the reading of the period finds it. */
const daysAround = 31
/** One that was there once, and is sent again, is looked for further: its date may have been moved by more than the reading of a period sees. */
const daysAroundTaken = 365

/**
 * Hashavshevet in the cloud (WizCloud). An entry is a batch of its own, checked and issued in one call; our reference stands in `Details`. What the
 * ledger holds comes from a report that the accountant made there. The key rides in an address, so no message of this adapter carries one.
 */
export function hashavshevetService({ address, company }: AccountingTarget, { key, report }: AccountingSecret, http: Http): AccountingService {
  const session = openSession(address, company, key, http)
  const readBack = async (from: PlainDate, to: PlainDate): Promise<FindAnswer> => readReport(await session('ExportDataApi/exportData', { datafile: report, parameters: between(from, to) }))
  return {
    // A day long ago, of which no ledger has an entry: the session and the report are what is tried.
    test: async () => {
      const answer = await readBack(plainDate('2000-01-01'), plainDate('2000-01-01'))
      return answer.kind === 'found' ? { kind: 'works' } : answer
    },
    find: async ({ reference, date }, wasTaken) => {
      const days = wasTaken ? daysAroundTaken : daysAround
      const around = await readBack(plainDate(date).subtract({ days }), plainDate(date).add({ days }))
      return around.kind === 'found' ? { kind: 'found', entries: around.entries.filter((entry) => entry.reference === reference) } : around
    },
    push: async (entry) => readPushed(await session('jtransApi/tmpBatch', batchOf(entry)), entry),
    readBack,
  }
}

/** Calls with a session, which lasts a day: one that is refused is opened once more. */
function openSession(address: string, company: string, key: string, http: Http): (path: string, body: Body) => Promise<Answered> {
  let token: string | null = null
  const open = async (): Promise<NoAnswer | null> => {
    const reply = await http(`${address}/createSession/${encodeURIComponent(key)}/${encodeURIComponent(company)}`, { method: 'GET', headers: {} })
    const failed = noAnswerOf(reply)
    if (failed) return failed
    const given = reply.text.trim().replace(/^"|"$/g, '')
    if (reply.status !== 200 || !/^[\w.~+/=-]{16,}$/.test(given)) return { kind: 'unauthorised' } // a bad key is told by words in the token's place
    token = given
    return null
  }
  return async (path, body) => {
    for (let isFirst = true; ; isFirst = false) {
      const failed = token === null ? await open() : null
      if (failed) return failed
      const reply = await http(`${address}/${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) })
      if (reply.status !== 401 && !/token is not valid/i.test(reply.text)) return answeredOf(reply)
      token = null
      if (!isFirst) return { kind: 'unauthorised' }
    }
  }
}

function answeredOf(reply: { status: number; text: string }): Answered {
  const failed = noAnswerOf(reply)
  if (failed) return failed
  const body = objectOf(reply.text)
  return body ? { kind: 'body', body } : { kind: 'unreachable', message: `An answer that is not of the service (HTTP ${reply.status}).` }
}

/** Dates are written with the day first. The two dates of a row were seen to change places there: they are the same here. */
const dayFirst = (iso: string): string => iso.split('-').reverse().join('/')

const batchOf = ({ reference, kind, number, date, details, lines }: AccountingEntry): Body => ({
  insertolastb: false,
  check: true,
  issue: true,
  rows: [
    {
      Referance: number, Ref2: Number(kind), ValueDate: dayFirst(date), DueDate: dayFirst(date), Description: details, Details: reference, SuF: totalOf(lines) / 100,
      moves: lines.map(({ account, debit, credit }) => ({ AccountKey: account, DebitCredit: debit > 0 ? 1 : 0, Suf: (debit > 0 ? debit : credit) / 100 })),
    },
  ],
})

function readPushed(answer: Answered, { lines }: AccountingEntry): PushAnswer {
  if (answer.kind !== 'body') return answer
  const { errors } = answer.body
  const batch = answer.body['newbatch'] ?? answer.body['batchno']
  const faults = wordsOf(errors)
  if (faults === '' && (typeof batch === 'number' || typeof batch === 'string')) return { kind: 'accepted', id: String(batch) }
  return refusedBy(faults === '' ? String(answer.body['status'] ?? '') : faults, lines.map(({ account }) => account))
}

const refusedBy = (message: string, keys: readonly string[]): Refused | NoAnswer =>
  message === '' || /^ok$/i.test(message) ? { kind: 'unreachable', message: 'An answer without a batch.' } : { kind: 'refused', message, account: keyNamed(keys, message) }

/** A list of faults with their fields, or words. */
function wordsOf(errors: unknown): string {
  if (typeof errors === 'string') return /^(ok)?$/i.test(errors.trim()) ? '' : errors.trim()
  if (!Array.isArray(errors)) return ''
  return errors.map((one: { TxtMsg?: unknown; field?: unknown; err?: unknown }) => [one.TxtMsg ?? one.err, one.field].filter((part) => part !== undefined && part !== null && part !== '').join(' · ')).join('; ')
}

/** As the report generator wants its two parameters. */
const between = (from: PlainDate, to: PlainDate) => [
  { p_name: '__MUSTACH_P0__', id: '0', type: 'date', name: 'date', defVal: `"${slashed(from)}"`, opName: 'מ..עד', opOrigin: 'from' },
  { p_name: '__MUSTACH_P1__', id: '500', type: 'date', name: 'date1', defVal: `"${slashed(to)}"`, opName: 'מ..עד', opOrigin: 'to' },
]
const slashed = (day: PlainDate): string => day.toString().replaceAll('-', '/')

/** The report's rows are moves: those of one entry are joined. Where nothing matches, one row of nothing but nulls comes. */
function readReport(answer: Answered): FindAnswer {
  if (answer.kind !== 'body') return answer
  const status = answer.body['status']
  const holder = typeof status === 'object' && status !== null ? (status as Body) : answer.body
  const rows = holder['repdata']
  if (rows !== null && !Array.isArray(rows)) return refusedBy(wordsOf(holder['errors']) || 'The report did not come.', [])
  const moves = (rows ?? []).filter((row): row is Body => typeof row === 'object' && row !== null && Object.values(row).some((value) => value !== null))
  const wrong = moves.find((row) => reportColumns.some((column) => !(column in row)))
  if (wrong) return { kind: 'refused', message: `The report lacks the column ${reportColumns.find((column) => !(column in wrong))}.`, account: null }
  return { kind: 'found', entries: joined(moves) }
}

function joined(moves: readonly Body[]): FoundEntry[] {
  const entries = new Map<string, ToldEntry>()
  for (const move of moves) {
    const id = String(move['id'])
    const entry = entries.get(id) ?? { id, reference: String(move['details'] ?? '').trim(), date: () => dayOf(String(move['date'])), lines: [] }
    entry.lines.push({ account: String(move['account'] ?? ''), debit: move['debit'], credit: move['credit'] })
    entries.set(id, entry)
  }
  return [...entries.values()].map(readEntry).filter((entry) => entry !== null)
}

const dayOf = (text: string): PlainDate => plainDate(/^\d\d\/\d\d\/\d{4}/.test(text) ? text.slice(0, 10).split('/').reverse().join('-') : text.slice(0, 10).replaceAll('/', '-'))
