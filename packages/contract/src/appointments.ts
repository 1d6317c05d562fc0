import { type Static, Type } from 'typebox'
import { paperKinds } from '@yoman/domain/papers/paper'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Text, Uuid, Version } from './common.ts'
import { appointmentStatuses, cancelReasons } from './appointment-statuses.ts'
import { Diary, DiaryMonth, DiaryPatient } from './diary.ts'
import { routeTable } from './route.ts'

const Status = Choice(appointmentStatuses)
/** Visits begin on a whole minute: finer than that nobody's diary is. */
export const StartText = Type.String({ format: 'date-time', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:00(\\.0{1,9})?Z$' })
const minutes = Type.Integer({ minimum: 5, maximum: 720 })

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
