import { type Static, Type } from 'typebox'
import { screenNames } from '@yoman/domain/flow/flow'
import { Agorot, ById, Choice, DateText, Exact, InstantText, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

const limits = {
  /** From this minute on a wait is too long. */
  waitingMinutes: Type.Integer({ minimum: 5, maximum: 180 }),
  /** From this minute after the start on, who has not come is late. */
  lateMinutes: Type.Integer({ minimum: 1, maximum: 120 }),
  /** What the screen of the waiting room shows of a patient: a number of the day, initials, or the first name. */
  screenNames: Choice(screenNames),
}

/** How the waiting room of a branch is run. */
export const FlowSetting = Exact({ branchId: Uuid, ...limits, version: Version })
export type FlowSetting = Static<typeof FlowSetting>

/** A visit that is over, costs something, and for which nothing was paid. */
export const UnpaidVisit = Exact({
  appointmentId: Uuid,
  practitionerId: Uuid,
  startsAt: InstantText,
  patient: Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String() }),
  totalAgorot: Agorot,
})
export type UnpaidVisit = Static<typeof UnpaidVisit>

export const flowRoutes = routeTable({
  'GET /flow-settings': {
    permission: 'settings.read',
    audit: 'none',
    summary: 'How long is too long and what the screen shows, of every branch.',
    status: 200,
    response: Exact({ items: Type.Array(FlowSetting) }),
  },
  'PUT /branches/:id/flow-settings': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change them for one branch.',
    params: ById,
    body: Exact({ version: Version, ...limits }),
    status: 200,
    response: FlowSetting,
    problems: ['stale_version'],
  },
  'GET /unpaid-visits': {
    permission: 'invoice.read',
    audit: 'none', // names and sums of the till's own list; opening the bill or the record is what leaves an event
    summary: 'Who left without paying on one day of a branch: visits that are over and for which nothing was paid.',
    query: Exact({ branchId: Uuid, date: DateText }),
    status: 200,
    response: Exact({ items: Type.Array(UnpaidVisit) }),
  },
})
