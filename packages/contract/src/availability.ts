import { type Static, Type } from 'typebox'
import { Choice, DateText, Exact, InstantText, Nullable, Uuid } from './common.ts'
import { routeTable } from './route.ts'

/** Morning until noon, afternoon until 16:00, evening from 16:00, on the branch's wall clock. */
export const partsOfDay = ['morning', 'afternoon', 'evening'] as const

/** A start that is free for everyone it needs. `placeId` is the room, chair or device that would be used, `alsoIds` who and what its further needs would get. */
const Slot = Exact({ startsAt: InstantText, endsAt: InstantText, practitionerId: Uuid, placeId: Nullable(Uuid), alsoIds: Type.Array(Uuid) })
export type Slot = Static<typeof Slot>

export const FreeSlots = Exact({
  timeZone: Type.String(),
  days: Type.Array(Exact({ date: DateText, slots: Type.Array(Slot) })),
  /** The date to ask on from, where `limit` cut the answer short at the end of a day or the days ran out. */
  nextFromDate: DateText,
})
export type FreeSlots = Static<typeof FreeSlots>

export const availabilityRoutes = routeTable({
  'POST /slot-searches': {
    permission: 'diary.read',
    audit: 'none',
    summary: 'Free starts for a kind of visit, soonest first, by day.',
    body: Exact({
      branchId: Uuid,
      visitTypeId: Uuid,
      /** Whoever does this kind of visit, where unset. */
      practitionerId: Type.Optional(Nullable(Uuid)),
      fromDate: DateText,
      /** 14 where unset. */
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 62 })),
      partOfDay: Type.Optional(Nullable(Choice(partsOfDay))),
      durationMinutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 720 })),
      stepMinutes: Type.Optional(Type.Union([Type.Literal(5), Type.Literal(10), Type.Literal(15), Type.Literal(30)])),
      /** A bound for the number of slots; the day that reaches it is still complete. */
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      /** At most so many of each day, the earliest: 1 is the first opening of every day. */
      perDay: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      /** This appointment's own place counts as free: it is about to be moved. */
      movingId: Type.Optional(Uuid),
    }),
    status: 200,
    response: FreeSlots,
    problems: ['reference_unknown'],
  },
})
