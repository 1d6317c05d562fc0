import { type Static, Type } from 'typebox'
import { DiaryVisit } from './diary.ts'
import { ById, Exact, InstantText, Nothing, Nullable, Uuid } from './common.ts'
import { routeTable } from './route.ts'

/** A visit on the parking tray. Its place in the diary stays its own until it is set down somewhere else. */
const Parked = Exact({
  visit: DiaryVisit,
  parkedAt: InstantText,
  byName: Nullable(Type.String()),
  mine: Type.Boolean(),
})
export type Parked = Static<typeof Parked>

/** Which visit was put on the tray, when and by whom. */
const Parking = Exact({ appointmentId: Uuid, parkedAt: InstantText, byStaffId: Nullable(Uuid) })

export const parkingRoutes = routeTable({
  'GET /parked-appointments': {
    permission: 'diary.read',
    audit: 'none', // the diary says the same of each
    summary: "The branch's parking tray, longest parked first.",
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: Exact({ items: Type.Array(Parked) }),
  },
  'POST /appointments/:id/parking': {
    permission: 'appointment.move',
    audit: 'write',
    summary: 'Put a visit on the parking tray; its place stays taken. A second time by the same person answers the same.',
    params: ById,
    status: 200,
    response: Parking,
    problems: ['already_parked', 'appointment_is_final'],
  },
  'DELETE /appointments/:id/parking': {
    permission: 'appointment.move',
    audit: 'write',
    summary: 'Take a visit off the tray: it is where it was. One that is not parked is fine.',
    params: ById,
    status: 204,
    response: Nothing,
  },
})
