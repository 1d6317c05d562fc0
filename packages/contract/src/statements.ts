import { type Static, Type } from 'typebox'
import { latestDay, statementReaders } from '@yoman/domain/statements/statement'
import { documentLanguages } from '@yoman/domain/plans/shown'
import { Choice, Exact, InstantText, Nothing, Nullable, Page, PageQuery, Uuid } from './common.ts'
import { messageStates } from './messages.ts'
import { file, routeTable } from './route.ts'

const Amount = Type.Integer({ description: 'agorot' })
const Count = Type.Integer({ minimum: 0 })
const Month = Type.String({ pattern: '^[12]\\d{3}-(0[1-9]|1[0-2])$', description: 'a month, for example 2026-11' })

export const StatementRules = Exact({
  /** Nobody, whoever owes something, or also whoever had a document in the month. */
  readers: Choice(statementReaders),
  /** The day of the month after on which they begin. */
  day: Type.Integer({ minimum: 1, maximum: latestDay }),
  /** 0 until the clinic sets something of its own. */
  version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
})
export type StatementRules = Static<typeof StatementRules>

export const ListedStatement = Exact({
  id: Uuid,
  /** Who reads it: whoever pays. */
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String(), phone: Nullable(Type.String()) }),
  owedAgorot: Amount,
  madeAt: InstantText,
  byHand: Type.Boolean(),
  /** Of its latest mail. */
  state: Choice(messageStates),
  /** Why it reached nobody. */
  reason: Nullable(Type.String()),
})
export type ListedStatement = Static<typeof ListedStatement>

export const StatementList = Exact({
  ...Page(ListedStatement).properties,
  /** Of the whole month. */
  totals: Exact({ statements: Count, unreached: Count, owedAgorot: Amount }),
  /** Those that have statements, newest first. */
  months: Type.Array(Month),
})
export type StatementList = Static<typeof StatementList>

const ByPatient = Exact({ id: Uuid })

export const statementRoutes = routeTable({
  'GET /statement-settings': { permission: 'settings.read', audit: 'none', summary: 'Who gets a statement of account each month, and when.', status: 200, response: StatementRules },
  'PUT /statement-settings': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Set who gets a statement of account each month, and from which day of the month after on.',
    body: StatementRules,
    status: 200,
    response: StatementRules,
    problems: ['stale_version'],
  },
  'GET /statements': {
    permission: 'invoice.read',
    audit: 'none', // the books; opening one is what leaves an event
    summary: 'The statements of account of a month, by the name of who reads them; those alone that reached nobody, where asked.',
    query: Exact({ ...PageQuery, month: Month, unreached: Type.Optional(Type.Boolean()) }),
    status: 200,
    response: StatementList,
  },
  'GET /statements/:id/pdf': { permission: 'invoice.read', audit: 'read', summary: 'A statement as it was written.', params: Exact({ id: Uuid }), status: 200, response: file('application/pdf') },
  'GET /patients/:id/statement': {
    permission: 'invoice.read',
    audit: 'read',
    summary: 'The statement of a month for whoever pays for a patient, as it stands now, in their language or the given one. It is kept nowhere.',
    params: ByPatient,
    query: Exact({ month: Month, language: Type.Optional(Choice(documentLanguages)) }),
    status: 200,
    response: file('application/pdf'),
  },
  'POST /patients/:id/statements': {
    permission: 'message.send',
    audit: 'write',
    summary: 'Mail the statement of a month now, as a message of the given id.',
    params: ByPatient,
    body: Exact({ id: Uuid, month: Month }),
    status: 204,
    response: Nothing,
    problems: ['nothing_to_send_to', 'no_consent', 'id_taken'],
  },
})
