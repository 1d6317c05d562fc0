import { Refusal } from '../refusal.ts'
import { type Instant, dateIn, isBefore, timeIn } from '../time.ts'
import { type SendingHours, firstMomentFrom, maySendAt } from '../reminders/sending-hours.ts'

/** `open`: somebody waits for a word of ours; `answered`: they had it; `closed`: nothing is left to say. What comes in opens it again. */
export const conversationStatuses = ['open', 'answered', 'closed'] as const
export type ConversationStatus = (typeof conversationStatuses)[number]

export interface Standing {
  status: ConversationStatus
  unread: number
}

/** After a message of the patient's. What was understood and done (a "yes", a STOP) asks nobody for anything. */
export const heard = (before: Standing | null, handled: boolean): Standing =>
  handled ? (before ?? { status: 'closed', unread: 0 }) : { status: 'open', unread: (before?.unread ?? 0) + 1 }

/** What keeps the desk from writing to a number; null where nothing does. */
export interface Reachable {
  /** Whose record the answer goes into. */
  patientId: string | null
  /** They asked for no messages: a consent that was taken back, or STOP as their last word of that kind. */
  refused: boolean
  /** An SMS can reach it. */
  mobile: boolean
}

/** An answer to what somebody wrote is service, whatever they said of marketing; STOP is heard all the same. Throws `conversation_patient_missing`, `no_consent`, `nothing_to_send_to`. */
export function checkReachable({ patientId, refused, mobile }: Reachable): void {
  if (patientId === null) throw new Refusal('conversation_patient_missing')
  if (refused) throw new Refusal('no_consent')
  if (!mobile) throw new Refusal('nothing_to_send_to')
}

/** A word of the desk's that was late by a day answers nothing any more. */
export const replyUsefulHours = 24

/** Who wrote within so many hours waits for an answer, and is answered on a Sabbath and at night, too. */
const awaitedHours = 2

/** Whether somebody who wrote at that moment waits for an answer now. @param heardAt null: they never wrote. */
export const isAwaited = (heardAt: Instant | null, now: Instant): boolean => heardAt !== null && isBefore(now, heardAt.add({ hours: awaitedHours }))

/** When a word of the desk's leaves that is written now: at once to whoever waits for it, else at the next good hour. */
export function replyLeavesAt(heardAt: Instant | null, hours: SendingHours, now: Instant): Instant {
  if (isAwaited(heardAt, now) || maySendAt(hours, now)) return now
  return firstMomentFrom(hours, dateIn(hours.zone, now), timeIn(hours.zone, now)) ?? now
}
