import type { Slot } from '@yoman/contract/availability'
import { instant, minutesBetween } from '@yoman/domain/time'
import { minuteOf } from './day-minutes.ts'
import type { Place } from './grid/grid-model.ts'

/** Where a free slot of `date` lies on the grid. */
export function placeOfSlot(slot: Slot, date: string, zone: string): Place & { date: string } {
  const start = minuteOf(slot.startsAt, zone, date)
  return { date, columnId: slot.practitionerId, start, end: start + minutesBetween(instant(slot.startsAt), instant(slot.endsAt)) }
}
