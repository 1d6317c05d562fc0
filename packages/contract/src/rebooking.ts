import { type Static, Type } from 'typebox'
import { blockKinds } from './blocks.ts'
import { appointmentStatuses } from './appointment-statuses.ts'
import { ById, Choice, Exact, InstantText, Line, Nullable, Uuid } from './common.ts'
import { routeTable } from './route.ts'

/** A visit that will not be as agreed. It waits until it is moved, cancelled, or somebody says why it stays. */
export const Rebooking = Exact({
  id: Uuid,
  appointmentId: Uuid,
  branchId: Uuid,
  patient: Exact({ id: Uuid, name: Type.String(), nameLatin: Type.String(), phone: Nullable(Type.String()) }),
  visitTypeId: Uuid,
  /** Who or what will not be there. */
  resourceId: Uuid,
  /** When it was when it came onto the list. */
  wasAt: InstantText,
  practitionerId: Uuid,
  startsAt: InstantText,
  endsAt: InstantText,
  status: Choice(appointmentStatuses),
  cause: Choice(['block', 'hours', 'gone']),
  block: Nullable(Exact({ id: Uuid, kind: Choice(blockKinds), title: Type.String(), holiday: Nullable(Type.String()) })),
  openedAt: InstantText,
  openedByName: Nullable(Type.String()),
  /** Calls without an answer, and when the last call was. */
  tries: Type.Integer(),
  triedAt: Nullable(InstantText),
  /** When the patient was told, and by whom. */
  toldAt: Nullable(InstantText),
  toldByName: Nullable(Type.String()),
  state: Choice(['waiting', 'moved', 'cancelled', 'left', 'past']),
  reason: Type.String(),
  settledByName: Nullable(Type.String()),
})
export type Rebooking = Static<typeof Rebooking>

export const rebookingRoutes = routeTable({
  'GET /rebookings': {
    permission: 'diary.read',
    audit: 'none', // names and phones as in the diary
    summary: 'Visits that wait for another time, soonest first, and what became of those of the last two weeks.',
    query: Exact({ branchId: Type.Optional(Uuid) }),
    status: 200,
    response: Exact({ items: Type.Array(Rebooking), settled: Type.Array(Rebooking) }),
  },
  'POST /rebookings/:id/calls': {
    permission: 'rebooking.settle',
    audit: 'write',
    summary: 'The patient was called: told, or not reached.',
    params: ById,
    body: Exact({
      told: Type.Boolean(),
      /** It was noted by mistake: the same is struck off again. */
      takenBack: Type.Optional(Type.Boolean()),
    }),
    status: 200,
    response: Rebooking,
    problems: ['not_waiting_for_rebooking', 'nothing_to_undo'],
  },
  'POST /rebookings/:id/leaving': {
    permission: 'rebooking.settle',
    audit: 'write',
    summary: 'The visit stays as it is, and why.',
    params: ById,
    body: Exact({ reason: Line(300, 1) }),
    status: 200,
    response: Rebooking,
    problems: ['not_waiting_for_rebooking'],
  },
  'POST /rebookings/:id/undo': {
    permission: 'rebooking.settle',
    audit: 'write',
    summary: 'It shall not stay after all: it waits again.',
    params: ById,
    status: 200,
    response: Rebooking,
    problems: ['nothing_to_undo'],
  },
})
