import { type Static, Type } from 'typebox'
import { Choice, DateText, Exact, InstantText, Nullable, Uuid } from './common.ts'
import { appointmentStatuses } from './appointment-statuses.ts'
import { routeTable } from './route.ts'

/** A visit that was booked over others. Whom it was for is not told: the report is about the day, not the patient. */
const Overbooking = Exact({
  appointmentId: Uuid,
  branchId: Uuid,
  practitionerId: Uuid,
  visitTypeId: Uuid,
  startsAt: InstantText,
  status: Choice(appointmentStatuses),
  reason: Type.String(),
  at: InstantText,
  /** Null: the system. */
  byName: Nullable(Type.String()),
  /** The practitioner's visits of that day from this one on: how many, how many of them have begun, and how many minutes late those did. */
  following: Exact({ visits: Type.Integer(), started: Type.Integer(), averageLate: Nullable(Type.Integer()), worstLate: Nullable(Type.Integer()) }),
})

/** Average minutes late, on the days with overbooked visits and on the others; null where nothing has begun on such days. */
const PractitionerDays = Exact({ practitionerId: Uuid, overbooked: Type.Integer(), lateThen: Nullable(Type.Integer()), lateElse: Nullable(Type.Integer()) })

export const Overbookings = Exact({ items: Type.Array(Overbooking), practitioners: Type.Array(PractitionerDays) })
export type Overbookings = Static<typeof Overbookings>

export const overbookingRoutes = routeTable({
  'GET /overbookings': {
    permission: 'overbooking.read',
    audit: 'none', // names no patient
    summary: 'Visits booked over others, newest first, and how late the days ran; up to 400 days.',
    query: Exact({ from: DateText, to: DateText }),
    status: 200,
    response: Overbookings,
    problems: ['too_long'],
  },
})
