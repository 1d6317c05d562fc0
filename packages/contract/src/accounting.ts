import { type Static, Type } from 'typebox'
import { differences } from '@yoman/domain/accounting/compare'
import { connectionStates } from '@yoman/domain/accounting/connection'
import { accountingServices } from '@yoman/domain/accounting/service'
import { entryStates, listedProblems } from '@yoman/domain/accounting/state'
import { ById, Choice, DateText, Exact, InstantText, Line, Nothing, Nullable, Page, PageQuery, Uuid, Version } from './common.ts'
import { invoiceKinds } from './invoices.ts'
import { file, routeTable } from './route.ts'

const Amount = Type.Integer({ description: 'agorot' })
const Key = Type.String({ maxLength: 30, pattern: '^[A-Za-z0-9א-ת]?[A-Za-z0-9א-ת._/ -]*$' })
const Keys = Exact({ cash: Key, card: Key, transfer: Key, bit: Key, cheque: Key, customers: Key, income: Key, vat: Key, rounding: Key })
/** Typed into a field for secrets: no spaces within, and never told again. */
const Secret = (maxLength: number) => Type.String({ maxLength, pattern: '^[\\x21-\\x7e]*$' })

/** The clinic's account with an accounting service; `state` is `off` and all else null where there is none. What opens it is told by no route. */
export const AccountingConnection = Exact({
  state: Choice(connectionStates),
  service: Nullable(Choice(accountingServices)),
  address: Nullable(Type.String()),
  company: Nullable(Type.String()),
  problem: Nullable(Choice(['unauthorised', 'unreachable', 'rejected'])),
  /** The service's own words, where it said any. */
  message: Type.String(),
  /** The service's key of each account. */
  accounts: Nullable(Keys),
  firstOn: Nullable(DateText),
  version: Nullable(Version),
  connectedAt: Nullable(InstantText),
  /** When the ledger was last read back, and whether it is being read now or will be soon; one that got no answer may be asked for again. */
  readAt: Nullable(InstantText),
  reading: Type.Boolean(),
  readProblem: Nullable(Choice(['unreachable', 'rejected'])),
  readMessage: Type.String(),
  /** Where a demo's stand-in shows its ledger. */
  standIn: Nullable(Type.String()),
})
export type AccountingConnection = Static<typeof AccountingConnection>

/** A document beside what the service has of it. */
export const AccountingEntry = Exact({
  invoiceId: Uuid,
  kind: Choice(invoiceKinds),
  number: Type.Integer(),
  issuedOn: DateText,
  state: Choice(entryStates),
  problem: Nullable(Choice(listedProblems)),
  message: Type.String(),
  /** The key that the service does not have. */
  account: Nullable(Type.String()),
  differences: Type.Array(Choice(differences)),
  totalAgorot: Amount,
  /** As the service showed it last. */
  held: Nullable(Exact({ date: DateText, totalAgorot: Amount, accounts: Type.Array(Type.String()) })),
  serviceId: Nullable(Type.String()),
  sentAt: Nullable(InstantText),
})
export type AccountingEntry = Static<typeof AccountingEntry>

const days = { from: DateText, to: DateText }

export const accountingRoutes = routeTable({
  'GET /accounting-connection': { permission: 'books.export', audit: 'none', summary: 'Where the books go by themselves.', status: 200, response: AccountingConnection },
  'PUT /accounting-connection': {
    permission: 'accounting.write',
    audit: 'write',
    summary: 'Connect to an accounting service, or anew to the same; the worker looks whether it works. Another service, address or company begins anew from `firstOn`.',
    body: Exact({ service: Choice(accountingServices), address: Line(300, 1), company: Line(100, 1), user: Secret(200), key: Secret(500), report: Secret(40_000), accounts: Keys, firstOn: DateText }),
    status: 200,
    response: AccountingConnection,
    problems: ['accounting_address_invalid', 'accounting_secret_missing', 'accounting_key_missing', 'vat_number_missing'],
  },
  'PUT /accounting-connection/accounts': {
    permission: 'accounting.write',
    audit: 'write',
    summary: "The service's key of each account from now on. What the service refused is sent again under them.",
    body: Exact({ accounts: Keys, version: Version }),
    status: 200,
    response: AccountingConnection,
    problems: ['accounting_off', 'accounting_key_missing', 'accounting_changed'],
  },
  'DELETE /accounting-connection': { permission: 'accounting.write', audit: 'write', summary: 'Send nothing any more.', status: 204, response: Nothing },
  'GET /accounting-reconciliations': {
    permission: 'books.export',
    audit: 'none',
    summary: 'What a period comes to by ours and by theirs, and entries there that no document of ours stands behind.',
    query: Exact(days),
    status: 200,
    response: Exact({
      counts: Type.Array(Exact({ kind: Choice(invoiceKinds), state: Choice(entryStates), count: Type.Integer(), totalAgorot: Amount, heldAgorot: Amount })),
      strangers: Type.Array(Exact({ serviceId: Type.String(), day: DateText, reference: Type.String(), totalAgorot: Amount })),
      more: Type.Boolean(),
    }),
    problems: ['book_period_invalid'],
  },
  'GET /accounting-entries': {
    permission: 'books.export',
    audit: 'none', // sums and numbers of documents; opening one is what leaves an event
    summary: 'Documents of a period beside what the service has of them, the newest first.',
    query: Exact({ ...days, state: Type.Optional(Choice(entryStates)), ...PageQuery }),
    status: 200,
    response: Page(AccountingEntry),
    problems: ['book_period_invalid', 'cursor_invalid'],
  },
  'GET /accounting-entries/csv': { permission: 'books.export', audit: 'read', summary: 'All of them as a CSV file for a spreadsheet; sums in shekels.', query: Exact({ ...days, language: Choice(['he', 'en']) }), status: 200, response: file('text/csv'), problems: ['book_period_invalid'] },
  'POST /accounting-entries/:id/sendings': {
    permission: 'accounting.write',
    audit: 'write',
    summary: "Send a document's entry again that the service refused, or that is missing there. The id is the document's.",
    params: ById,
    status: 204,
    response: Nothing,
    problems: ['accounting_off', 'accounting_entry_kept'],
  },
  'POST /accounting-readings': { permission: 'books.export', audit: 'write', summary: 'Read the ledger back soon, of the given period.', body: Exact(days), status: 202, response: AccountingConnection, problems: ['accounting_off', 'book_period_invalid'] },
})
