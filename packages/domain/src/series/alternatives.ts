import { type LocalDay, localDay } from '../availability/local-day.ts'
import type { OpenSlot } from '../availability/open-slots.ts'
import { dateIn, instantFromMs, plainDate } from '../time.ts'

export type AlternativeKind = 'same_day' | 'other_day' | 'other_person'

export interface Alternative extends OpenSlot {
  kind: AlternativeKind
}

/** What was wished for: minutes since 1970, and by whom. */
export interface Wished {
  start: number
  practitionerId: string
}

/** The free slots of one day of the branch. */
export interface DaySlots {
  /** ISO date. */
  date: string
  slots: readonly OpenSlot[]
}

const most: Record<AlternativeKind, number> = { same_day: 2, other_day: 3, other_person: 2 }
const kinds: readonly AlternativeKind[] = ['same_day', 'other_day', 'other_person']

/**
 * Free times that come nearest to a wish: the same day at another hour, the days around it at the nearest hour, the same day with
 * another person. Within a kind the nearest first; one time at most of another day or another person.
 */
export function alternatives(wished: Wished, days: readonly DaySlots[], zone: string): Alternative[] {
  const placed = placeAll(wished, days, zone).sort((a, b) => a.days - b.days || a.minutes - b.minutes || a.slot.start - b.slot.start)
  return kinds.flatMap((kind) => {
    const seen = new Set<string>()
    const chosen = placed.filter((one) => one.kind === kind && (kind === 'same_day' || isFirst(seen, `${one.slot.practitionerId} ${one.days} ${one.slot.start < wished.start}`)))
    return chosen.slice(0, most[kind]).map(({ slot }) => ({ ...slot, kind }))
  })
}

/** The one free time that comes nearest to a wish with the same person, a day further being as bad as two hours; null where none is free. */
export function nearest(wished: Wished, days: readonly DaySlots[], zone: string): OpenSlot | null {
  const own = placeAll(wished, days, zone).filter(({ kind }) => kind === 'same_day' || kind === 'other_day')
  const cost = (one: Placed): number => one.days * 120 + one.minutes
  return own.reduce<Placed | null>((best, one) => (best === null || cost(one) < cost(best) ? one : best), null)?.slot ?? null
}

interface Placed {
  slot: OpenSlot
  kind: AlternativeKind | null
  /** Distance from the wish: calendar days, and minutes of the wall clock. */
  days: number
  minutes: number
}

function placeAll({ start, practitionerId }: Wished, found: readonly DaySlots[], zone: string): Placed[] {
  const wishedOn = dateIn(zone, instantFromMs(start * 60_000))
  const wishedAt = wallMinute(localDay(zone, wishedOn), start)
  return found.flatMap(({ date, slots }) => {
    const day = localDay(zone, plainDate(date))
    const days = Math.abs(wishedOn.until(plainDate(date)).days)
    return slots.map((slot) => {
      const samePerson = slot.practitionerId === practitionerId
      const kind = days === 0 ? (samePerson ? 'same_day' : 'other_person') : samePerson ? 'other_day' : null
      return { slot, kind, days, minutes: Math.abs(wallMinute(day, slot.start) - wishedAt) }
    })
  })
}

/** The minute of the wall clock; a clock change between midnight and it is taken out again. */
function wallMinute(day: LocalDay, minute: number): number {
  const passed = minute - day.span.from
  return passed + (minute - day.at(passed))
}

function isFirst(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false
  seen.add(key)
  return true
}
