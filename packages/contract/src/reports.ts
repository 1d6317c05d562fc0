import { type Static, Type } from 'typebox'
import { billedToCash, performedToBilled } from '@yoman/domain/reports/explanation'
import { incomeGroups, incomeSources, incomeViews } from '@yoman/domain/reports/income'
import { comparisons } from '@yoman/domain/reports/period'
import { Choice, DateText, Exact, Line, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { invoiceKinds } from './invoices.ts'
import { paymentMethods } from './means.ts'
import { file, routeTable } from './route.ts'

const Count = Type.Integer({ minimum: 0 })
const Sum = { count: Count, grossAgorot: Type.Integer({ description: 'agorot, with VAT' }), netAgorot: Type.Integer({ description: 'agorot, without VAT' }) }

const IncomeRow = Exact({
  /** Of a practitioner, branch or kind of visit its id, of a fund its code, of a part of time its first day; empty for none. */
  key: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  ...Sum,
  /** In the comparable period. */
  before: Nullable(Exact(Sum)),
})
export type IncomeRow = Static<typeof IncomeRow>

export const IncomeReport = Exact({
  rows: Type.Array(IncomeRow),
  total: Exact(Sum),
  before: Nullable(Exact({ ...Sum, from: DateText, to: DateText })),
})
export type IncomeReport = Static<typeof IncomeReport>

export const IncomeItem = Exact({
  source: Choice(incomeSources),
  id: Uuid,
  day: DateText,
  branchId: Uuid,
  practitionerId: Nullable(Uuid),
  visitTypeId: Nullable(Uuid),
  grossAgorot: Type.Integer(),
  netAgorot: Type.Integer(),
  patient: Nullable(Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })),
  /** What it leads to; of a visit the document that it was billed with, null until there is one. */
  document: Nullable(Exact({ id: Uuid, kind: Choice(invoiceKinds), number: Type.Integer() })),
  method: Nullable(Choice(paymentMethods)),
})
export type IncomeItem = Static<typeof IncomeItem>

const Part = Type.Integer({ description: 'agorot with VAT; above nothing where it makes the next view more' })
export const Explanation = Exact({
  performedAgorot: Type.Integer(),
  billedAgorot: Type.Integer(),
  cashAgorot: Type.Integer(),
  performedToBilled: Type.Array(Exact({ part: Choice(performedToBilled), agorot: Part })),
  billedToCash: Type.Array(Exact({ part: Choice(billedToCash), agorot: Part })),
})
export type Explanation = Static<typeof Explanation>

const period = { from: DateText, to: DateText }
const what = { view: Choice(incomeViews), group: Choice(incomeGroups), ...period, branchId: Type.Optional(Uuid) }
const language = Choice(['he', 'en'])

export const reportRoutes = routeTable({
  'GET /reports/income': {
    permission: 'report.read',
    audit: 'none', // sums, of no patient
    summary: 'Income of a period (days, both included; three years at most) in one of three views, by a group, beside a comparable period. Sums are agorot.',
    query: Exact({ ...what, compare: Type.Optional(Choice(comparisons)) }),
    status: 200,
    response: IncomeReport,
    problems: ['report_period_invalid'],
  },
  'GET /reports/income/items': {
    permission: 'report.read',
    audit: 'none', // as the list of documents has them
    summary: 'The visits, documents or payments behind one figure of a report (`key` is its row), or behind all of them, by day.',
    query: Exact({ ...PageQuery, ...what, key: Type.Optional(Line(40)) }),
    status: 200,
    response: Page(IncomeItem),
    problems: ['report_period_invalid', 'cursor_invalid'],
  },
  'GET /reports/income/explanation': {
    permission: 'report.read',
    audit: 'none', // sums
    summary: 'Why what was done, what was billed and the money of a period differ: parts that add up to the difference, of the whole clinic.',
    query: Exact(period),
    status: 200,
    response: Explanation,
    problems: ['report_period_invalid'],
  },
  'GET /reports/income/csv': {
    permission: 'report.read',
    audit: 'read',
    summary: 'A report as CSV, sums in shekels.',
    query: Exact({ ...what, compare: Type.Optional(Choice(comparisons)), language }),
    status: 200,
    response: file('text/csv'),
    problems: ['report_period_invalid'],
  },
  'GET /reports/income/xlsx': {
    permission: 'report.read',
    audit: 'read',
    summary: 'A report as an Excel file, sums in shekels.',
    query: Exact({ ...what, compare: Type.Optional(Choice(comparisons)), language }),
    status: 200,
    response: file('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
    problems: ['report_period_invalid'],
  },
  'GET /reports/income/items/csv': {
    permission: 'report.read',
    audit: 'read',
    summary: 'The visits, documents or payments behind a figure as CSV, sums in shekels.',
    query: Exact({ ...what, key: Type.Optional(Line(40)), language }),
    status: 200,
    response: file('text/csv'),
    problems: ['report_period_invalid'],
  },
})
