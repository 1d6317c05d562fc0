import { type Static, Type } from 'typebox'
import { assignableRoles } from '@yoman/domain/tasks/task'
import { ById, Choice, Exact, InstantText, Line, Nullable, Page, PageQuery, Text, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

const Person = Exact({ staffId: Uuid, name: Type.String() })

/** Whom it is for: one person, or whoever holds a role. */
const Assignee = Type.Union([Exact({ staffId: Uuid }), Exact({ role: Choice(assignableRoles) })])

/** What somebody promised or was asked to do, by when. */
export const Task = Exact({
  id: Uuid,
  branchId: Uuid,
  patient: Nullable(
    Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String(), phone: Nullable(Type.String()) }),
  ),
  /** Empty where `about` says what it is. */
  words: Type.String(),
  /**
   * Why it wrote itself. `wants_to_move`: the patient asked for another time of a visit; it closes itself when the visit is moved or cancelled.
   * `untold`: news that a visit was moved or is off did not arrive; it closes itself when such news arrives or the visit changes again.
   * `dead_address`: messages do not reach an address of the patient; it closes itself when that is changed or said to work.
   * `promised_to_pay`: the patient said that a debt will be paid by then. `debt_call`: somebody shall call about a debt.
   */
  about: Nullable(Choice(['wants_to_move', 'dead_address', 'untold', 'promised_to_pay', 'debt_call'])),
  appointmentId: Nullable(Uuid),
  deadAddress: Nullable(Exact({ channel: Choice(['sms', 'email']), address: Type.String() })),
  dueAt: InstantText,
  assignee: Nullable(Person),
  /** Where it is for nobody by name. */
  assigneeRole: Nullable(Choice(assignableRoles)),
  status: Choice(['open', 'kept', 'broken']),
  outcome: Type.String(),
  closedAt: Nullable(InstantText),
  closedBy: Nullable(Person),
  /** Of one that closed itself: the dead address was changed, or works after all. */
  closedBecause: Nullable(Choice(['changed', 'works'])),
  /** Null of one that wrote itself. */
  createdBy: Nullable(Person),
  createdAt: InstantText,
  version: Version,
})
export type Task = Static<typeof Task>

export const taskRoutes = routeTable({
  'GET /tasks': {
    permission: 'task.read',
    audit: 'none', // the desk's list; opening a record is what leaves an event
    summary: 'Open ones by when they are due, closed ones newest first.',
    query: Exact({ ...PageQuery, branchId: Type.Optional(Uuid), patientId: Type.Optional(Uuid), state: Type.Optional(Choice(['open', 'closed'])) }),
    status: 200,
    response: Page(Task),
  },
  'POST /tasks': {
    permission: 'task.write',
    audit: 'write',
    summary: 'Promise something, or ask somebody for it. The same id again answers the same task.',
    body: Exact({ id: Uuid, branchId: Uuid, patientId: Type.Optional(Nullable(Uuid)), words: Text(500, 1), dueAt: InstantText, assignee: Assignee }),
    status: 201,
    response: Task,
    problems: ['id_taken', 'reference_unknown'],
  },
  'PATCH /tasks/:id': {
    permission: 'task.write',
    audit: 'write',
    summary: 'Change the words, the time or whose it is; of an open one.',
    params: ById,
    body: Exact({ version: Version, words: Type.Optional(Text(500, 1)), dueAt: Type.Optional(InstantText), assignee: Type.Optional(Assignee) }),
    status: 200,
    response: Task,
    problems: ['stale_version', 'task_closed', 'reference_unknown'],
  },
  'POST /tasks/:id/closing': {
    permission: 'task.write',
    audit: 'write',
    summary: 'It was kept, or it will not be. Closing the same way twice is fine.',
    params: ById,
    body: Exact({ version: Version, status: Choice(['kept', 'broken']), outcome: Type.Optional(Line(300)) }),
    status: 200,
    response: Task,
    problems: ['stale_version', 'task_closed'],
  },
  'POST /tasks/:id/reopening': {
    permission: 'task.write',
    audit: 'write',
    summary: 'Take the closing back.',
    params: ById,
    body: Exact({ version: Version }),
    status: 200,
    response: Task,
    problems: ['stale_version'],
  },
})
