import { type Static, Type } from 'typebox'
import { holidays } from '@yoman/domain/calendar/israel'
import { paperKinds } from '@yoman/domain/papers/paper'
import { appointmentStatuses, cancelReasons } from './appointment-statuses.ts'
import { Choice, DateText, Exact, InstantText, Nullable, Uuid, Version } from './common.ts'

const Span = Exact({ start: InstantText, end: InstantText })

/** What a diary's card needs to know of a person; hasAlert says that there is one, never what it says. */
export const DiaryPatient = Exact({
  id: Uuid,
  name: Type.String(),
  nameLatin: Type.String(),
  phone: Nullable(Type.String()),
  birthDate: Nullable(DateText),
  hasAlert: Type.Boolean(),
})

/** A visit on the diary. `resourceIds` are all that it occupies: the practitioner, a place, others. */
export const DiaryVisit = Exact({
  id: Uuid,
  practitionerId: Uuid,
  resourceIds: Type.Array(Uuid),
  patient: DiaryPatient,
  visitTypeId: Uuid,
  startsAt: InstantText,
  endsAt: InstantText,
  status: Choice(appointmentStatuses),
  cancelReason: Nullable(Choice(cancelReasons)),
  /** When the patient confirmed or cancelled it, by a link or a reply; null where the clinic did, and of any other status. */
  saidByPatientAt: Nullable(InstantText),
  confirmedAt: Nullable(InstantText),
  arrivedAt: Nullable(InstantText),
  calledAt: Nullable(InstantText),
  startedAt: Nullable(InstantText),
  completedAt: Nullable(InstantText),
  /** The number by which the patient is called that day; null before they came. */
  ticket: Nullable(Type.Integer()),
  deskNote: Type.String(),
  /** Nothing of this patient was completed before. */
  firstVisit: Type.Boolean(),
  /** The patient has a next-visit order that nobody booked yet. */
  openOrder: Type.Boolean(),
  /** Something that was billed is not paid yet; how much is for those who may read invoices. */
  owes: Type.Boolean(),
  /** Visits that the patient missed, of all times. */
  noShows: Type.Integer(),
  orderId: Nullable(Uuid),
  /** The series that it belongs to, and which of how many of its visits it is; those that were cancelled are not counted. */
  series: Nullable(Exact({ id: Uuid, place: Type.Integer(), of: Type.Integer() })),
  /** Why it shares somebody's time with another visit; null where it has its time for itself. */
  overbookReason: Nullable(Type.String()),
  /** The paper that its kind asks for, and whether it is here; null where none is asked for. */
  paper: Nullable(Exact({ kind: Choice(paperKinds), received: Type.Boolean() })),
  version: Version,
})
export type DiaryVisit = Static<typeof DiaryVisit>

/** A place kept by somebody for a few minutes. `mine` may be released or booked by this session's person. */
export const DiaryHold = Exact({
  id: Uuid,
  practitionerId: Uuid,
  resourceIds: Type.Array(Uuid),
  visitTypeId: Uuid,
  startsAt: InstantText,
  endsAt: InstantText,
  expiresAt: InstantText,
  /** Who keeps it, so that others know whom to ask; null for the system. */
  byName: Nullable(Type.String()),
  mine: Type.Boolean(),
})
export type DiaryHold = Static<typeof DiaryHold>

/** One person, room, chair or device; `open` is when it may be booked on those days, breaks and exceptions taken out. */
const DiaryColumn = Exact({
  resourceId: Uuid,
  kind: Choice(['practitioner', 'room', 'chair', 'device']),
  name: Type.String(),
  nameEn: Type.String(),
  colour: Type.String(),
  open: Type.Array(Span),
  /** Days on which it would be there if no block took the whole day. */
  away: Type.Optional(Type.Array(DateText)),
})
export type DiaryColumn = Static<typeof DiaryColumn>

export const Diary = Exact({
  branchId: Uuid,
  /** The first day. */
  date: DateText,
  days: Type.Integer({ minimum: 1, maximum: 7 }),
  timeZone: Type.String(),
  /** All its local days from end to end; each has 23, 24 or 25 hours. */
  day: Span,
  branchOpen: Type.Array(Span),
  columns: Type.Array(DiaryColumn),
  visits: Type.Array(DiaryVisit),
  holds: Type.Array(DiaryHold),
})
export type Diary = Static<typeof Diary>

/** One day of the month's overview. Minutes are of all the people (or the places that were asked for) together. */
const DiaryMonthDay = Exact({
  date: DateText,
  /** Booked, cancelled ones left out. */
  visits: Type.Integer(),
  openMinutes: Type.Integer(),
  /** What of the open minutes nothing occupies; buffers and places held count as occupied. */
  freeMinutes: Type.Integer(),
  /** The branch does not open that day. */
  closed: Type.Boolean(),
  /** The public holiday in Israel, whether the branch closes or not. */
  holiday: Nullable(Choice(holidays)),
  /** Why the branch is closed, in its own words; empty where it said nothing. */
  reason: Type.String(),
  /** Of those that were asked for, who would be there if no block took the whole day. */
  away: Type.Array(Uuid),
})
export const DiaryMonth = Exact({ branchId: Uuid, timeZone: Type.String(), days: Type.Array(DiaryMonthDay) })
export type DiaryMonth = Static<typeof DiaryMonth>
