import { type Static, Type } from 'typebox'
import { StartText } from './appointments.ts'
import { ById, Choice, DateText, Exact, InstantText, Line, Nullable, Page, PageQuery, Text, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

const minutes = Type.Integer({ minimum: 5, maximum: 720 })
const gapDays = Type.Integer({ minimum: 0, maximum: 730 })

/** One visit of an order. The gap counts calendar days after the step before; 0 is the same day. */
const Step = Exact({
  step: Type.Integer(),
  visitTypeId: Uuid,
  practitionerId: Nullable(Uuid),
  durationMinutes: Type.Integer(),
  minGapDays: Type.Integer(),
  maxGapDays: Type.Integer(),
  appointment: Nullable(Exact({ id: Uuid, startsAt: InstantText, practitionerId: Uuid, status: Type.String() })),
})

/** What the doctor wants next; open until the desk has booked it. */
export const Order = Exact({
  id: Uuid,
  patient: Exact({
    id: Uuid,
    givenName: Type.String(),
    familyName: Type.String(),
    givenNameLatin: Type.String(),
    familyNameLatin: Type.String(),
    phone: Nullable(Type.String()),
  }),
  encounterId: Nullable(Uuid),
  branchId: Uuid,
  orderedBy: Exact({ staffId: Uuid, name: Type.String() }),
  status: Choice(['open', 'booked', 'cancelled']),
  fromDate: DateText,
  toDate: DateText,
  noteToDesk: Type.String(),
  cancelReason: Type.String(),
  createdAt: InstantText,
  version: Version,
  steps: Type.Array(Step),
})
export type Order = Static<typeof Order>

/** One visit of a proposal, with who and what else it needs: free now, promised to nobody until booked. */
const ProposedVisit = Exact({ step: Type.Integer(), practitionerId: Uuid, placeId: Nullable(Uuid), alsoIds: Type.Array(Uuid), startsAt: InstantText, endsAt: InstantText })
export const Chain = Exact({ visits: Type.Array(ProposedVisit) })
export type Chain = Static<typeof Chain>

export const orderRoutes = routeTable({
  'GET /orders': {
    permission: 'order.read',
    audit: 'none',
    summary: "The desk's list, soonest window first.",
    query: Exact({ ...PageQuery, status: Type.Optional(Choice(['open', 'booked', 'cancelled'])), branchId: Type.Optional(Uuid), patientId: Type.Optional(Uuid) }),
    status: 200,
    response: Page(Order),
  },
  'GET /orders/:id': { permission: 'order.read', audit: 'none', summary: 'One order.', params: ById, status: 200, response: Order },
  'POST /orders': {
    permission: 'order.write',
    audit: 'write',
    summary: 'What comes next: from and to dates, or `inWeeks` from today.',
    body: Exact({
      id: Uuid,
      patientId: Uuid,
      encounterId: Type.Optional(Nullable(Uuid)),
      branchId: Uuid,
      window: Type.Union([Exact({ fromDate: DateText, toDate: DateText }), Exact({ inWeeks: Type.Integer({ minimum: 0, maximum: 104 }) })]),
      noteToDesk: Type.Optional(Text(500)),
      steps: Type.Array(
        Exact({
          visitTypeId: Uuid,
          practitionerId: Type.Optional(Nullable(Uuid)),
          durationMinutes: Type.Optional(minutes),
          minGapDays: Type.Optional(gapDays),
          maxGapDays: Type.Optional(gapDays),
        }),
        { minItems: 1, maxItems: 5 },
      ),
    }),
    status: 201,
    response: Order,
    problems: ['id_taken', 'order_window_invalid', 'reference_unknown'],
  },
  'POST /orders/:id/proposals': {
    permission: 'order.book',
    audit: 'none',
    summary: 'Free chains of visits inside the window, soonest first, at most one a day at first; ask on with `fromDate`.',
    params: ById,
    body: Exact({
      fromDate: Type.Optional(DateText),
      toDate: Type.Optional(DateText),
      partOfDay: Type.Optional(Choice(['morning', 'afternoon', 'evening'])),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    }),
    status: 200,
    response: Exact({ chains: Type.Array(Chain) }),
    problems: ['order_already_booked', 'order_cancelled'],
  },
  'POST /orders/:id/booking': {
    permission: 'order.book',
    audit: 'write',
    summary: 'Book every step in one go, or none.',
    params: ById,
    body: Exact({
      version: Version,
      visits: Type.Array(
        Exact({ appointmentId: Uuid, step: Type.Integer({ minimum: 1, maximum: 5 }), practitionerId: Uuid, placeId: Type.Optional(Nullable(Uuid)), alsoIds: Type.Optional(Type.Array(Uuid, { maxItems: 4, uniqueItems: true })), startsAt: StartText }),
        { minItems: 1, maxItems: 5 },
      ),
    }),
    status: 201,
    response: Order,
    problems: ['stale_version', 'order_already_booked', 'order_cancelled', 'order_steps_missing', 'order_gap_broken', 'slot_taken', 'time_blocked', 'starts_in_the_past', 'outside_working_hours', 'not_offered_by_practitioner'],
  },
  'POST /orders/:id/cancellation': {
    permission: 'order.book',
    audit: 'write',
    summary: 'Close an order that will not be booked.',
    params: ById,
    body: Exact({ version: Version, reason: Line(300, 1) }),
    status: 201,
    response: Order,
    problems: ['stale_version', 'order_already_booked', 'order_cancelled'],
  },
})
