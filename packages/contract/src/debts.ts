import { type Static, Type } from 'typebox'
import { ages } from '@yoman/domain/debts/ageing'
import { Choice, DateText, Exact, InstantText, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { file, routeTable } from './route.ts'
import { Task } from './tasks.ts'

const Amount = Type.Integer({ description: 'agorot' })
const Count = Type.Integer({ minimum: 0 })

/** Sums by how long they have been due; the due day itself is day 0. */
const Ageing = { notDue: Amount, to30: Amount, to60: Amount, to90: Amount, over90: Amount }

export const Debtor = Exact({
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String(), phone: Nullable(Type.String()) }),
  /** Where the oldest of the debts was made. */
  branchId: Uuid,
  totalAgorot: Amount,
  ageing: Exact(Ageing),
  documents: Count,
  oldestDueOn: DateText,
  /** When somebody last noted a call or a visit at the desk. */
  lastContactAt: Nullable(InstantText),
  /** The open promise to pay. */
  promise: Nullable(Exact({ taskId: Uuid, dueAt: InstantText })),
})
export type Debtor = Static<typeof Debtor>

export const DebtList = Exact({
  ...Page(Debtor).properties,
  /** Of the whole list, whatever page this is. */
  totals: Exact({ totalAgorot: Amount, ageing: Exact(Ageing), debtors: Count, documents: Count }),
  /** Visits of the last weeks that are over and have no document yet: not a debt. */
  notBilled: Exact({ visits: Count, totalAgorot: Amount }),
  /** The day that ages are counted to, on the clinic's wall. */
  today: DateText,
})
export type DebtList = Static<typeof DebtList>

export const DebtDocument = Exact({ id: Uuid, number: Type.Integer(), branchId: Uuid, issuedOn: DateText, dueOn: DateText, age: Choice(ages), totalAgorot: Amount, owedAgorot: Amount })
export type DebtDocument = Static<typeof DebtDocument>

const filter = { branchId: Type.Optional(Uuid), /** Only who owes something of this age. */ age: Type.Optional(Choice(ages)) }
const ByPatient = Exact({ patientId: Uuid })

export const debtRoutes = routeTable({
  'GET /debts': {
    permission: 'invoice.read',
    audit: 'none', // the books; opening one document is what leaves an event
    summary: 'Who owes, the longest due first: what is left of unpaid transaction invoices (300) by how long it has been due, with the sums of the whole list.',
    query: Exact({ ...PageQuery, ...filter }),
    status: 200,
    response: DebtList,
  },
  'GET /debts/csv': {
    permission: 'invoice.read',
    audit: 'read',
    summary: 'The whole list as a CSV file for a spreadsheet; sums in shekels.',
    query: Exact({ ...filter, language: Choice(['he', 'en']) }),
    status: 200,
    response: file('text/csv'),
  },
  'GET /debts/:patientId': {
    permission: 'invoice.read',
    audit: 'none', // as the list of documents
    summary: 'The documents that a patient owes something on, the longest due first.',
    params: ByPatient,
    status: 200,
    response: Exact({ items: Type.Array(DebtDocument) }),
  },
  'POST /debts/:patientId/promises': {
    permission: 'task.write',
    audit: 'write',
    summary: 'The patient promised to pay by a time: a task of the desk, of the given id. An open promise gets the new time instead.',
    params: ByPatient,
    body: Exact({ id: Uuid, dueAt: InstantText }),
    status: 201,
    response: Task,
    problems: ['nothing_owed', 'id_taken'],
  },
})
