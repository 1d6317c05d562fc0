import { type Static, Type } from 'typebox'
import { appointmentStatuses, cancelReasons } from './appointment-statuses.ts'
import { NewVisit, StartText, bookingProblems, place } from './appointments.ts'
import { ById, Choice, DateText, Exact, InstantText, Nullable, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

/** Every n weeks, or every n months by the date or by the weekday ("the second Tuesday"). */
const Rule = Exact({ unit: Choice(['week', 'month']), every: Type.Integer({ minimum: 1, maximum: 52 }), monthBy: Type.Optional(Choice(['date', 'weekday'])) })
export type SeriesRule = Static<typeof Rule>

/** So many visits in all, the first included; or until a date that still belongs to it. Never more than 52. */
const Ending = Type.Union([Exact({ count: Type.Integer({ minimum: 2, maximum: 52 }) }), Exact({ until: DateText })])
const Distance = Type.Union([Exact({ weeks: Type.Integer({ minimum: 1, maximum: 52 }) }), Exact({ months: Type.Integer({ minimum: 1, maximum: 24 }) })])
export type Distance = Static<typeof Distance>

const minutes = Type.Integer({ minimum: 5, maximum: 720 })
const placed = { startsAt: InstantText, endsAt: InstantText, practitionerId: Uuid, placeId: Nullable(Uuid) }

/** A free time instead of one that cannot be: the same day, a day near it, or another person on that day. */
const Alternative = Exact({ kind: Choice(['same_day', 'other_day', 'other_person']), ...placed })
export type Alternative = Static<typeof Alternative>

export const occurrenceStates = ['free', 'clash', 'patient_busy', 'holiday', 'closed', 'leave', 'outside_hours', 'past', 'too_far'] as const

/** One visit as it would be, and how it stands with its time. */
const Occurrence = Exact({
  /** Counted from 1 in the series; the visit that a proposal follows is 1. */
  position: Type.Integer(),
  /** Of a visit that is already booked and would change. */
  appointmentId: Nullable(Uuid),
  visitTypeId: Uuid,
  ...placed,
  state: Choice(occurrenceStates),
  /** The holiday's name: `pesach`, `yom_kippur`, … */
  holiday: Nullable(Type.String()),
  /** What is in the way. No patient: somebody keeps the place for a few minutes. */
  clash: Nullable(Exact({ resourceId: Uuid, startsAt: InstantText, endsAt: InstantText, patient: Nullable(Exact({ id: Uuid, name: Type.String(), nameLatin: Type.String() })) })),
  /** Whether it may be booked there all the same: `outside_hours` needs the permission of that name. */
  anyway: Nullable(Choice(['freely', 'outside_hours'])),
  alternatives: Type.Array(Alternative),
})
export type Occurrence = Static<typeof Occurrence>
const Occurrences = Exact({ timeZone: Type.String(), occurrences: Type.Array(Occurrence) })

const SeriesVisit = Exact({
  appointmentId: Uuid,
  position: Type.Integer(),
  startsAt: InstantText,
  endsAt: InstantText,
  practitionerId: Uuid,
  visitTypeId: Uuid,
  status: Choice(appointmentStatuses),
  version: Version,
  /** Still to come: it may be moved and cancelled with the series. */
  ahead: Type.Boolean(),
})
export type SeriesVisit = Static<typeof SeriesVisit>

const scopes = ['one', 'following', 'all'] as const
const changeKinds = ['booked', 'moved', 'cancelled', 'undone'] as const

export const Series = Exact({
  id: Uuid,
  patientId: Uuid,
  branchId: Uuid,
  timeZone: Type.String(),
  rule: Exact({ unit: Choice(['week', 'month']), every: Type.Integer(), monthBy: Nullable(Choice(['date', 'weekday'])) }),
  version: Version,
  visits: Type.Array(SeriesVisit),
  /** The latest first. */
  changes: Type.Array(Exact({ id: Uuid, kind: Choice(changeKinds), scope: Choice(scopes), visits: Type.Integer(), at: InstantText, byName: Type.String() })),
  /** The change that an undo would take back; null where nothing is left to undo. */
  undo: Nullable(Exact({ changeId: Uuid, kind: Choice(changeKinds), visits: Type.Integer() })),
})
export type Series = Static<typeof Series>

const placeProblems = [
  'slot_taken', 'slot_held', 'starts_in_the_past', 'too_long', 'too_far_ahead', 'outside_working_hours',
  'not_offered_by_practitioner', 'resource_not_in_branch', 'room_kind_missing', 'reference_unknown', 'id_taken',
] as const

const chosen = { startsAt: StartText, practitionerId: Uuid, placeId: Type.Optional(Nullable(Uuid)), outsideHours: Type.Optional(Type.Boolean()) }

export const seriesRoutes = routeTable({
  'POST /repeat-proposals': {
    permission: 'appointment.book',
    audit: 'none',
    summary: 'The same visit again in some time: how it stands with that hour, and the nearest free ones, the best first.',
    body: Exact({ appointmentId: Uuid, distance: Distance }),
    status: 200,
    response: Exact({
      timeZone: Type.String(),
      /** Who or what came by name besides the practitioner: to be booked again with it. */
      alsoIds: Type.Array(Uuid),
      wished: Occurrence,
      best: Nullable(Alternative),
    }),
    problems: ['reference_unknown', 'not_offered_by_practitioner', 'room_kind_missing'],
  },
  'POST /series-previews': {
    permission: 'appointment.book',
    audit: 'none',
    summary: 'Every visit that a series would add after a visit that stands, or after a first one that is not booked yet, with what is in the way and what is free instead. One of the two is given.',
    body: Exact({ appointmentId: Type.Optional(Uuid), first: Type.Optional(Exact({ ...place, patientId: Type.Optional(Uuid) })), rule: Rule, ending: Ending }),
    status: 200,
    response: Occurrences,
    problems: ['reference_unknown', 'not_offered_by_practitioner', 'room_kind_missing', 'series_empty'],
  },
  'POST /series': {
    permission: 'appointment.book',
    audit: 'write',
    summary: 'Book a series after a visit that stands: all of its visits or none. `first` books that visit with them, under the id that `appointmentId` names. The same id again answers the same series.',
    body: Exact({ id: Uuid, appointmentId: Uuid, first: Type.Optional(NewVisit), rule: Rule, visits: Type.Array(Exact({ id: Uuid, ...chosen }), { minItems: 1, maxItems: 52 }) }),
    status: 201,
    response: Series,
    problems: [...new Set([...placeProblems, ...bookingProblems])],
  },
  'GET /series/:id': {
    permission: 'diary.read',
    audit: 'none', // times and statuses; the visits' patient is told by opening one of them
    summary: 'A series: its rule, its visits and what was done to it.',
    params: ById,
    status: 200,
    response: Series,
  },
  'POST /series/:id/change-previews': {
    permission: 'appointment.move',
    audit: 'none',
    summary: 'How the visits that are still ahead would lie after a change of one, of it and those that follow, or of all.',
    params: ById,
    body: Exact({
      appointmentId: Uuid,
      scope: Choice(scopes),
      /** Where this visit would begin; the others go as many days further, and to the same hour of the wall where that changes. */
      startsAt: Type.Optional(StartText),
      practitionerId: Type.Optional(Uuid),
      durationMinutes: Type.Optional(minutes),
    }),
    status: 200,
    response: Occurrences,
    problems: ['reference_unknown', 'not_offered_by_practitioner', 'room_kind_missing', 'not_in_series', 'series_empty'],
  },
  'POST /series/:id/changes': {
    permission: 'appointment.move',
    audit: 'write',
    summary: 'Move visits of a series that are still ahead: all that are named, or none. The same id again answers what is so.',
    params: ById,
    body: Exact({
      id: Uuid,
      version: Version,
      scope: Choice(scopes),
      visits: Type.Array(Exact({ appointmentId: Uuid, durationMinutes: minutes, ...chosen }), { minItems: 1, maxItems: 60 }),
    }),
    status: 200,
    response: Series,
    problems: [...placeProblems, 'stale_version', 'appointment_is_final', 'not_in_series'],
  },
  'POST /series/:id/cancellation': {
    permission: 'appointment.flow',
    audit: 'write',
    summary: 'Cancel one visit, it and those that follow, or all that are still ahead; each hears it as any cancelled visit.',
    params: ById,
    body: Exact({ id: Uuid, version: Version, scope: Choice(scopes), appointmentId: Uuid, reason: Choice(cancelReasons) }),
    status: 200,
    response: Series,
    problems: ['stale_version', 'not_in_series', 'series_empty', 'status_change_not_allowed'],
  },
  'POST /series/:id/undo': {
    permission: 'appointment.move',
    audit: 'write',
    summary: 'Take back the last change of a series as a whole, while nobody has changed its visits since and their places are free.',
    params: ById,
    body: Exact({ id: Uuid, changeId: Uuid }),
    status: 200,
    response: Series,
    problems: ['nothing_to_undo', 'stale_version', 'slot_taken', 'slot_held', 'outside_working_hours', 'starts_in_the_past'],
  },
})
