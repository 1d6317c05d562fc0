import { type Static, Type } from 'typebox'
import { holidays } from '@yoman/domain/calendar/israel'
import { paperKinds } from '@yoman/domain/papers/paper'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Text, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

/** The life of an appointment. `held` is a place kept for some minutes while somebody fills in the booking. */
export const appointmentStatuses = ['held', 'booked', 'confirmed', 'arrived', 'called', 'in_treatment', 'completed', 'cancelled', 'no_show'] as const
export const cancelReasons = ['patient', 'clinic', 'moved', 'other'] as const

const Status = Choice(appointmentStatuses)
/** Visits begin on a whole minute: finer than that nobody's diary is. */
export const StartText = Type.String({ format: 'date-time', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:00(\\.0{1,9})?Z$' })
const minutes = Type.Integer({ minimum: 5, maximum: 720 })
const Span = Exact({ start: InstantText, end: InstantText })

/** What a diary's card needs to know of a person; hasAlert says that there is one, never what it says. */
const DiaryPatient = Exact({
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
  status: Status,
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

/** One step of an appointment's life, oldest first. An undone step stays; the step `undone` follows it. */
const StatusStep = Exact({
  status: Status,
  at: InstantText,
  byStaffId: Nullable(Uuid),
  byName: Nullable(Type.String()),
  /** The patient did it, by the link of a message or a reply. */
  byPatient: Type.Boolean(),
  reason: Type.String(),
})

export const Appointment = Exact({
  id: Uuid,
  branchId: Uuid,
  practitionerId: Uuid,
  resourceIds: Type.Array(Uuid),
  patientId: Uuid,
  visitTypeId: Uuid,
  startsAt: InstantText,
  endsAt: InstantText,
  status: Status,
  cancelReason: Nullable(Choice(cancelReasons)),
  deskNote: Type.String(),
  orderId: Nullable(Uuid),
  orderStep: Nullable(Type.Integer()),
  overbookReason: Nullable(Type.String()),
  version: Version,
})
export type Appointment = Static<typeof Appointment>

export const AppointmentPage = Exact({
  appointment: Appointment,
  patient: DiaryPatient,
  history: Type.Array(StatusStep),
  /** The status that `undo` would bring back; null where there is nothing to undo. */
  undoTo: Nullable(Status),
  /** The clinic's own fields that the reader should have answered now: of the patient, and of the visit. None once it was, or was cancelled. */
  asked: Exact({ patient: Type.Array(Uuid), visit: Type.Array(Uuid) }),
  /** The paper that it asks for: ticked by somebody, filed as a document of this visit, or missing. */
  paper: Nullable(Exact({ kind: Choice(paperKinds), receivedAt: Nullable(InstantText), byName: Nullable(Type.String()), filed: Type.Boolean() })),
})
export type AppointmentPage = Static<typeof AppointmentPage>

/** Where and when something is wanted. */
export const place = {
  branchId: Uuid,
  practitionerId: Uuid,
  visitTypeId: Uuid,
  startsAt: StartText,
  /** The visit type's own where unset. Buffers come on top of it. */
  durationMinutes: Type.Optional(minutes),
  /** A room, chair or device; a free one of the visit type's kind is chosen where unset. */
  placeId: Type.Optional(Nullable(Uuid)),
  /** Others who must be there: a second practitioner, a device. */
  alsoIds: Type.Optional(Type.Array(Uuid, { maxItems: 4, uniqueItems: true })),
  /** Book where nobody works; needs `appointment.outside_hours`. */
  outsideHours: Type.Optional(Type.Boolean()),
}

/** Over visits that stand; needs `appointment.overbook`. `places`: the room, chair or device is shared too, not only people. */
const Overbook = Exact({ reason: Line(300, 1), places: Type.Optional(Type.Boolean()) })
const overbookProblems = ['overbooking_needs_reason', 'overbooking_limit_reached'] as const

export const placeProblems = [
  'slot_taken', 'slot_held', 'time_blocked', 'starts_in_the_past', 'too_long', 'too_far_ahead', 'outside_working_hours',
  'not_offered_by_practitioner', 'resource_not_in_branch', 'room_kind_missing', 'need_missing', 'reference_unknown', 'id_taken',
] as const

/** A visit to be booked. */
export const NewVisit = Exact({
  id: Uuid,
  patientId: Uuid,
  ...place,
  deskNote: Type.Optional(Text(1000)),
  /** My hold of this place, which the booking takes over. */
  holdId: Type.Optional(Uuid),
  overbook: Type.Optional(Overbook),
  /** The entry of the waitlist that this settles. */
  entryId: Type.Optional(Uuid),
})
export const bookingProblems = [...placeProblems, ...overbookProblems, 'hold_expired', 'waitlist_entry_closed'] as const

/** A step of the day. Doing what is already so answers what is so; `version`, where given, must be the current one. */
const step = (summary: string) =>
  ({
    permission: 'appointment.flow',
    audit: 'write',
    summary,
    params: ById,
    body: Exact({ version: Type.Optional(Version) }),
    status: 200,
    response: Appointment,
    problems: ['status_change_not_allowed', 'stale_version', 'month_closed'],
  }) as const

export const appointmentRoutes = routeTable({
  'GET /diary': {
    permission: 'diary.read',
    audit: 'none', // shows what hangs on the desk's wall; opening an appointment or a record is what leaves an event
    summary: 'One to seven days of a branch: who works when, all visits, places held.',
    query: Exact({
      branchId: Uuid,
      /** The first day. */
      date: DateText,
      /** How many days; one where unset. */
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 })),
      /** Only these people, rooms, chairs and devices, and the visits that occupy any of them. */
      of: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 40, uniqueItems: true })),
      rooms: Type.Optional(Type.Boolean()),
      cancelled: Type.Optional(Type.Boolean()),
    }),
    status: 200,
    response: Diary,
  },
  'GET /diary-months': {
    permission: 'diary.read',
    audit: 'none',
    summary: 'How full each day of a month is, which days are closed and which are holidays.',
    query: Exact({
      branchId: Uuid,
      /** Any day of the month. */
      date: DateText,
      /** Only these people or places; everybody who treats where unset. */
      of: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 40, uniqueItems: true })),
    }),
    status: 200,
    response: DiaryMonth,
  },
  'POST /appointments': {
    permission: 'appointment.book',
    audit: 'write',
    summary: 'Book a visit. The same id again answers the same appointment.',
    body: NewVisit,
    status: 201,
    response: Appointment,
    problems: bookingProblems,
  },
  'GET /appointments/:id': {
    permission: 'diary.read',
    audit: 'read',
    summary: 'One appointment with its whole life.',
    params: ById,
    status: 200,
    response: AppointmentPage,
  },
  'PATCH /appointments/:id': {
    permission: 'appointment.move',
    audit: 'write',
    summary: 'Move, resize, give to somebody else, change the kind or the note. What is not named stays.',
    params: ById,
    body: Exact({
      version: Version,
      practitionerId: Type.Optional(Uuid),
      visitTypeId: Type.Optional(Uuid),
      startsAt: Type.Optional(StartText),
      durationMinutes: Type.Optional(minutes),
      placeId: Type.Optional(Nullable(Uuid)),
      alsoIds: Type.Optional(Type.Array(Uuid, { maxItems: 4, uniqueItems: true })),
      outsideHours: Type.Optional(Type.Boolean()),
      overbook: Type.Optional(Overbook),
      deskNote: Type.Optional(Text(1000)),
    }),
    status: 200,
    response: Appointment,
    problems: [...placeProblems, ...overbookProblems, 'stale_version', 'appointment_is_final'],
  },
  'POST /appointments/:id/confirmation': step('The patient said that they come.'),
  'POST /appointments/:id/arrival': step('The patient is here.'),
  'POST /appointments/:id/call': step('The patient is called into the room; the screen of the waiting room shows it.'),
  'POST /appointments/:id/start': step('The treatment begins.'),
  'POST /appointments/:id/completion': step('The treatment is over; the invoice follows.'),
  'POST /appointments/:id/no-show': step('The patient did not come; only after the visit began.'),
  'POST /appointments/:id/cancellation': {
    ...step('The visit will not be; its place is free at once.'),
    body: Exact({
      version: Type.Optional(Version),
      reason: Choice(cancelReasons),
      /** It was booked by mistake a moment ago: who waited for it on the waitlist waits again. */
      takesBack: Type.Optional(Type.Boolean()),
    }),
  },
  'POST /appointments/:id/undo': {
    ...step('Take back the last step, cancellation included while its place is still free.'),
    body: Exact({ version: Version }),
    problems: ['nothing_to_undo', 'stale_version', 'slot_taken', 'overbooking_limit_reached', 'month_closed'],
  },
})
