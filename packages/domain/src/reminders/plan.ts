import { type Instant, type PlainDate, type PlainTime, addMinutes, atWallTime, dateIn, isAfter, isBefore } from '../time.ts'
import { type ReminderChannel, type ReminderRule, type ReminderWish, rulesFor } from './rules.ts'
import { type Closed, type SendingHours, closedFor, firstMomentFrom, hoursFor, lastMomentUntil } from './sending-hours.ts'

/** What reminders need to know of an appointment. */
export interface RemindedAppointment {
  branchId: string
  visitTypeId: string
  startsAt: Instant
  status: string
}

/**
 * Why a reminder will not go out:
 * `already_past` its time was over when the visit was booked; `too_late` it would leave the patient too little time;
 * `rule_came_late` its time was over when the rule came, for a visit that was booked before;
 * `merged` the rest days moved it onto a day that has a reminder already; `closed` no sending hour was found;
 * `patient_wish` the patient wants none.
 */
export type PlanSkip = 'already_past' | 'rule_came_late' | 'too_late' | 'merged' | 'closed' | 'patient_wish'

export interface PlannedReminder {
  ruleId: string
  channel: ReminderChannel
  /** When it leaves; of a skipped one, when it would have left. */
  dueAt: Instant
  skip: PlanSkip | null
  /** What was in the way of its rule's own time, where it leaves at another one. */
  movedFor: Closed | null
}

/** A plan that is made anew because a rule changed: what is past is so by the rule's fault, and not because the patient booked late. */
export const afterRuleChange = (planned: readonly PlannedReminder[]): PlannedReminder[] =>
  planned.map((one) => (one.skip === 'already_past' ? { ...one, skip: 'rule_came_late' } : one))

/** A reminder later than this before the visit only disturbs: the patient is on the way, or cannot come any more. */
export const minimumNoticeMinutes = 60

/** The moment after which a reminder of a visit is not sent any more. */
export const reminderUsefulUntil = (startsAt: Instant): Instant => addMinutes(startsAt, -minimumNoticeMinutes)

/** Whether a visit in this status is still to come, so that reminding of it makes sense. */
export const isReminded = (status: string): boolean => status === 'booked' || status === 'confirmed'

/**
 * All reminders of an appointment, each rule that holds for it (`rulesFor`) once, in the order in which they leave. Rules speak of the wall clock, so a
 * day before is a calendar day, also over a clock change; an hour that spring skips is shifted on. A reminder that would
 * fall into rest or quiet hours moves by the clinic's policy; one that cannot go out any more is kept with the reason,
 * so that nobody has to guess why a patient heard nothing.
 */
export function planReminders(appointment: RemindedAppointment, rules: readonly ReminderRule[], hours: SendingHours, now: Instant, wish: ReminderWish | null = null): PlannedReminder[] {
  if (!isReminded(appointment.status)) return []
  const planned = rulesFor(appointment, rules, wish)
    .map((rule) => ({ rule, ...placeReminder(rule, appointment.startsAt, hoursFor(rule.channel, hours), now) }))
    .sort((a, b) => a.dueAt.epochMilliseconds - b.dueAt.epochMilliseconds || Number(isMoved(a)) - Number(isMoved(b)) || (a.rule.id < b.rule.id ? -1 : 1))
  return planned.map(({ rule, dueAt, skip, movedFor }, index) => {
    const crowded = movedFor !== null && planned.some((other, at) => at !== index && sameDay(hours.zone, other, { rule, dueAt }) && (!isMoved(other) || at < index))
    return { ruleId: rule.id, channel: rule.channel, dueAt, skip: wish?.reminders === 'none' ? 'patient_wish' : (skip ?? (crowded ? 'merged' : null)), movedFor }
  })
}

interface Placed {
  dueAt: Instant
  skip: PlanSkip | null
  movedFor: Closed | null
}

const isMoved = ({ movedFor }: Placed): boolean => movedFor !== null

function placeReminder(rule: ReminderRule, startsAt: Instant, hours: SendingHours, now: Instant): Placed {
  const date = dateIn(hours.zone, startsAt).subtract({ days: rule.daysBefore })
  const wanted = atWallTime(hours.zone, date, rule.atTime)
  const latest = reminderUsefulUntil(startsAt)
  if (isAfter(wanted, latest)) return { dueAt: wanted, skip: 'too_late', movedFor: null }
  if (isBefore(wanted, now)) return { dueAt: wanted, skip: 'already_past', movedFor: null }
  const movedFor = closedFor(hours, wanted)
  if (movedFor === null) return { dueAt: wanted, skip: null, movedFor }

  const moves = movesOf(hours, date, rule.atTime)
  const dueAt = moves.find((move) => !isBefore(move, now) && !isAfter(move, latest))
  if (dueAt) return { dueAt, skip: null, movedFor }
  const first = moves[0]
  if (!first) return { dueAt: wanted, skip: 'closed', movedFor }
  return { dueAt: first, skip: isBefore(first, now) ? 'already_past' : 'too_late', movedFor }
}

/** Where a reminder may move to, the clinic's policy first; the other way helps where that one is past or too late. */
function movesOf(hours: SendingHours, date: PlainDate, time: PlainTime): Instant[] {
  const back = lastMomentUntil(hours, date, time)
  const forward = firstMomentFrom(hours, date, time)
  return (hours.sabbathPolicy === 'back' ? [back, forward] : [forward, back]).filter((move) => move !== null)
}

const sameDay = (zone: string, other: { rule: ReminderRule; dueAt: Instant; skip: PlanSkip | null }, one: { rule: ReminderRule; dueAt: Instant }): boolean =>
  other.skip === null && other.rule.channel === one.rule.channel && dateIn(zone, other.dueAt).equals(dateIn(zone, one.dueAt))
