import type { FreeSlots, Slot } from '@yoman/contract/availability'
import { instant } from '@yoman/domain/time'

/**
 * What to offer instead of a place that is taken: the same time with the same person in another room, the nearest times with the
 * same person, and the same time with somebody else; at most `most`, each once.
 */
export function nearest(days: FreeSlots['days'], wished: { startsAt: string; practitionerId: string }, most: number): Slot[] {
  const at = instant(wished.startsAt).epochMilliseconds
  const away = (slot: Slot): number => Math.abs(instant(slot.startsAt).epochMilliseconds - at)
  const all = days.flatMap(({ slots }) => slots)
  const own = all.filter(({ practitionerId }) => practitionerId === wished.practitionerId).sort((a, b) => away(a) - away(b))
  const others = all.filter((slot) => slot.practitionerId !== wished.practitionerId && away(slot) === 0)
  return [...own.slice(0, others.length > 0 ? most - 1 : most), ...others].slice(0, most)
}
