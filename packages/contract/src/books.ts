import { type Static, Type } from 'typebox'
import { accountRoles } from '@yoman/domain/books/accounts'
import { bookFormats } from '@yoman/domain/books/export'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { invoiceKinds } from './invoices.ts'
import { file, routeTable } from './route.ts'

const Amount = Type.Integer({ description: 'agorot' })
const Count = Type.Integer({ minimum: 0 })

const Account = Exact({ key: Type.String({ pattern: '^[A-Za-z0-9א-ת][A-Za-z0-9א-ת._/-]{0,14}$' }), name: Line(50, 1) })
const Accounts = Exact({ cash: Account, card: Account, transfer: Account, bit: Account, cheque: Account, customers: Account, income: Account, vat: Account, rounding: Account })

const Business = Exact({ name: Type.String(), vatNumber: Type.String(), address: Type.String(), city: Type.String() })

/** What was given to the accountant, with everything that the screen at the end of the uniform file must tell. */
export const BookExport = Exact({
  id: Uuid,
  format: Choice(bookFormats),
  from: DateText,
  to: DateText,
  madeAt: InstantText,
  business: Business,
  software: Exact({ name: Type.String(), version: Type.String(), registration: Type.String() }),
  accounts: Accounts,
  /** Where the uniform file wants to lie, for example `C:\OPENFRMT\51423876.26\11301025`; null for journals. */
  path: Nullable(Type.String()),
  records: Exact({ A100: Count, B100: Count, B110: Count, C100: Count, D110: Count, D120: Count, Z900: Count }),
  kinds: Type.Array(Exact({ kind: Choice(invoiceKinds), count: Count, totalAgorot: Amount })),
  balance: Type.Array(Exact({ role: Choice(accountRoles), debitAgorot: Amount, creditAgorot: Amount })),
  /** What the VAT return asks of sales, by rate: tax invoices, and apart from them the credits, which reduce VAT only once they were acknowledged. */
  vat: Type.Array(Exact({ basisPoints: Type.Integer(), netAgorot: Amount, vatAgorot: Amount, credits: Count, creditNetAgorot: Amount, creditVatAgorot: Amount })),
  /** Documents of the period under another dealer's number, which are not in it. */
  otherBusiness: Count,
})
export type BookExport = Static<typeof BookExport>

const Finding = Exact({
  file: Choice(['INI', 'BKMVDATA']),
  line: Nullable(Type.Integer()),
  record: Nullable(Type.String()),
  /** The field of the specification, with its official names. */
  field: Nullable(Exact({ no: Type.Integer(), he: Type.String(), en: Type.String() })),
  code: Type.String(),
  /** Whether it breaks a rule, or is only worth knowing. */
  severity: Choice(['error', 'note']),
  found: Nullable(Type.String()),
  expected: Nullable(Type.String()),
})

export const BookCheck = Exact({
  business: Type.String(),
  vatNumber: Type.String(),
  from: Type.String({ description: 'YYYYMMDD, as the file says' }),
  to: Type.String(),
  records: Type.Array(Exact({ code: Type.String(), count: Count })),
  /** At most twenty of each kind; `counts` has them all. */
  findings: Type.Array(Finding),
  counts: Type.Array(Exact({ code: Type.String(), count: Count })),
})
export type BookCheck = Static<typeof BookCheck>

export const bookRoutes = routeTable({
  'GET /book-exports': {
    permission: 'books.export',
    audit: 'none', // counts and sums, of no patient
    summary: 'What was exported for the accountant, newest first.',
    query: Exact(PageQuery),
    status: 200,
    response: Exact({ ...Page(BookExport).properties, business: Business }),
  },
  'POST /book-exports': {
    permission: 'books.export',
    audit: 'write',
    summary: 'Cut the books of a period: the uniform file (OPENFRMT 1.31), or a journal for Hashavshevet, QuickBooks or Xero. Dates are those printed on documents, both included; repeated with the same id it is the same export.',
    body: Exact({ id: Uuid, format: Choice(bookFormats), from: DateText, to: DateText, accounts: Accounts }),
    status: 201,
    response: BookExport,
    problems: ['book_period_invalid', 'vat_number_missing', 'account_keys_unclear', 'account_names_unclear', 'id_taken'],
  },
  'GET /book-exports/:id/file': {
    permission: 'books.export',
    audit: 'read',
    summary: 'The files of an export as a zip, the same bytes each time.',
    params: ById,
    status: 200,
    response: file('application/zip'),
  },
  'POST /book-checks': {
    permission: 'books.export',
    audit: 'none', // the uploader's own file; nothing of it is kept
    summary: 'Check a uniform file (multipart/form-data, one part: a zip with INI.TXT and BKMVDATA, or BKMVDATA.TXT alone; at most 32 MB unpacked). Nothing is kept.',
    status: 200,
    response: BookCheck,
    bodyLimit: 34 * 1024 * 1024,
    problems: ['file_unreadable', 'file_empty', 'file_too_large'],
  },
})
