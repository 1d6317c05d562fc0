import { type Static, Type } from 'typebox'
import { ages } from '@yoman/domain/debts/ageing'
import { debtWays } from '@yoman/domain/debts/steps'
import { Choice, DateText, Exact, InstantText, Line, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { messageStates } from './messages.ts'
import { file, routeTable } from './route.ts'
import { Task } from './tasks.ts'

const Amount = Type.Integer({ description: 'agorot' })
const Count = Type.Integer({ minimum: 0 })

/** Sums by how long they have been due; the due day itself is day 0. */
const Ageing = { notDue: Amount, to30: Amount, to60: Amount, to90: Amount, over90: Amount }

export const Debtor = Exact({
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String(), phone: Nullable(Type.String()) }),
  /** Who owes for the patient's treatment where it is not the patient: such a debt stands apart, and the patient hears nothing of it. */
  organisation: Nullable(Exact({ id: Uuid, name: Type.String(), nameLatin: Type.String() })),
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
  /** What was given up in the last twelve months. */
  writtenOff: Exact({ documents: Count, totalAgorot: Amount }),
  /** The day that ages are counted to, on the clinic's wall. */
  today: DateText,
})
export type DebtList = Static<typeof DebtList>

export const DebtDocument = Exact({ id: Uuid, number: Type.Integer(), branchId: Uuid, organisationId: Nullable(Uuid), issuedOn: DateText, dueOn: DateText, age: Choice(ages), totalAgorot: Amount, owedAgorot: Amount })
export type DebtDocument = Static<typeof DebtDocument>

/** What was done about a document: a message, a task to call, or nothing because nobody could be reached. */
const DebtReminder = Exact({
  invoiceId: Uuid,
  step: Type.Integer(),
  way: Nullable(Choice(debtWays)),
  madeAt: InstantText,
  byHand: Type.Boolean(),
  skipReason: Nullable(Type.String()),
  /** Of a message: where it stands. */
  state: Nullable(Choice(messageStates)),
  errorCode: Nullable(Type.String()),
})
export type DebtReminder = Static<typeof DebtReminder>

export const DebtCase = Exact({
  items: Type.Array(DebtDocument),
  /** Newest first. */
  reminders: Type.Array(DebtReminder),
  /** Nobody reminds until the end of this day. */
  pause: Nullable(Exact({ untilOn: DateText, reason: Type.String() })),
  /** Debts that were given up, newest first: in no list, and nobody asks for them. */
  writtenOff: Type.Array(Exact({ invoiceId: Uuid, number: Type.Integer(), issuedOn: DateText, owedAgorot: Amount, reason: Type.String(), by: Type.String(), byEn: Type.String(), at: InstantText })),
})
export type DebtCase = Static<typeof DebtCase>

const rules = {
  /** From a document's date to the day it is due. */
  daysToPay: Type.Integer({ minimum: 0, maximum: 120 }),
  /** Whether reminders leave by themselves. */
  reminding: Type.Boolean(),
  steps: Type.Array(Exact({ step: Type.Integer({ minimum: 1, maximum: 6 }), afterDays: Type.Integer({ minimum: 0, maximum: 730 }), way: Choice(debtWays) }), { maxItems: 6 }),
  /** 0 until the clinic sets something of its own. */
  version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
}
export const DebtRules = Exact(rules)
export type DebtRules = Static<typeof DebtRules>

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
    summary: 'The documents that a patient owes something on, the longest due first, and what was done about them.',
    params: ByPatient,
    status: 200,
    response: DebtCase,
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
  'POST /debts/:patientId/reminders': {
    permission: 'message.send',
    audit: 'write',
    summary: 'Take the next step about the oldest document now, as a message of the given id or a task to call.',
    params: ByPatient,
    body: Exact({ id: Uuid }),
    status: 201,
    response: DebtCase,
    problems: ['nothing_owed', 'debt_paused', 'debt_steps_done', 'nothing_to_send_to', 'id_taken'],
  },
  'PUT /debts/:patientId/pause': {
    permission: 'invoice.write',
    audit: 'write',
    summary: 'Remind this patient no more until the end of a day, with a reason.',
    params: ByPatient,
    body: Exact({ id: Uuid, untilOn: DateText, reason: Line(300, 1) }),
    status: 200,
    response: DebtCase,
    problems: ['id_taken'],
  },
  'DELETE /debts/:patientId/pause': { permission: 'invoice.write', audit: 'write', summary: 'This patient may be reminded again.', params: ByPatient, status: 200, response: DebtCase },
  'POST /debts/:patientId/write-offs': {
    permission: 'invoice.credit',
    audit: 'write',
    summary: 'Give up what is owed on a document, with a reason: nobody asks for it any more. The document stays, and money may still come for it.',
    params: ByPatient,
    body: Exact({ id: Uuid, invoiceId: Uuid, reason: Line(300, 1) }),
    status: 201,
    response: DebtCase,
    problems: ['nothing_owed', 'id_taken'],
  },
  'DELETE /debts/:patientId/write-offs/:invoiceId': { permission: 'invoice.credit', audit: 'write', summary: 'Ask again for what was given up.', params: Exact({ patientId: Uuid, invoiceId: Uuid }), status: 200, response: DebtCase },
  'GET /debt-settings': { permission: 'settings.read', audit: 'none', summary: 'The term of payment, and the steps of reminders.', status: 200, response: DebtRules },
  'GET /debt-settings/first-reminders': {
    permission: 'settings.write',
    audit: 'none', // sums
    summary: 'Who would be reminded for the first time at once, if reminders began by these days.',
    query: Exact({ daysToPay: Type.Integer({ minimum: 0, maximum: 120 }), afterDays: Type.Integer({ minimum: 0, maximum: 730 }) }),
    status: 200,
    response: Exact({ patients: Type.Integer(), totalAgorot: Type.Integer() }),
  },
  'PUT /debt-settings': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Set the term of payment and the steps of reminders, each later than the one before.',
    body: DebtRules,
    status: 200,
    response: DebtRules,
    problems: ['debt_steps_order', 'stale_version'],
  },
})
