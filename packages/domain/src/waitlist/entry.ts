import type { PartOfDay } from '../availability/part-of-day.ts'
import type { DomainEvent } from '../events.ts'
import { Refusal } from '../refusal.ts'
import type { Instant, PlainDate } from '../time.ts'

export const urgencies = ['urgent', 'soon', 'normal'] as const
export type Urgency = (typeof urgencies)[number]

/** `booked`: a place was taken. `done`: it was settled in another way. `expired`: its last day is over. */
export type EntryStatus = 'open' | 'booked' | 'done' | 'removed' | 'expired'

/** When and with whom a patient would come. An empty list means that it does not matter. */
export interface Wishes {
  practitionerIds: readonly string[]
  /** ISO: 1 Monday, 7 Sunday. */
  weekdays: readonly number[]
  parts: readonly PartOfDay[]
  /** The last day that still helps; null is any. */
  until: PlainDate | null
}

/** One who waits, for a place or for an earlier one. */
export interface WaitlistEntry extends Wishes {
  id: string
  branchId: string
  patientId: string
  visitTypeId: string
  /** Null: as long as visits of its kind are. */
  durationMinutes: number | null
  urgency: Urgency
  note: string
  /** The visit that the patient has already: when a place is taken, it moves there. */
  appointmentId: string | null
  status: EntryStatus
  waitingSince: Instant
  version: number
}

/** Throws `waitlist_entry_closed` once it has come to its end in one way or another. */
export function checkWaiting({ status }: Pick<WaitlistEntry, 'status'>): void {
  if (status !== 'open') throw new Refusal('waitlist_entry_closed', { status })
}

/** Throws `waitlist_until_past` where the last day that would help is over. */
export function checkUntil(until: PlainDate | null, today: PlainDate): void {
  if (until !== null && isOver(until, today)) throw new Refusal('waitlist_until_past')
}

/** Whether the last day that would have helped is over. */
export const isOver = (until: PlainDate | null, today: PlainDate): boolean => until !== null && until.until(today).sign > 0

/** What happened to an entry. */
export const entryEvent = (name: 'waitlist.added' | 'waitlist.changed' | 'waitlist.closed', entry: { id: string; patientId: string; branchId: string }, details: Record<string, unknown>): DomainEvent => ({
  name,
  subject: { type: 'waitlist_entry', id: entry.id },
  patientId: entry.patientId,
  branchId: entry.branchId,
  details,
})
