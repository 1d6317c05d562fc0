import { type Instant, addMinutes, isBefore } from '../time.ts'
import type { ReminderChannel } from './rules.ts'

/**
 * What became of a visit ahead: the patient knows of it (`confirmed`, `delivered`, `phoned`), will not come (`cancelled`), needs no
 * word (`excused`); or it is open: a word is `on_its_way`, or nobody was reached (`not_reached`) and somebody calls.
 */
export const accountStates = ['not_reached', 'on_its_way', 'delivered', 'confirmed', 'phoned', 'excused', 'cancelled'] as const
export type AccountState = (typeof accountStates)[number]

/** Why nobody was reached. `no_receipt`: the network took it and never said that it arrived. */
export const accountReasons = ['failed', 'unknown', 'no_receipt', 'refused', 'no_address', 'too_late', 'not_planned'] as const
export type AccountReason = (typeof accountReasons)[number]

export const callOutcomes = ['reached', 'left_word', 'no_answer', 'excused'] as const
export type CallOutcome = (typeof callOutcomes)[number]

/** What is known of one visit and what was said of its present start: that it is, or, of a cancelled one, that it is not any more. A notice tells of a booking, a move or a cancellation. */
export interface Accountable {
  status: string
  /** Whose wish a cancellation was; whoever did not wish it has to hear of it. */
  cancelledBy: 'patient' | 'clinic' | 'moved' | 'other' | null
  reminders: readonly { state: 'planned' | 'queued' | 'done' | 'skipped'; skipReason: string | null; dueAt: Instant }[]
  /** `heldSince`: when it was to leave, of one that was put off since. */
  messages: readonly { kind: 'reminder' | 'notice'; state: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped'; channel: ReminderChannel; notBefore: Instant; heldSince: Instant | null; sentAt: Instant | null }[]
  /** Whether they were told of a time at which it is not any more: then nothing but a word of the new one excuses. */
  toldOfAnotherStart: boolean
  /** Calls that stand, oldest first. */
  calls: readonly { outcome: CallOutcome }[]
}

export interface Account {
  state: AccountState
  /** Of `not_reached`. */
  reason: AccountReason | null
  /** Of `excused`: `booked_late` where the visit was agreed after its reminder's hour, so that the patient has just heard of it; `patient_wish` where the patient wants no reminders. */
  excuse: 'booked_late' | 'by_staff' | 'patient_wish' | null
  /** Of `delivered`: by which way it arrived; a call is the system's own. */
  arrivedBy: ReminderChannel | null
  /** When the next word is due, of one on its way. */
  dueAt: Instant | null
  /** It should have left, or been answered by the provider, and has not: somebody has to look why. */
  overdue: boolean
}

/** A word that is due leaves within this many minutes, or the alarm is raised: three sweeps and a slow provider. */
export const lateAfterMinutes = 15
/** A receipt that has not come within two hours seldom comes: Israeli networks answer within minutes, a phone that is off within the day. */
export const receiptWithinMinutes = 120

/** The account of one visit at the moment `now`: the best that is true of it, in the order of what a clinic may rely on. */
export function accountOf(visit: Accountable, now: Instant): Account {
  if (visit.status === 'cancelled') return cancelledAccount({ ...visit, reminders: [] }, now)
  if (visit.status !== 'booked') return settled('confirmed')
  if (visit.calls.some(({ outcome }) => outcome === 'reached')) return settled('phoned')
  if (visit.calls.some(({ outcome }) => outcome === 'excused')) return { ...settled('excused'), excuse: 'by_staff' }
  const { messages } = visit
  const reminders = messages.filter(({ kind }) => kind === 'reminder')
  const heard = reminders.find(arrived)
  if (heard) return { ...settled('delivered'), arrivedBy: heard.channel }
  // That the time was told once, weeks ago perhaps, does not make up for a reminder that failed or is late.
  const told = reminders.length === 0 ? messages.find(arrived) : undefined
  return onItsWay(visit, now) ?? (told ? { ...settled('delivered'), arrivedBy: told.channel } : silent(visit))
}

// What was planned to be said of it is of no use any more.
const cancelledAccount = (visit: Accountable, now: Instant): Account =>
  visit.cancelledBy === 'patient' || isTold(visit) ? settled('cancelled') : (onItsWay(visit, now) ?? silent(visit))

/** Whether nothing is left to do for it. */
export const isAccounted = (state: AccountState): boolean => state !== 'not_reached' && state !== 'on_its_way'

const isTold = ({ messages, calls }: Accountable): boolean => messages.some(arrived) || calls.some(({ outcome }) => outcome === 'reached' || outcome === 'excused')

// A mail server tells of failures and never of arrivals: what it took counts.
const arrived = ({ state, channel }: Accountable['messages'][number]): boolean => state === 'delivered' || (state === 'sent' && channel === 'email')

function onItsWay({ reminders, messages }: Accountable, now: Instant): Account | null {
  const waiting = [
    ...reminders.filter(({ state }) => state === 'planned').map(({ dueAt }) => ({ dueAt, until: addMinutes(dueAt, lateAfterMinutes) })),
    ...messages.filter(({ state }) => state === 'queued' || state === 'sending' || state === 'unknown').map(({ notBefore, heldSince }) => ({ dueAt: notBefore, until: addMinutes(heldSince ?? notBefore, lateAfterMinutes) })),
  ]
  const carried = messages.filter(({ state, channel, sentAt }) => state === 'sent' && channel !== 'email' && sentAt !== null && isBefore(now, addMinutes(sentAt, receiptWithinMinutes)))
  if (waiting.length === 0 && carried.length === 0) return null
  const first = waiting.map(({ dueAt }) => dueAt).sort((a, b) => a.epochMilliseconds - b.epochMilliseconds)[0] ?? null
  return { state: 'on_its_way', reason: null, excuse: null, arrivedBy: null, dueAt: first, overdue: waiting.some(({ until }) => isBefore(until, now)) }
}

function silent({ reminders, messages, toldOfAnotherStart }: Accountable): Account {
  const skipped = reminders.filter(({ state, skipReason }) => state === 'skipped' && skipReason !== 'rule_off').map(({ skipReason }) => skipReason)
  if (messages.length === 0 && !toldOfAnotherStart && skipped.length > 0 && skipped.every((reason) => reason === 'already_past')) return { ...settled('excused'), excuse: 'booked_late' }
  if (messages.length === 0 && skipped.length > 0 && skipped.every((reason) => reason === 'patient_wish')) return { ...settled('excused'), excuse: 'patient_wish' }
  return { state: 'not_reached', reason: reasonOf(messages.map(({ state }) => state), skipped), excuse: null, arrivedBy: null, dueAt: null, overdue: false }
}

function reasonOf(messages: readonly string[], skipped: readonly (string | null)[]): AccountReason {
  if (messages.includes('failed')) return 'failed'
  if (messages.includes('sent')) return 'no_receipt'
  if (skipped.includes('no_consent')) return 'refused'
  if (skipped.includes('nothing_to_send_to') || skipped.includes('channel_off')) return 'no_address'
  return skipped.length > 0 || messages.length > 0 ? 'too_late' : 'not_planned'
}

const settled = (state: AccountState): Account => ({ state, reason: null, excuse: null, arrivedBy: null, dueAt: null, overdue: false })
