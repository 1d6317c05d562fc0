import type { Tx } from '@yoman/db/database'
import { type SendingSetting, takeAllowance, zoneOfClinic } from '@yoman/db/messages/sending'
import type { MessageRow } from '@yoman/db/messages/queries'
import { type SendingHours, firstMomentFrom } from '@yoman/domain/reminders/sending-hours'
import { type Instant, dateIn, dayPeriod, isAfter, timeIn } from '@yoman/domain/time'

/** So long until a message above the ceiling is looked at again: an owner who raises it is heard within the quarter of an hour. */
const ceilingLookMinutes = 15

/** What somebody waits for, or must hear before they set out, goes before any number of reminders. */
const urgentKinds: readonly MessageRow['kind'][] = ['reply', 'offer', 'booked', 'moved', 'cancelled', 'series_changed', 'series_cancelled']

export interface Held {
  code: 'daily_ceiling' | 'pace'
  /** The next look. */
  until: Instant
  /** When it may leave at the earliest, unless somebody raises the limit. */
  opensAt: Instant
}

/**
 * Takes the price of a text message from what the clinic may send today and in this minute; replies and news of a change pass the
 * pace. Null: it may leave. Else what is in the way: it waits, counts as late as any other that does not leave, and is given up
 * only where waiting leads nowhere (`leavesInTime`).
 */
export async function waitForAllowance(tx: Tx, { smsADay, smsAMinute }: SendingSetting, kind: MessageRow['kind'], parts: number, now: Instant): Promise<Held | null> {
  if (smsADay === null && smsAMinute === null) return null
  const zone = await zoneOfClinic(tx)
  const day = dateIn(zone, now)
  const today = dayPeriod(zone, day)
  const minute = now.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  const hindrance = await takeAllowance(tx, { day, dayStart: today.start, minute, parts, mostADay: smsADay, mostAMinute: urgentKinds.includes(kind) ? null : smsAMinute })
  if (hindrance === 'taken') return null
  const next = minute.add({ minutes: 1 })
  return hindrance === 'pace' ? { code: 'pace', until: next, opensAt: next } : { code: 'daily_ceiling', until: now.add({ minutes: ceilingLookMinutes }), opensAt: today.end }
}

/** Whether what is held can still leave while it is of use. @param hours null where it may leave at any. @param usefulUntil null: for ever. */
export function leavesInTime({ opensAt }: Held, hours: SendingHours | null, usefulUntil: Instant | null): boolean {
  if (usefulUntil === null) return true
  const leaves = hours === null ? opensAt : firstMomentFrom(hours, dateIn(hours.zone, opensAt), timeIn(hours.zone, opensAt))
  return leaves !== null && !isAfter(leaves, usefulUntil)
}
