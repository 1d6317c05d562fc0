import type { FreeSlots, Slot } from '@yoman/contract/availability'
import { instant } from '@yoman/domain/time'

const apartMs = 15 * 60_000

/**
 * What to offer instead of a place that is taken: the same time with the same person in another room, the nearest times with the
 * same person, a quarter of an hour or more apart, and the same time with somebody else; at most `most`.
 */
export function nearest(days: FreeSlots['days'], wished: { startsAt: string; practitionerId: string }, most: number): Slot[] {
  const at = instant(wished.startsAt).epochMilliseconds
  const away = (slot: Slot): number => Math.abs(instant(slot.startsAt).epochMilliseconds - at)
  const all = days.flatMap(({ slots }) => slots)
  const own = all.filter(({ practitionerId }) => practitionerId === wished.practitionerId).sort((a, b) => away(a) - away(b))
  const spread = own.reduce<Slot[]>((kept, slot) => (kept.every((one) => Math.abs(instant(one.startsAt).epochMilliseconds - instant(slot.startsAt).epochMilliseconds) >= apartMs) ? [...kept, slot] : kept), [])
  const others = all.filter((slot) => slot.practitionerId !== wished.practitionerId && away(slot) === 0)
  return [...spread.slice(0, others.length > 0 ? most - 1 : most), ...others].slice(0, most)
}
