import { type Instant, type PlainDate, type PlainTime, addMinutes, atWallTime, dateIn, isAfter, isBefore } from '../time.ts'
import { type SendingHours, firstMomentFrom, lastMomentUntil, maySendAt } from './sending-hours.ts'

export type ReminderChannel = 'sms' | 'email'

/** "So many days before the visit, at this time of the branch's wall clock." */
export interface ReminderRule {
  id: string
  /** Null holds for every branch. */
  branchId: string | null
  daysBefore: number
  atTime: PlainTime
  channel: ReminderChannel
  active: boolean
}

/** What reminders need to know of an appointment. */
export interface RemindedAppointment {
  branchId: string
  startsAt: Instant
  status: string
}

/**
 * Why a reminder will not go out:
 * `already_past` its time was over when the visit was booked; `too_late` it would leave the patient too little time;
 * `merged` the rest days moved it onto a day that has a reminder already; `closed` no sending hour was found.
 */
export type PlanSkip = 'already_past' | 'too_late' | 'merged' | 'closed'

export interface PlannedReminder {
  ruleId: string
  channel: ReminderChannel
  /** When it leaves; of a skipped one, when it would have left. */
  dueAt: Instant
  skip: PlanSkip | null
}

/** A reminder later than this before the visit only disturbs: the patient is on the way, or cannot come any more. */
export const minimumNoticeMinutes = 60

/** The moment after which a reminder of a visit is not sent any more. */
export const reminderUsefulUntil = (startsAt: Instant): Instant => addMinutes(startsAt, -minimumNoticeMinutes)

/** Whether a visit in this status is still to come, so that reminding of it makes sense. */
export const isReminded = (status: string): boolean => status === 'booked' || status === 'confirmed'

/**
 * All reminders of an appointment, each rule of its branch once, in the order in which they leave. Rules speak of the wall clock, so a
 * day before is a calendar day, also over a clock change; an hour that spring skips is shifted on. A reminder that would
 * fall into rest or quiet hours moves by the clinic's policy; one that cannot go out any more is kept with the reason,
 * so that nobody has to guess why a patient heard nothing.
 */
export function planReminders(appointment: RemindedAppointment, rules: readonly ReminderRule[], hours: SendingHours, now: Instant): PlannedReminder[] {
  if (!isReminded(appointment.status)) return []
  const planned = rules
    .filter((rule) => rule.active && (rule.branchId === null || rule.branchId === appointment.branchId))
    .map((rule) => ({ rule, ...placeReminder(rule, appointment.startsAt, hours, now) }))
    .sort((a, b) => a.dueAt.epochMilliseconds - b.dueAt.epochMilliseconds || Number(a.moved) - Number(b.moved) || (a.rule.id < b.rule.id ? -1 : 1))
  return planned.map(({ rule, dueAt, skip, moved }, index) => {
    const crowded = moved && planned.some((other, at) => at !== index && sameDay(hours.zone, other, { rule, dueAt }) && (!other.moved || at < index))
    return { ruleId: rule.id, channel: rule.channel, dueAt, skip: skip ?? (crowded ? 'merged' : null) }
  })
}

interface Placed {
  dueAt: Instant
  skip: PlanSkip | null
  moved: boolean
}

function placeReminder(rule: ReminderRule, startsAt: Instant, hours: SendingHours, now: Instant): Placed {
  const date = dateIn(hours.zone, startsAt).subtract({ days: rule.daysBefore })
  const wanted = atWallTime(hours.zone, date, rule.atTime)
  const latest = reminderUsefulUntil(startsAt)
  if (isAfter(wanted, latest)) return { dueAt: wanted, skip: 'too_late', moved: false }
  if (isBefore(wanted, now)) return { dueAt: wanted, skip: 'already_past', moved: false }
  if (maySendAt(hours, wanted)) return { dueAt: wanted, skip: null, moved: false }

  const moves = movesOf(hours, date, rule.atTime)
  const dueAt = moves.find((move) => !isBefore(move, now) && !isAfter(move, latest))
  if (dueAt) return { dueAt, skip: null, moved: true }
  const first = moves[0]
  if (!first) return { dueAt: wanted, skip: 'closed', moved: false }
  return { dueAt: first, skip: isBefore(first, now) ? 'already_past' : 'too_late', moved: true }
}

/** Where a reminder may move to, the clinic's policy first; the other way helps where that one is past or too late. */
function movesOf(hours: SendingHours, date: PlainDate, time: PlainTime): Instant[] {
  const back = lastMomentUntil(hours, date, time)
  const forward = firstMomentFrom(hours, date, time)
  return (hours.sabbathPolicy === 'back' ? [back, forward] : [forward, back]).filter((move) => move !== null)
}

const sameDay = (zone: string, other: { rule: ReminderRule; dueAt: Instant; skip: PlanSkip | null }, one: { rule: ReminderRule; dueAt: Instant }): boolean =>
  other.skip === null && other.rule.channel === one.rule.channel && dateIn(zone, other.dueAt).equals(dateIn(zone, one.dueAt))
