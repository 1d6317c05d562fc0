import { type Static, Type } from 'typebox'
import { holidays } from '@yoman/domain/calendar/israel'
import { Choice, DateText, Exact, InstantText, Nullable, Uuid } from './common.ts'
import { messageChannels } from './messages.ts'
import { routeTable } from './route.ts'

const Count = Type.Integer({ minimum: 0 })

/** A day on which messages leave, or do not. */
const ForecastDay = Exact({
  date: DateText,
  closed: Nullable(Choice(['sabbath', 'holiday', 'eve'])),
  holiday: Nullable(Choice(holidays)),
  leaves: Count,
  gone: Count,
  /** Of those that leave: at another time than their rule's, because that is closed. */
  moved: Count,
  /** Whose patient will hear nothing of it. */
  silent: Count,
})

export const Foreseen = Exact({
  id: Uuid,
  appointmentId: Uuid,
  practitionerId: Uuid,
  startsAt: InstantText,
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() }),
  channel: Choice(messageChannels),
  dueAt: InstantText,
  fate: Choice(['leaves', 'gone', 'skipped', 'no_address', 'refused']),
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
    response: Exact({ days: Type.Array(ForecastDay), unplanned: Count }),
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
