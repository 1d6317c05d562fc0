import { type Static, Type } from 'typebox'
import { ById, Choice, DateText, Exact, InstantText, Line, Nothing, Nullable, Uuid } from './common.ts'
import { messageChannels } from './messages.ts'
import { routeTable } from './route.ts'

const Call = Exact({ id: Uuid, outcome: Choice(['reached', 'left_word', 'no_answer', 'excused']), reason: Type.String(), byName: Type.String(), at: InstantText })

/** A visit of the day and what became of telling its patient. */
export const Accounted = Exact({
  appointmentId: Uuid,
  practitionerId: Uuid,
  visitTypeId: Uuid,
  startsAt: InstantText,
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String(), phone: Nullable(Type.String()) }),
  /** Whether the clinic gave the visit up, so that this is what the patient has to hear. */
  cancelled: Type.Boolean(),
  state: Choice(['not_reached', 'on_its_way', 'delivered', 'confirmed', 'phoned', 'excused', 'cancelled']),
  /** Of `not_reached`. */
  reason: Nullable(Choice(['failed', 'unknown', 'no_receipt', 'refused', 'no_address', 'too_late', 'not_planned'])),
  /** Of `excused`: agreed after its reminder's hour, or a person said why. */
  excuse: Nullable(Choice(['booked_late', 'by_staff', 'patient_wish'])),
  /** Of `delivered`: by which way; `voice` is a call that the system made. */
  arrivedBy: Nullable(Choice(messageChannels)),
  /** When the next word is due, of one on its way. */
  dueAt: Nullable(InstantText),
  /** Due, and neither gone nor answered for: somebody has to look why. */
  overdue: Type.Boolean(),
  calls: Type.Array(Call),
})
export type Accounted = Static<typeof Accounted>

export const DayAccount = Exact({ date: DateText, total: Type.Integer(), accounted: Type.Integer(), overdue: Type.Integer(), items: Type.Array(Accounted) })
export type DayAccount = Static<typeof DayAccount>

export const dayAccountRoutes = routeTable({
  'GET /day-accounts/:date': {
    permission: 'message.read',
    audit: 'none', // the desk's own list of whom to call; opening a record is what leaves an event
    summary: 'Every visit of a day of a branch, and what became of telling its patient; "38 of 38 accounted for".',
    params: Exact({ date: DateText }),
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: DayAccount,
  },
  'POST /appointments/:id/reminder-calls': {
    permission: 'message.send',
    audit: 'write',
    summary: 'Somebody called instead of a message, or says why nobody needs to. Holds for the start that was on screen: of another one it is refused.',
    params: ById,
    body: Exact({ id: Uuid, startsAt: InstantText, outcome: Choice(['reached', 'left_word', 'no_answer', 'excused']), reason: Type.Optional(Line(300)) }),
    status: 201,
    response: Exact({ id: Uuid }),
    problems: ['id_taken', 'stale_version', 'excuse_needs_reason'],
  },
  'DELETE /reminder-calls/:id': {
    permission: 'message.send',
    audit: 'write',
    summary: 'Take the result of a call back; the row stays, marked.',
    params: ById,
    status: 204,
    response: Nothing,
  },
})
