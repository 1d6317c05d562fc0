import { type Static, Type } from 'typebox'
import { place, placeProblems } from './appointments.ts'
import { ById, Exact, InstantText, Nothing, Uuid } from './common.ts'
import { routeTable } from './route.ts'

const Hold = Exact({
  id: Uuid,
  branchId: Uuid,
  practitionerId: Uuid,
  resourceIds: Type.Array(Uuid),
  visitTypeId: Uuid,
  startsAt: InstantText,
  endsAt: InstantText,
  expiresAt: InstantText,
})
export type Hold = Static<typeof Hold>

export const holdRoutes = routeTable({
  'POST /holds': {
    permission: 'appointment.book',
    audit: 'write',
    summary: 'Keep a place for some minutes while the booking is filled in.',
    body: Exact({
      id: Uuid,
      ...place,
      /** My hold that this one replaces: both happen or neither, and the old place counts as free. */
      insteadOf: Type.Optional(Uuid),
    }),
    status: 201,
    response: Hold,
    problems: placeProblems,
  },
  'DELETE /holds/:id': {
    permission: 'appointment.book',
    audit: 'write',
    summary: 'Let go of a place I held. Letting go twice is fine.',
    params: ById,
    status: 204,
    response: Nothing,
  },
})
