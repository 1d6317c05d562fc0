import type { PlannedVisit } from '@yoman/db/reminders/forecast'
import { holidayOf, isEve, isRestDay } from '@yoman/domain/calendar/israel'
import { type Fate, fateOf } from '@yoman/domain/reminders/forecast'
import { type ReminderRule } from '@yoman/domain/reminders/rules'
import { channelsLeft, type WrittenReminder } from '@yoman/domain/reminders/what-if'
import { type Instant, type Period, type PlainDate, dateIn, dayPeriod, isAfter, isBefore, minutesBetween } from '@yoman/domain/time'
import { addressOf } from '../messages/compose.ts'

export const datesFrom = (first: PlainDate, n: number): PlainDate[] => Array.from({ length: n }, (_, day) => first.add({ days: day }))

const within = (at: Instant, { start, end }: Period): boolean => !isBefore(at, start) && isBefore(at, end)

/** The reminders that are due in a period, by their time, each with what will become of it as things stand. Those that their rule let go of are not there. */
export function foreseenIn(visits: readonly PlannedVisit[], rules: readonly ReminderRule[], period: Period) {
  return foreseen(visits, rules).filter(({ due }) => within(due, period)).sort((a, b) => a.due.epochMilliseconds - b.due.epochMilliseconds || (a.id < b.id ? -1 : 1)).map(({ due, language: _, ...item }) => ({ ...item, dueAt: due.toString() }))
}

const foreseen = (visits: readonly PlannedVisit[], rules: readonly ReminderRule[]) =>
  visits.flatMap((visit) => visit.reminders.filter(({ skipReason }) => skipReason !== 'rule_off').map((reminder) => ({
    id: reminder.id, appointmentId: visit.appointmentId, practitionerId: visit.practitionerId, startsAt: visit.startsAt.toString(), patient: visit.patient, language: visit.language,
    due: reminder.dueAt, skipReason: reminder.skipReason, movedFor: reminder.movedFor, ...fateIn(visit, reminder, rules),
  })))

function fateIn(visit: PlannedVisit, reminder: WrittenReminder, rules: readonly ReminderRule[]) {
  const ways = channelsLeft(reminder, rules, visit.wish).map((channel) => ({ channel, off: (channel === 'whatsapp' && !visit.byWhatsapp) || (channel === 'voice' && !visit.byVoice), reachable: addressOf(visit, channel) !== null, refused: visit.refused.includes(channel) }))
  return fateOf({ state: reminder.state, ways })
}

/** Days of a period with their numbers, the patients of its visits who will hear nothing, the visits that nothing is planned for, the SMS by language, and how many go by WhatsApp and by a call. */
export function outlook(visits: readonly PlannedVisit[], rules: readonly ReminderRule[], { zone, period, now }: { zone: string; period: Period; now: Instant }) {
  const all = foreseen(visits, rules)
  const items = all.filter(({ due }) => within(due, period)).map((item) => ({ ...item, date: dateIn(zone, item.due).toString() }))
  const heard = new Set(all.filter(({ fate }) => fate === 'leaves' || fate === 'gone').map(({ appointmentId }) => appointmentId))
  const ahead = visits.filter(({ startsAt, status }) => isAfter(startsAt, now) && isBefore(startsAt, period.end) && status === 'booked')
  const silent = ahead.filter(({ appointmentId, wish }) => !heard.has(appointmentId) && wish?.reminders !== 'none')
  const dates = datesFrom(dateIn(zone, period.start), Math.round(minutesBetween(period.start, period.end) / (24 * 60)))
  return {
    days: dates.map((date) => ({ date: date.toString(), ...closingOf(date), clockChange: clockChangeOn(zone, date), ...sumsOf(items.filter((item) => item.date === date.toString())) })),
    unplanned: visits.filter(({ startsAt, reminders }) => isAfter(startsAt, now) && isBefore(startsAt, period.end) && reminders.every(({ skipReason }) => skipReason === 'rule_off')).length,
    bareDays: bareDaysOf(ahead, heard, zone),
    silentPatients: [...new Map(silent.map(({ patient }) => [patient.id, patient])).values()],
    sms: (['he', 'ar', 'ru', 'en'] as const).map((language) => ({ language, n: items.filter((item) => item.language === language && item.fate === 'leaves' && item.channel === 'sms').length })),
    whatsapp: items.filter(({ fate, channel }) => fate === 'leaves' && channel === 'whatsapp').length,
    calls: items.filter(({ fate, channel }) => fate === 'leaves' && channel === 'voice').length,
  }
}

/** Days with visits of whose patients, as far as they want to, nobody will hear. */
function bareDaysOf(visits: readonly PlannedVisit[], heard: ReadonlySet<string>, zone: string): string[] {
  const dayOf = ({ startsAt }: PlannedVisit): string => dateIn(zone, startsAt).toString()
  const wanted = visits.filter(({ wish }) => wish?.reminders !== 'none')
  const good = new Set(wanted.filter(({ appointmentId }) => heard.has(appointmentId)).map(dayOf))
  return [...new Set(wanted.map(dayOf))].filter((day) => !good.has(day)).sort()
}

const sumsOf = (items: readonly { fate: Fate; skipReason: string | null; movedFor: string | null }[]) => ({
  leaves: items.filter(({ fate }) => fate === 'leaves').length,
  gone: items.filter(({ fate }) => fate === 'gone').length,
  moved: items.filter(({ fate, movedFor }) => fate === 'leaves' && movedFor !== null).length,
  silent: items.filter(({ fate, skipReason }) => fate === 'no_address' || fate === 'refused' || fate === 'channel_off' || (fate === 'skipped' && skipReason !== 'merged' && skipReason !== 'patient_wish')).length,
})

/** Why fewer or no messages leave on a date. */
const closingOf = (date: PlainDate): { closed: 'sabbath' | 'holiday' | 'eve' | null; holiday: ReturnType<typeof holidayOf> } => ({
  closed: holidayOf(date) !== null ? 'holiday' : isRestDay(date) ? 'sabbath' : isEve(date) ? 'eve' : null,
  holiday: holidayOf(date),
})

/** Whether the clocks go forward or back on a date. */
function clockChangeOn(zone: string, date: PlainDate): 'forward' | 'back' | null {
  const { start, end } = dayPeriod(zone, date)
  const minutes = minutesBetween(start, end)
  return minutes === 24 * 60 ? null : minutes < 24 * 60 ? 'forward' : 'back'
}
