import { type Static, Type } from 'typebox'
import { contactWays } from '@yoman/domain/contacts/contact'
import { assignableRoles } from '@yoman/domain/tasks/task'
import { ById, Choice, Exact, InstantText, Line, Nullable, Page, PageQuery, Text, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

const Way = Choice(contactWays)
const Words = Text(2000, 1)

/** One call or conversation. */
export const Contact = Exact({
  id: Uuid,
  branchId: Uuid,
  patient: Nullable(Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })),
  /** Who spoke, where it was not the patient, or somebody who has no record. */
  callerName: Type.String(),
  /** E.164, or empty. */
  callerPhone: Type.String(),
  way: Way,
  words: Type.String(),
  /** What was promised: a task. */
  promise: Nullable(Exact({ taskId: Uuid, words: Type.String(), dueAt: InstantText, status: Choice(['open', 'kept', 'broken']) })),
  writtenBy: Exact({ staffId: Uuid, name: Type.String() }),
  writtenAt: InstantText,
  /** What it said before it was corrected, latest first. */
  earlier: Type.Array(Exact({ words: Type.String(), way: Way, replacedAt: InstantText })),
  /** Whether the reader may still correct it. */
  mayCorrect: Type.Boolean(),
  version: Version,
})
export type Contact = Static<typeof Contact>

export const contactRoutes = routeTable({
  'GET /contacts': {
    permission: 'contact.read',
    audit: 'none', // the desk's own log of the day; opening a record is what leaves an event
    summary: 'Calls and conversations of a branch, newest first.',
    query: Exact({ ...PageQuery, branchId: Uuid }),
    status: 200,
    response: Page(Contact),
  },
  'POST /contacts': {
    permission: 'contact.write',
    audit: 'write',
    summary: 'Write down a call or conversation; a promise becomes a task in the same moment. The same id again answers the same contact.',
    body: Exact({
      id: Uuid,
      branchId: Uuid,
      patientId: Type.Optional(Nullable(Uuid)),
      callerName: Type.Optional(Line(120)),
      callerPhone: Type.Optional(Line(30)),
      way: Way,
      words: Words,
      promise: Type.Optional(Nullable(Exact({ id: Uuid, words: Text(500, 1), dueAt: InstantText, assignee: Type.Union([Exact({ staffId: Uuid }), Exact({ role: Choice(assignableRoles) })]) }))),
    }),
    status: 201,
    response: Contact,
    problems: ['contact_with_nobody', 'contact_without_words', 'phone_invalid', 'id_taken', 'reference_unknown'],
  },
  'PATCH /contacts/:id': {
    permission: 'contact.write',
    audit: 'write',
    summary: 'Correct what was written, by its author and until the day ends; what it said before is kept.',
    params: ById,
    body: Exact({ version: Version, words: Type.Optional(Words), way: Type.Optional(Way) }),
    status: 200,
    response: Contact,
    problems: ['stale_version', 'not_the_author', 'contact_settled', 'contact_without_words'],
  },
})
