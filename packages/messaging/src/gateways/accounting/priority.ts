import type { AccountingSecret, AccountingTarget } from '@yoman/domain/accounting/connection'
import type { AccountingEntry } from '@yoman/domain/accounting/entry'
import type { AccountingService, FindAnswer, FoundEntry, NoAnswer, Refused } from '@yoman/domain/accounting/service'
import { dateIn, instant, plainDate, type PlainDate } from '@yoman/domain/time'
import { type Http, keyNamed, noAnswerOf, objectOf, type Reply } from './http.ts'
import { readEntry } from './read-entry.ts'

/** The ledgers are Israeli: a day there begins at midnight in Israel, whatever offset the server tells it with. */
const zone = 'Asia/Jerusalem'
const atOnce = 500
const shown = '$select=FNCTRANS,FNCNUM,FNCDATE,DETAILS&$expand=FNCITEMS_SUBFORM($select=ACCNAME,DEBIT1,CREDIT1)'

/**
 * Priority by its OData REST API: journal entries are the form `FNCTRANS`, their lines its subform `FNCITEMS`. Our reference stands in `DETAILS`,
 * by which an entry is looked for before it is written. Entries arrive as drafts: the accountant closes them there.
 */
export function priorityService({ address, company }: AccountingTarget, { user, key }: AccountingSecret, http: Http): AccountingService {
  const root = `${address}/${encodeURIComponent(company)}`
  const headers = { authorization: `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`, accept: 'application/json', 'odata-version': '4.0' }
  const get = (query: string): Promise<Reply> => http(`${root}/FNCTRANS?${query.replaceAll(' ', '%20')}`, { method: 'GET', headers })
  return {
    test: async () => {
      const reply = await get('$top=1&$select=FNCNUM')
      if (reply.status === 200 && Array.isArray(objectOf(reply.text)?.['value'])) return { kind: 'works' }
      return failureOf(reply, [])
    },
    find: async ({ reference }) => readEntries(await get(`$filter=DETAILS eq '${reference}'&${shown}`)),
    push: async (entry) => readPushed(await http(`${root}/FNCTRANS`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(bodyOf(entry)) }), entry),
    readBack: (from, to) => readAll(from, to, get),
  }
}

/** Page by page by the entries' own running number, until none comes: a page that grows meanwhile hides none, and a server may give fewer than it was asked for. */
async function readAll(from: PlainDate, to: PlainDate, get: (query: string) => Promise<Reply>): Promise<FindAnswer> {
  const entries: FoundEntry[] = []
  // A day wider on each side, since the server may tell dates by another wall; what does not belong is left out below.
  const within = `FNCDATE ge ${from.subtract({ days: 1 }).toString()}T00:00:00Z and FNCDATE lt ${to.add({ days: 2 }).toString()}T00:00:00Z`
  for (let after = 0; ; ) {
    const reply = await get(`$filter=${within} and FNCTRANS gt ${after}&${shown}&$orderby=FNCTRANS&$top=${atOnce}`)
    const page = readEntries(reply)
    if (page.kind !== 'found') return page
    entries.push(...page.entries.filter((entry) => 'unreadable' in entry || (entry.date.toString() >= from.toString() && entry.date.toString() <= to.toString())))
    const last = lastNumber(reply)
    if (rowsOf(reply)?.length === 0) return { kind: 'found', entries }
    if (last <= after) return { kind: 'unreachable', message: 'The same page came again.' }
    after = last
  }
}

const rowsOf = ({ text }: Reply): Record<string, unknown>[] | null => {
  const value = objectOf(text)?.['value']
  return Array.isArray(value) ? value.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null) : null
}
const lastNumber = (reply: Reply): number => Math.max(0, ...(rowsOf(reply) ?? []).map((row) => Number(row['FNCTRANS']) || 0))

function readEntries(reply: Reply): FindAnswer {
  const rows = reply.status === 200 ? rowsOf(reply) : null
  return rows ? { kind: 'found', entries: rows.map(heldOf).filter((entry) => entry !== null) } : failureOf(reply, [])
}

function heldOf(row: Record<string, unknown>): FoundEntry | null {
  const lines = Array.isArray(row['FNCITEMS_SUBFORM']) ? (row['FNCITEMS_SUBFORM'] as Record<string, unknown>[]) : []
  return readEntry({
    id: String(row['FNCNUM'] ?? row['FNCTRANS'] ?? ''), reference: String(row['DETAILS'] ?? '').trim(), date: () => dayOf(String(row['FNCDATE'] ?? '')),
    lines: lines.map((line) => ({ account: String(line['ACCNAME'] ?? ''), debit: line['DEBIT1'], credit: line['CREDIT1'] })),
  })
}

/** `2026-11-22T00:00:00+02:00`, or the same instant with another offset. */
const dayOf = (text: string): PlainDate => (/T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? dateIn(zone, instant(text)) : plainDate(text.slice(0, 10)))

const bodyOf = ({ reference, date, details, lines }: AccountingEntry) => ({
  FNCDATE: date,
  BALDATE: date,
  DETAILS: reference,
  FNCITEMS_SUBFORM: lines.map(({ account, debit, credit }) => ({ ACCNAME: account, DEBIT1: debit / 100, CREDIT1: credit / 100, DETAILS: details })),
})

function readPushed(reply: Reply, { lines }: AccountingEntry): Awaited<ReturnType<AccountingService['push']>> {
  const body = objectOf(reply.text)
  const id = body?.['FNCNUM'] ?? body?.['FNCTRANS']
  if ((reply.status === 200 || reply.status === 201) && (typeof id === 'string' || typeof id === 'number')) return { kind: 'accepted', id: String(id) }
  return failureOf(reply, lines.map(({ account }) => account))
}

/** A good status with something else than the form's own answer is no answer: who knows what stands in between. */
function failureOf(reply: Reply, keys: readonly string[]): Refused | NoAnswer {
  if (reply.status >= 200 && reply.status < 300) return { kind: 'unreachable', message: 'An answer that is not of the service.' }
  const message = messageOf(reply)
  return noAnswerOf(reply) ?? { kind: 'refused', message, account: keyNamed(keys, message) }
}

/** Errors come in two forms: the form's own, and OData's. */
function messageOf({ status, text }: Reply): string {
  const body = objectOf(text) as { FORM?: { InterfaceErrors?: { text?: unknown } }; error?: { message?: unknown } } | null
  const said = body?.FORM?.InterfaceErrors?.text ?? body?.error?.message
  const words = typeof said === 'object' && said !== null && 'value' in said ? said.value : said
  return typeof words === 'string' && words.trim() !== '' ? words.replace(/\s+/g, ' ').trim() : `HTTP ${status}`
}
