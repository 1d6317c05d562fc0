import { type Instant, dateIn, isAfter, timeIn } from '../time.ts'
import { type RemindedAppointment, isReminded, reminderUsefulUntil } from './plan.ts'
import { type SendingHours, firstMomentFrom, maySendAt } from './sending-hours.ts'

/** Why a reminder that was planned is not sent after all. */
export type SendSkip = 'not_booked' | 'patient_wish' | 'moved' | 'no_consent' | 'channel_off' | 'nothing_to_send_to' | 'too_late'

/** `otherwise`: only the narrower hours of this channel were in the way; another one may still leave in time. */
export type SendVerdict = { now: 'send' } | { now: 'wait'; until: Instant } | { now: 'skip'; reason: SendSkip; otherwise?: true }

export interface DueReminder {
  /** The start that the reminder was planned for: a visit that was moved since has reminders of its own. */
  appointmentStartsAt: Instant
}

/** What is known of the patient's channel at this moment. */
export interface Recipient {
  /** The clinic has not set the channel up for the patient's language, or not any more. */
  off?: boolean
  /** The phone number or e-mail address; null where there is none. */
  address: string | null
  /** The person has refused messages of the clinic's service on this channel. Reminders need no consent beforehand (they are no advertisement), but a refusal holds. */
  refused: boolean
  /** They wish for no reminders. */
  unwanted?: boolean
}

/**
 * The last look before a reminder leaves, on what is true at this moment: still booked, for the same time, wanted, reachable,
 * at a good hour, and early enough to help. After an outage it stops what has lost its sense.
 */
export function stillWorthSending(reminder: DueReminder, appointment: Pick<RemindedAppointment, 'startsAt' | 'status'>, to: Recipient, hours: SendingHours, now: Instant): SendVerdict {
  if (!isReminded(appointment.status)) return skip('not_booked')
  if (!appointment.startsAt.equals(reminder.appointmentStartsAt)) return skip('moved')
  if (to.unwanted) return skip('patient_wish')
  if (to.off) return skip('channel_off')
  if (to.refused) return skip('no_consent')
  if (to.address === null || to.address === '') return skip('nothing_to_send_to')
  const latest = reminderUsefulUntil(appointment.startsAt)
  if (isAfter(now, latest)) return skip('too_late')
  const open = openIn(hours, latest, now)
  if (open !== null) return open
  const { only, ...clinics } = hours
  return only !== undefined && openIn(clinics, latest, now) !== null ? { now: 'skip', reason: 'too_late', otherwise: true } : skip('too_late')
}

/** Null where nothing may leave before it is useless. */
function openIn(hours: SendingHours, latest: Instant, now: Instant): SendVerdict | null {
  if (maySendAt(hours, now)) return { now: 'send' }
  const until = firstMomentFrom(hours, dateIn(hours.zone, now), timeIn(hours.zone, now))
  return until === null || isAfter(until, latest) ? null : { now: 'wait', until }
}

const skip = (reason: SendSkip): SendVerdict => ({ now: 'skip', reason })
