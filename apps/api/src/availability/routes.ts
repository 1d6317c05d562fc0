import type { availabilityRoutes } from '@yoman/contract/availability'
import { instantFromMs, plainDate } from '@yoman/domain/time'
import { findSlots } from '@yoman/use-cases/availability/find-slots'
import type { Handlers } from '../http/handler.ts'

const iso = (minute: number): string => instantFromMs(minute * 60_000).toString()

export const availabilityHandlers = {
  'POST /slot-searches': async (ctx, { body }) => {
    const fromDate = plainDate(body.fromDate)
    const found = await findSlots(ctx, {
      branchId: body.branchId,
      visitTypeId: body.visitTypeId,
      practitionerId: body.practitionerId ?? null,
      fromDate,
      days: body.days ?? 14,
      partOfDay: body.partOfDay ?? null,
      durationMinutes: body.durationMinutes ?? null,
      stepMinutes: body.stepMinutes ?? 15,
      limit: body.limit ?? 120,
      perDay: body.perDay ?? Infinity,
      movingId: body.movingId ?? null,
    })
    return {
      timeZone: found.zone,
      days: found.days
        .filter((day) => day.slots.length > 0)
        .map(({ date, slots }) => ({
          date,
          slots: slots.map(({ start, practitionerId, placeId, alsoIds }) => ({ startsAt: iso(start), endsAt: iso(start + found.durationMinutes), practitionerId, placeId, alsoIds: [...alsoIds] })),
        })),
      nextFromDate: fromDate.add({ days: found.days.length }).toString(),
    }
  },
} satisfies Handlers<keyof typeof availabilityRoutes>
