import { holidayOf, isEve, isRestDay } from '../calendar/israel.ts'
import { type Instant, type PlainDate, type PlainTime, atWallTime, dateIn, plainTime, timeIn } from '../time.ts'
import type { ReminderChannel } from './rules.ts'

/** When a clinic lets messages leave, on the wall clock of one branch. */
export interface SendingHours {
  /** The branch's IANA zone. */
  zone: string
  /** Quiet from this time until that one, usually over midnight; equal times mean that no hour is quiet. */
  quietFrom: PlainTime
  quietTo: PlainTime
  /** On the eve of a Sabbath or holiday nothing leaves from this time on. */
  eveCutoff: PlainTime
  /** A message that may not leave at its time goes before the rest (`back`) or after it (`forward`). */
  sabbathPolicy: 'back' | 'forward'
  /** Of a channel that needs narrower hours: nothing outside these, however short the quiet hours are. */
  only?: { from: PlainTime; to: PlainTime }
}

/** A phone that rings is louder than a text: the system calls nobody before or after these, on the branch's wall clock. */
export const callingHours = { from: plainTime('09:00'), to: plainTime('20:00') }

/** The clinic's hours as they hold for a channel. */
export const hoursFor = (channel: ReminderChannel, hours: SendingHours): SendingHours => (channel === 'voice' ? { ...hours, only: callingHours } : hours)

/** Minutes since midnight on the wall clock of one day; `to` does not belong to it. */
interface Span {
  from: number
  to: number
}

const dayMinutes = 24 * 60
const longestRest = 14 // days looked at before giving up: no run of rest days is near that long

/**
 * A planned message leaves this many minutes before sending closes at the latest, so that a sweep that comes a little late,
 * or a provider that asks to try again, still finds it open.
 */
export const lastCallMinutes = 30

/** Whether a message may leave at this moment. */
export function maySendAt(hours: SendingHours, at: Instant): boolean {
  const minute = minuteOf(timeIn(hours.zone, at))
  return spans(hours, dateIn(hours.zone, at)).some(({ from, to }) => from <= minute && minute < to)
}

/** Why nothing leaves at a moment: the Sabbath, a holiday, the evening before one, or the clinic's quiet hours. */
export type Closed = 'sabbath' | 'holiday' | 'eve' | 'night'

/** Null where messages may leave. A holiday on a Sabbath is a holiday; the night of an eve is night. */
export function closedFor(hours: SendingHours, at: Instant): Closed | null {
  if (maySendAt(hours, at)) return null
  const date = dateIn(hours.zone, at)
  if (holidayOf(date) !== null) return 'holiday'
  if (isRestDay(date)) return 'sabbath'
  const minute = minuteOf(timeIn(hours.zone, at))
  return awake(hours).some(({ from, to }) => from <= minute && minute < to) ? 'eve' : 'night'
}

/**
 * The last good moment not after `wanted` on the branch's wall clock. On an earlier day it keeps the wanted hour where that is
 * open: a reminder for ten on a Sabbath leaves on Friday at ten. Null when sending is closed for two weeks on end.
 */
export function lastMomentUntil(hours: SendingHours, date: PlainDate, time: PlainTime): Instant | null {
  const wanted = minuteOf(time)
  for (let back = 0; back < longestRest; back += 1) {
    const day = date.subtract({ days: back })
    const open = spans(hours, day).map(({ from, to }) => ({ from, last: Math.max(from, to - lastCallMinutes) }))
    const kept = open.filter(({ from }) => from <= wanted).at(-1)
    if (kept) return atMinute(hours.zone, day, Math.min(wanted, kept.last))
    const end = open.at(-1)
    if (back > 0 && end) return atMinute(hours.zone, day, end.last)
  }
  return null
}

/** The first moment from `date` at `time` on at which messages may leave. Null when sending is closed for two weeks on end. */
export function firstMomentFrom(hours: SendingHours, date: PlainDate, time: PlainTime): Instant | null {
  for (let on = 0; on < longestRest; on += 1) {
    const day = date.add({ days: on })
    const earliest = on === 0 ? minuteOf(time) : 0
    const open = spans(hours, day).find(({ to }) => earliest < to)
    if (open) return atMinute(hours.zone, day, Math.max(earliest, open.from))
  }
  return null
}

/** The open spans of a day, in order. */
function spans(hours: SendingHours, date: PlainDate): Span[] {
  if (isRestDay(date)) return []
  const closes = isEve(date) ? minuteOf(hours.eveCutoff) : dayMinutes
  return awake(hours)
    .map(({ from, to }) => ({ from, to: Math.min(to, closes) }))
    .filter(({ from, to }) => from < to)
}

function awake({ only, ...hours }: SendingHours): Span[] {
  const spans = outsideQuiet(hours)
  if (!only) return spans
  const [first, last] = [minuteOf(only.from), minuteOf(only.to)]
  return spans.map(({ from, to }) => ({ from: Math.max(from, first), to: Math.min(to, last) })).filter(({ from, to }) => from < to)
}

function outsideQuiet({ quietFrom, quietTo }: Pick<SendingHours, 'quietFrom' | 'quietTo'>): Span[] {
  const [from, to] = [minuteOf(quietFrom), minuteOf(quietTo)]
  if (from === to) return [{ from: 0, to: dayMinutes }]
  if (from > to) return [{ from: to, to: from }]
  return [{ from: 0, to: from }, { from: to, to: dayMinutes }]
}

const minuteOf = (time: PlainTime): number => time.hour * 60 + time.minute

const atMinute = (zone: string, date: PlainDate, minute: number): Instant => atWallTime(zone, date, plainTime('00:00').add({ minutes: minute }))
