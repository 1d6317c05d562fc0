import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, InstantText, Line, Nothing, Nullable, TimeText, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

export const blockKinds = ['leave', 'meeting', 'break', 'closed', 'other'] as const

const plan = {
  /** `closed` closes a whole branch; every other kind keeps the named resources away. */
  kind: Choice(blockKinds),
  branchId: Nullable(Uuid),
  resourceIds: Type.Array(Uuid, { maxItems: 60 }),
  /** Both days belong to it. */
  fromDate: DateText,
  toDate: DateText,
  /** ISO weekdays on which it happens between the dates; empty: every day. */
  weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7, uniqueItems: true }),
  /** On each of the days, on the branch's wall; both null: all day. */
  starts: Nullable(TimeText),
  ends: Nullable(TimeText),
}
const words = {
  /** What everybody who sees the diary may read. */
  title: Line(120),
  /** Why; for the one who is away, whoever wrote it, and the owner. */
  privateNote: Line(300),
}

export const Block = Exact({
  id: Uuid,
  ...plan,
  title: Type.String(),
  /** Null: not for the asker's eyes. */
  privateNote: Nullable(Type.String()),
  holiday: Nullable(Type.String()),
  createdBy: Nullable(Uuid),
  createdByName: Nullable(Type.String()),
  /** Whether the asker may change or remove it. */
  mine: Type.Boolean(),
  version: Version,
})
export type Block = Static<typeof Block>

/** A booked visit where a block would be. */
export const BlockHit = Exact({
  appointmentId: Uuid,
  branchId: Uuid,
  patientId: Uuid,
  patientName: Type.String(),
  patientNameLatin: Type.String(),
  phone: Nullable(Type.String()),
  practitionerId: Uuid,
  visitTypeId: Uuid,
  startsAt: InstantText,
  endsAt: InstantText,
  /** Who or what would not be there. */
  resourceId: Uuid,
})
export type BlockHit = Static<typeof BlockHit>

/** `hits`: so many booked visits wait on the rebooking list because of it. */
const Placed = Exact({ block: Block, hits: Type.Integer() })
const planProblems = ['block_form_wrong', 'ends_before_it_starts', 'block_too_long', 'reference_unknown'] as const

/** A day of the Hebrew year on which the branch may close. */
export const HolidayProposal = Exact({
  date: DateText,
  holiday: Type.String(),
  /** What is usual in Israel: closed, closed from 13:00, or open. */
  habit: Choice(['closed', 'half', 'open']),
  /** Whether the branch would be open that day at all. */
  opens: Type.Boolean(),
  /** The closing that was decided already. */
  block: Nullable(Block),
  /** When booked visits of that day begin and end. */
  visits: Type.Array(Exact({ startsAt: InstantText, endsAt: InstantText })),
})
export type HolidayProposal = Static<typeof HolidayProposal>

export const blockRoutes = routeTable({
  'GET /blocks': {
    permission: 'diary.read',
    audit: 'none',
    summary: "Time that is nobody's visit, up to 400 days of it: of a branch, and of people and rooms anywhere.",
    query: Exact({ from: DateText, to: DateText, branchId: Type.Optional(Uuid) }),
    status: 200,
    response: Exact({ items: Type.Array(Block) }),
    problems: ['block_too_long'],
  },
  'POST /block-previews': {
    permission: 'block.write',
    audit: 'none', // shows what the diary shows
    summary: 'The booked visits that a block would hit. Nothing is kept.',
    body: Exact(plan),
    status: 200,
    response: Exact({ hits: Type.Array(BlockHit) }),
    problems: planProblems,
  },
  'POST /blocks': {
    permission: 'block.write',
    audit: 'write',
    summary: 'Block time. Booked visits that it hits come onto the rebooking list. The same id again answers the same block.',
    body: Exact({ id: Uuid, ...plan, ...words }),
    status: 201,
    response: Placed,
    problems: [...planProblems, 'id_taken'],
  },
  'PATCH /blocks/:id': {
    permission: 'block.write',
    audit: 'write',
    summary: 'Change a block; what is not named stays. The rebooking list follows.',
    params: ById,
    body: Exact({ version: Version, ...Type.Partial(Exact({ ...plan, ...words })).properties }),
    status: 200,
    response: Placed,
    problems: [...planProblems, 'stale_version', 'holiday_decided'],
  },
  'DELETE /blocks/:id': {
    permission: 'block.write',
    audit: 'write',
    summary: 'Take a block out of the diary; who waited because of it need not any more.',
    params: ById,
    query: Exact({ version: Version }),
    status: 204,
    response: Nothing,
    problems: ['stale_version'],
  },
  'POST /blocks/:id/restoration': {
    permission: 'block.write',
    audit: 'write',
    summary: 'Bring a removed block back, and its visits onto the list again.',
    params: ById,
    status: 200,
    response: Placed,
    problems: ['holiday_decided'],
  },
  'GET /holiday-proposals': {
    permission: 'diary.read',
    audit: 'none',
    summary: 'The holidays of a Hebrew year, what is usual, what was decided and which visits are booked then.',
    query: Exact({ branchId: Uuid, hebrewYear: Type.Integer({ minimum: 5700, maximum: 5990 }) }),
    status: 200,
    response: Exact({ items: Type.Array(HolidayProposal) }),
  },
  'POST /holiday-closings': {
    permission: 'block.any',
    audit: 'write',
    summary: 'Close a branch on holidays, all or none of them; from a time on, or all day.',
    body: Exact({
      branchId: Uuid,
      days: Type.Array(Exact({ id: Uuid, date: DateText, holiday: Type.String({ pattern: '^[a-z_]{1,40}$' }), from: Nullable(TimeText) }), { minItems: 1, maxItems: 40 }),
    }),
    status: 201,
    response: Exact({ items: Type.Array(Block), hits: Type.Integer() }),
    problems: ['holiday_decided', 'id_taken', 'reference_unknown'],
  },
})
