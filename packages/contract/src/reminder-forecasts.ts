import { type Static, Type } from 'typebox'
import { holidays } from '@yoman/domain/calendar/israel'
import { Choice, DateText, Exact, InstantText, Nullable, Uuid } from './common.ts'
import { messageChannels } from './messages.ts'
import { ruleFields } from './reminders.ts'
import { routeTable } from './route.ts'

const Count = Type.Integer({ minimum: 0 })

/** A day on which messages leave, or do not. */
const dayFields = {
  date: DateText,
  closed: Nullable(Choice(['sabbath', 'holiday', 'eve'])),
  holiday: Nullable(Choice(holidays)),
  /** The clocks go forward or back that night. */
  clockChange: Nullable(Choice(['forward', 'back'])),
  leaves: Count,
  gone: Count,
  /** Of those that leave: at another time than their rule's, because that is closed. */
  moved: Count,
  /** Whose patient will hear nothing of it. */
  silent: Count,
}
const ForecastDay = Exact(dayFields)

const Named = Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() })

const Outlook = Exact({
  /** Messages that leave in the fortnight, and how many of them at another time than their rule's. */
  leaves: Count,
  moved: Count,
  /** Patients with a visit in the fortnight who will hear nothing of it, though they do not wish for that. */
  silentPatients: Count,
  /** Of the SMS, in agorot; null where the clinic did not say what a part costs. */
  cost: Nullable(Count),
  /** Those that go by WhatsApp, whose price depends on its operator and is in no cost of ours. */
  whatsapp: Count,
  /** Those that are calls, and what they cost in agorot; null where the clinic did not say what a call costs. */
  calls: Count,
  callCost: Nullable(Count),
})

export const Foreseen = Exact({
  id: Uuid,
  appointmentId: Uuid,
  practitionerId: Uuid,
  startsAt: InstantText,
  patient: Named,
  channel: Choice(messageChannels),
  dueAt: InstantText,
  fate: Choice(['leaves', 'gone', 'skipped', 'no_address', 'refused', 'channel_off']),
  /** Of `skipped`. */
  skipReason: Nullable(Type.String()),
  movedFor: Nullable(Choice(['sabbath', 'holiday', 'eve', 'night'])),
})
export type Foreseen = Static<typeof Foreseen>

export const reminderForecastRoutes = routeTable({
  'GET /reminder-forecasts': {
    permission: 'message.read',
    audit: 'none', // numbers
    summary: 'What the next 14 days will send from a branch, by day, as things stand; and how many of its visits have no reminder at all.',
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: Exact({ days: Type.Array(ForecastDay), unplanned: Count, silentPatients: Type.Array(Named) }),
  },
  'POST /reminder-forecasts': {
    permission: 'message.read',
    audit: 'none', // nothing is written, and it names whom the forecast names
    summary: 'The next 14 days of a branch as they stand, and as they would be by a rule that is new or changed; nothing is written.',
    body: Exact({ branchId: Uuid, rule: Exact({ id: Uuid, ...ruleFields }) }),
    status: 200,
    response: Exact({ now: Outlook, then: Outlook, days: Type.Array(Exact({ ...dayFields, leavesNow: Count })), silentPatients: Type.Array(Named) }),
    problems: ['reference_unknown'],
  },
  'GET /reminder-forecasts/:date': {
    permission: 'message.read',
    audit: 'none', // as the lists of messages
    summary: 'Every reminder that is due on a day: to whom, when, and why it moved or will not leave.',
    params: Exact({ date: DateText }),
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: Exact({ items: Type.Array(Foreseen) }),
  },
})
