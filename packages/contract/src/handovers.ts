import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, InstantText, Nullable, Page, PageQuery, Text, Uuid, Version } from './common.ts'
import { Accounted } from './day-accounts.ts'
import { routeTable } from './route.ts'

const Person = Exact({ staffId: Uuid, name: Type.String() })
const Count = Type.Integer({ minimum: 0 })

/** What was open in the branch at the moment of a hand-over; `papers` is unset in those that were given before papers were counted. */
export const OpenCounts = Exact({ orders: Count, offers: Count, notReached: Count, tasks: Count, overdueTasks: Count, rebookings: Count, waiting: Count, papers: Type.Optional(Count) })
export type OpenCounts = Static<typeof OpenCounts>

/** One shift gives the desk to the next; `taken` says that somebody else has read it and taken over. */
export const Handover = Exact({
  id: Uuid,
  branchId: Uuid,
  words: Type.String(),
  counts: OpenCounts,
  status: Choice(['waiting', 'taken', 'withdrawn']),
  givenBy: Person,
  givenAt: InstantText,
  endedBy: Nullable(Person),
  endedAt: Nullable(InstantText),
  version: Version,
})
export type Handover = Static<typeof Handover>

/** What one shift tells the next in passing; never changed. */
export const ShiftNote = Exact({ id: Uuid, branchId: Uuid, words: Type.String(), writtenBy: Person, writtenAt: InstantText })
export type ShiftNote = Static<typeof ShiftNote>

export const handoverRoutes = routeTable({
  'GET /handovers': {
    permission: 'handover.read',
    audit: 'none',
    summary: 'Who gave the desk of a branch to whom, newest first. One that waits is the first.',
    query: Exact({ ...PageQuery, branchId: Uuid }),
    status: 200,
    response: Page(Handover),
  },
  'GET /handovers/now': {
    permission: 'handover.read',
    audit: 'none',
    summary: 'What is open in the branch now, in the numbers that a hand-over keeps.',
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: OpenCounts,
  },
  'POST /handovers': {
    permission: 'handover.write',
    audit: 'write',
    summary: 'Give the desk to the next shift; what is open is counted at that moment. One at a time waits in a branch.',
    body: Exact({ id: Uuid, branchId: Uuid, words: Text(4000, 1) }),
    status: 201,
    response: Handover,
    problems: ['handover_waiting', 'id_taken', 'reference_unknown'],
  },
  'POST /handovers/:id/acknowledgement': {
    permission: 'handover.write',
    audit: 'write',
    summary: 'I have read it and taken over. Not by whoever gave it.',
    params: ById,
    status: 200,
    response: Handover,
    problems: ['handover_ended', 'handover_by_self'],
  },
  'POST /handovers/:id/withdrawal': {
    permission: 'handover.write',
    audit: 'write',
    summary: 'Take my hand-over back, as long as nobody has taken over.',
    params: ById,
    status: 200,
    response: Handover,
    problems: ['handover_ended', 'not_the_author'],
  },
  'GET /shift-notes': {
    permission: 'handover.read',
    audit: 'none',
    summary: 'Notes between the shifts of a branch, newest first.',
    query: Exact({ ...PageQuery, branchId: Uuid }),
    status: 200,
    response: Page(ShiftNote),
  },
  'POST /shift-notes': {
    permission: 'handover.write',
    audit: 'write',
    summary: 'Leave a note for the next shift. The same id again answers the same note.',
    body: Exact({ id: Uuid, branchId: Uuid, words: Text(2000, 1) }),
    status: 201,
    response: ShiftNote,
    problems: ['id_taken', 'reference_unknown'],
  },
  'GET /not-reached': {
    permission: 'message.read',
    audit: 'none', // the desk's own list of whom to call; opening a record is what leaves an event
    summary: 'Booked visits from now to the end of a day, of which no reminder reached or will reach the patient.',
    query: Exact({ branchId: Uuid, until: DateText }),
    status: 200,
    response: Exact({ items: Type.Array(Accounted) }),
  },
})
