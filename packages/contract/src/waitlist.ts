import { type Static, Type } from 'typebox'
import { StartText } from './appointments.ts'
import { partsOfDay } from './availability.ts'
import { ById, Choice, DateText, Exact, InstantText, Nothing, Nullable, Page, PageQuery, Text, Uuid, Version } from './common.ts'
import { routeTable } from './route.ts'

export const urgencies = ['urgent', 'soon', 'normal'] as const
export const entryStatuses = ['open', 'booked', 'done', 'removed', 'expired'] as const
export const offerStatuses = ['open', 'taken', 'declined', 'lost', 'expired', 'withdrawn'] as const
const waysToTell = ['sms', 'phone'] as const

const minutes = Type.Integer({ minimum: 5, maximum: 720 })
const Who = Exact({ id: Uuid, givenName: Type.String(), familyName: Type.String(), givenNameLatin: Type.String(), familyNameLatin: Type.String(), phone: Nullable(Type.String()) })

const wishes = {
  visitTypeId: Uuid,
  /** As long as visits of its kind are where null. */
  durationMinutes: Nullable(minutes),
  /** Whom the patient would come to; empty: anyone who does it. */
  practitionerIds: Type.Array(Uuid, { maxItems: 20, uniqueItems: true }),
  /** ISO: 1 Monday, 7 Sunday; empty: any day. */
  weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7, uniqueItems: true }),
  /** Empty: any part of the day. */
  parts: Type.Array(Choice(partsOfDay), { maxItems: 3, uniqueItems: true }),
  urgency: Choice(urgencies),
  /** The last day that still helps; after it the entry leaves the list by itself. */
  until: Nullable(DateText),
}

/** One who waits for a place, or for an earlier one than `appointment`. */
export const WaitlistEntry = Exact({
  id: Uuid,
  branchId: Uuid,
  patient: Who,
  ...wishes,
  note: Type.String(),
  /** The visit that the patient has already: it moves when a place is taken. */
  appointment: Nullable(Exact({ id: Uuid, startsAt: InstantText, practitionerId: Uuid, status: Type.String() })),
  status: Choice(entryStatuses),
  /** The visit that came of it. */
  bookedId: Nullable(Uuid),
  /** There is an offer that nobody has answered yet. */
  offered: Type.Boolean(),
  waitingSince: InstantText,
  closedAt: Nullable(InstantText),
  version: Version,
})
export type WaitlistEntry = Static<typeof WaitlistEntry>

/** One who waits and could take a place. */
export const WaitlistMatch = Exact({
  entry: WaitlistEntry,
  minutes: Type.Integer(),
  /** Why no SMS can go to the patient now; null where it can. */
  noSms: Nullable(Choice(['no_consent', 'nothing_to_send_to', 'offer_outside_sending_hours'])),
  /** This very place was offered to the patient before, and was not taken. */
  askedBefore: Type.Boolean(),
})
export type WaitlistMatch = Static<typeof WaitlistMatch>

/** A place that came free while somebody waited, and is free still. */
export const WaitlistPlace = Exact({ id: Uuid, branchId: Uuid, practitionerId: Uuid, startsAt: InstantText, endsAt: InstantText, freedAt: InstantText, fitting: Type.Integer() })
export type WaitlistPlace = Static<typeof WaitlistPlace>

/** One place offered to one who waits; those with the same `holdId` were asked together. */
export const WaitlistOffer = Exact({
  id: Uuid,
  entryId: Uuid,
  holdId: Uuid,
  branchId: Uuid,
  patient: Who,
  practitionerId: Uuid,
  visitTypeId: Uuid,
  startsAt: InstantText,
  endsAt: InstantText,
  toldBy: Choice(waysToTell),
  /** What became of the SMS; null where there is none. */
  message: Nullable(Type.String()),
  status: Choice(offerStatuses),
  expiresAt: InstantText,
  createdAt: InstantText,
  answeredAt: Nullable(InstantText),
  answeredBy: Nullable(Choice(['patient', 'desk'])),
  /** The visit that came of it. */
  bookedId: Nullable(Uuid),
})
export type WaitlistOffer = Static<typeof WaitlistOffer>

const Settings = Exact({ offerMinutes: Type.Integer(), offerNext: Type.Boolean(), version: Type.Integer({ minimum: 0 }) })

const answer = (summary: string) =>
  ({ permission: 'waitlist.offer', audit: 'write', summary, params: ById, status: 200, response: WaitlistOffer, problems: ['offer_gone', 'waitlist_entry_closed', 'slot_taken'] }) as const

export const waitlistRoutes = routeTable({
  'GET /waitlist': {
    permission: 'waitlist.read',
    audit: 'none', // wishes and phones, as the list of orders; nothing of the record
    summary: 'Who waits, the most urgent first and then who has waited longest; closed ones by when they ended, newest first.',
    query: Exact({ ...PageQuery, branchId: Type.Optional(Uuid), patientId: Type.Optional(Uuid), status: Type.Optional(Choice(entryStatuses)) }),
    status: 200,
    response: Page(WaitlistEntry),
  },
  'POST /waitlist': {
    permission: 'waitlist.write',
    audit: 'write',
    summary: 'Put a patient on the list. With `appointmentId` it is that visit which shall come earlier.',
    body: Exact({ id: Uuid, branchId: Uuid, patientId: Uuid, ...wishes, note: Type.Optional(Text(500)), appointmentId: Type.Optional(Nullable(Uuid)) }),
    status: 201,
    response: WaitlistEntry,
    problems: ['already_waiting', 'waitlist_until_past', 'appointment_is_final', 'reference_unknown', 'id_taken'],
  },
  'PATCH /waitlist/:id': {
    permission: 'waitlist.write',
    audit: 'write',
    summary: 'Change the wishes. What is not named stays.',
    params: ById,
    body: Exact({
      version: Version,
      note: Type.Optional(Text(500)),
      visitTypeId: Type.Optional(wishes.visitTypeId),
      durationMinutes: Type.Optional(wishes.durationMinutes),
      practitionerIds: Type.Optional(wishes.practitionerIds),
      weekdays: Type.Optional(wishes.weekdays),
      parts: Type.Optional(wishes.parts),
      urgency: Type.Optional(wishes.urgency),
      until: Type.Optional(wishes.until),
    }),
    status: 200,
    response: WaitlistEntry,
    problems: ['stale_version', 'waitlist_entry_closed', 'waitlist_until_past', 'reference_unknown'],
  },
  'POST /waitlist/:id/closing': {
    permission: 'waitlist.write',
    audit: 'write',
    summary: 'Off the list: settled in another way (`done`), or no longer wanted (`removed`). Its open offers are withdrawn.',
    params: ById,
    body: Exact({ version: Version, outcome: Choice(['done', 'removed']) }),
    status: 200,
    response: WaitlistEntry,
    problems: ['stale_version', 'waitlist_entry_closed'],
  },
  'POST /waitlist/:id/reopening': {
    permission: 'waitlist.write',
    audit: 'write',
    summary: 'Back on the list, where it stood.',
    params: ById,
    body: Exact({ version: Version }),
    status: 200,
    response: WaitlistEntry,
    problems: ['stale_version', 'waitlist_until_past', 'already_waiting', 'waitlist_entry_closed'],
  },
  'POST /waitlist-matches': {
    permission: 'waitlist.read',
    audit: 'none', // as GET /waitlist
    summary: 'Who of those who wait could take a place, in the order in which they should be asked.',
    body: Exact({ branchId: Uuid, practitionerId: Uuid, startsAt: StartText }),
    status: 200,
    response: Exact({ items: Type.Array(WaitlistMatch) }),
    problems: ['reference_unknown'],
  },
  'GET /waitlist-places': {
    permission: 'waitlist.read',
    audit: 'none',
    summary: 'Places that came free and that somebody on the list could take, the soonest first.',
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: Exact({ items: Type.Array(WaitlistPlace) }),
  },
  'POST /waitlist-places/:id/dismissal': {
    permission: 'waitlist.write',
    audit: 'write',
    summary: 'Leave a place empty: it is not proposed any more.',
    params: ById,
    status: 204,
    response: Nothing,
  },
  'GET /waitlist-offers': {
    permission: 'waitlist.read',
    audit: 'none',
    summary: 'Open offers, and those answered today, newest first.',
    query: Exact({ branchId: Uuid }),
    status: 200,
    response: Exact({ items: Type.Array(WaitlistOffer) }),
  },
  'POST /waitlist-offers': {
    permission: 'waitlist.offer',
    audit: 'write',
    summary: 'Offer a place to some who wait: it is held until the first of them takes it, or the time is up. The same `holdId` again answers the same offers.',
    body: Exact({
      holdId: Uuid,
      branchId: Uuid,
      practitionerId: Uuid,
      startsAt: StartText,
      offers: Type.Array(Exact({ id: Uuid, entryId: Uuid, toldBy: Choice(waysToTell) }), { minItems: 1, maxItems: 10 }),
    }),
    status: 201,
    response: Exact({ items: Type.Array(WaitlistOffer) }),
    problems: ['waitlist_entry_closed', 'slot_taken', 'slot_held', 'starts_in_the_past', 'outside_working_hours', 'not_offered_by_practitioner', 'room_kind_missing', 'no_consent', 'nothing_to_send_to', 'offer_outside_sending_hours', 'reference_unknown', 'id_taken'],
  },
  'POST /waitlist-offers/:id/acceptance': answer('The patient said yes by phone: the place is theirs.'),
  'POST /waitlist-offers/:id/decline': answer('The patient said no by phone, and stays on the list.'),
  'POST /waitlist-offers/:id/withdrawal': answer('Take the offer back. The last one that goes gives the place free.'),
  'GET /waitlist-settings': { permission: 'settings.read', audit: 'none', summary: 'How long an offer holds, and whether the next one is asked without the desk.', status: 200, response: Settings },
  'PUT /waitlist-settings': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change them. `version` is that of what it replaces, 0 where nothing was set yet.',
    body: Exact({ version: Type.Integer({ minimum: 0 }), offerMinutes: Type.Integer({ minimum: 5, maximum: 240 }), offerNext: Type.Boolean() }),
    status: 200,
    response: Settings,
    problems: ['stale_version'],
  },
})
