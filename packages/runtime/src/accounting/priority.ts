import { HttpError, readJson, sendJson, type Exchange } from '../post-office/exchange.ts'
import type { Ledger, StandInEntry } from './ledger.ts'

export interface PriorityLogin {
  company: string
  user: string
  password: string
}

/** What is written is decided before anything leaves: a connection that breaks afterwards leaves it written. */
export type Answer = { status: number; body: unknown }

/** Priority's journal entries by OData: `FNCTRANS` with its lines. Only what the adapter asks for is understood. */
export async function answerPriority(ledger: Ledger, login: PriorityLogin, exchange: Exchange, path: string): Promise<Answer> {
  const { request, method } = exchange
  if (request.headers.authorization !== `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`) return { status: 401, body: { error: { message: 'Unauthorized' } } }
  if (decodeURIComponent(path) !== `/${login.company}/FNCTRANS`) return { status: 404, body: { error: { code: '404', message: `No such company or form: ${decodeURIComponent(path)}` } } }
  if (method === 'GET') return list(ledger, exchange.query)
  if (method === 'POST') return create(ledger, (await readJson(request)) as Posted)
  throw new HttpError(405, 'Only GET and POST.')
}

interface Posted {
  FNCDATE: string
  DETAILS: string
  FNCITEMS_SUBFORM: { ACCNAME: string; DEBIT1: number; CREDIT1: number }[]
}

function create(ledger: Ledger, posted: Posted): Answer {
  const entry = { reference: posted.DETAILS, date: posted.FNCDATE.slice(0, 10), lines: posted.FNCITEMS_SUBFORM.map(({ ACCNAME, DEBIT1, CREDIT1 }) => ({ account: ACCNAME, debit: agorot(DEBIT1), credit: agorot(CREDIT1) })) }
  const unknown = ledger.unknownAccount(entry)
  if (unknown !== undefined) return formError(`שורה ${entry.lines.findIndex(({ account }) => account === unknown) + 1}- חשבון ${unknown}: ערך לא קיים בטבלת חשבונות.`)
  const balance = entry.lines.reduce((sum, { debit, credit }) => sum + debit - credit, 0)
  if (balance !== 0) return formError('תנועת היומן אינה מאוזנת.')
  return { status: 201, body: shown(ledger.add(entry)) }
}

const formError = (text: string): Answer => ({ status: 400, body: { FORM: { '@TYPE': 'FNCTRANS', InterfaceErrors: { '@XmlFormat': '0', text } } } })

function list(ledger: Ledger, query: URLSearchParams): Answer {
  const tests = (query.get('$filter') ?? '').split(' and ').filter((part) => part !== '').map(testOf)
  const found = ledger.entries.filter((entry) => tests.every((test) => test(entry))).sort((a, b) => a.id - b.id)
  return { status: 200, body: { '@odata.context': 'FNCTRANS', value: found.slice(0, Math.min(Number(query.get('$top') ?? 2_000), ledger.mostOfPage)).map((entry) => (ledger.garbled.has(entry.reference) ? garbled(entry) : shown(entry))) } }
}

function testOf(part: string): (entry: StandInEntry) => boolean {
  const [, field, sign, value = ''] = /^(\w+) (eq|ge|lt|gt) (.+)$/.exec(part) ?? []
  const text = value.replace(/^'|'$/g, '').replaceAll("''", "'")
  if (field === 'DETAILS' && sign === 'eq') return ({ reference }) => reference === text
  if (field === 'FNCTRANS' && sign === 'gt') return ({ id }) => id > Number(text)
  if (field === 'FNCDATE' && sign === 'ge') return ({ date }) => date >= text.slice(0, 10)
  if (field === 'FNCDATE' && sign === 'lt') return ({ date }) => date < text.slice(0, 10)
  throw new HttpError(400, `The stand-in does not know the filter ${part}.`)
}

const shown = ({ id, reference, date, lines }: StandInEntry) => ({
  FNCTRANS: id, FNCNUM: `T${id}`, FNCDATE: `${date}T00:00:00+02:00`, DETAILS: reference, FINAL: null,
  FNCITEMS_SUBFORM: lines.map(({ account, debit, credit }) => ({ ACCNAME: account, DEBIT1: debit / 100, CREDIT1: credit / 100 })),
})

const garbled = (entry: StandInEntry) => ({ ...shown(entry), FNCDATE: '?', FNCITEMS_SUBFORM: entry.lines.map(({ account }) => ({ ACCNAME: account, DEBIT1: '?', CREDIT1: 0 })) })

const agorot = (shekels: number): number => Math.round(shekels * 100)

export const tell = ({ response }: Exchange, { status, body }: Answer): void => (typeof body === 'string' ? void response.writeHead(status, { 'content-type': 'text/plain' }).end(body) : sendJson(response, status, body))
