import { expect, test } from 'vitest'
import { instant, plainTime } from '../time.ts'
import { type RemindedAppointment, planReminders } from './plan.ts'
import type { ReminderRule } from './rules.ts'
import type { SendingHours } from './sending-hours.ts'

const hours: SendingHours = {
  zone: 'Asia/Jerusalem',
  quietFrom: plainTime('21:00'),
  quietTo: plainTime('08:00'),
  eveCutoff: plainTime('13:00'),
  sabbathPolicy: 'back',
}
const forward: SendingHours = { ...hours, sabbathPolicy: 'forward' }
const noQuiet: SendingHours = { ...hours, quietFrom: plainTime('00:00'), quietTo: plainTime('00:00') }

const rule = (daysBefore: number, atTime: string, more: Partial<ReminderRule> = {}): ReminderRule => ({
  id: `${daysBefore}d ${atTime}`,
  branchId: null,
  visitTypeIds: [],
  daysBefore,
  atTime: plainTime(atTime),
  channel: 'sms',
  fallbackChannels: [],
  active: true,
  ...more,
})
const dayBefore = rule(1, '10:00')
const visit = (startsAt: string, more: Partial<RemindedAppointment> = {}): RemindedAppointment => ({ branchId: 'north', visitTypeId: 'talk', startsAt: instant(startsAt), status: 'booked', ...more })
const longAgo = instant('2026-01-01T00:00:00Z')

/** The one reminder of a visit: its time on the clinic's wall with the offset, and why it is skipped if it is. */
function only(startsAt: string, one = dayBefore, at = hours, now = longAgo): string {
  const [reminder, ...more] = planReminders(visit(startsAt), [one], at, now)
  expect(more).toEqual([])
  const wall = reminder?.dueAt.toZonedDateTimeISO('Asia/Jerusalem').toString({ smallestUnit: 'minute', timeZoneName: 'never' })
  return reminder?.skip ? `${wall} ${reminder.skip}` : String(wall)
}

test.each([
  ['a Wednesday visit is reminded on Tuesday', '2026-11-25T14:00+02:00', '2026-11-24T10:00+02:00'],
  ['a Sunday visit before the Sabbath, on Friday at the same hour', '2026-11-29T09:00+02:00', '2026-11-27T10:00+02:00'],
  ['a visit after Rosh Hashana that touches a Sabbath, on the eve of both', '2027-10-04T10:00+03:00', '2027-10-01T10:00+03:00'],
  ['a visit after three days of rest in a row, on the eve of the first', '2028-09-24T10:00+03:00', '2028-09-20T10:00+03:00'],
  ['a visit after Independence Day, on Memorial Day', '2027-05-13T10:00+03:00', '2027-05-11T10:00+03:00'],
  ['a Friday visit on Thursday', '2026-11-27T09:00+02:00', '2026-11-26T10:00+02:00'],
  ['over the night on which summer time begins', '2027-03-26T11:00+03:00', '2027-03-25T10:00+02:00'],
  ['a Sunday visit after it, still at ten on the wall', '2027-03-28T11:00+03:00', '2027-03-26T10:00+03:00'],
  ['over the night on which summer time ends', '2027-10-31T11:00+02:00', '2027-10-29T10:00+03:00'],
  ['the day after it, at ten on the wall', '2027-11-01T11:00+02:00', '2027-10-31T10:00+02:00'],
])('%s', (_, startsAt, due) => {
  expect(only(startsAt)).toBe(due)
})

test.each([
  ['an eve after the cut-off: half an hour before it', '2026-11-28T20:00+02:00', rule(1, '15:00'), hours, '2026-11-27T12:30+02:00'],
  ['the Sabbath at an hour that Friday has no more', '2026-11-29T12:00+02:00', rule(1, '18:00'), hours, '2026-11-27T12:30+02:00'],
  ['night, before midnight: earlier in the evening', '2026-11-25T12:00+02:00', rule(1, '23:00'), hours, '2026-11-24T20:30+02:00'],
  ['night, after midnight: the evening before', '2026-11-25T12:00+02:00', rule(1, '06:00'), hours, '2026-11-23T20:30+02:00'],
  ['the Sabbath, forward: Sunday when the quiet ends', '2026-11-29T12:00+02:00', dayBefore, forward, '2026-11-29T08:00+02:00'],
  ['the Sabbath, forward, but the visit is too early for that: back after all', '2026-11-29T08:30+02:00', dayBefore, forward, '2026-11-27T10:00+02:00'],
  ['night, forward: the next morning', '2026-11-25T12:00+02:00', rule(1, '06:00'), forward, '2026-11-24T08:00+02:00'],
])('moves out of %s', (_, startsAt, one, at, due) => {
  expect(only(startsAt, one, at)).toBe(due)
})

test('an hour that the clock change skips is shifted on', () => {
  expect(only('2027-03-26T09:00+03:00', rule(0, '02:30'), noQuiet)).toBe('2027-03-26T03:30+03:00')
})

test('an hour that the clock change repeats is its first one', () => {
  expect(only('2027-10-31T09:00+02:00', rule(0, '01:30'), noQuiet)).toBe('2027-10-31T01:30+03:00')
})

test('never plans into the past: a visit booked after the reminder was due has it skipped, with the reason', () => {
  const due = instant('2026-11-24T10:00+02:00')
  expect(only('2026-11-25T14:00+02:00', dayBefore, hours, due)).toBe('2026-11-24T10:00+02:00')
  expect(only('2026-11-25T14:00+02:00', dayBefore, hours, due.add({ seconds: 1 }))).toBe('2026-11-24T10:00+02:00 already_past')
})

test('a Sunday visit booked on Friday afternoon is reminded on Sunday morning, if that is early enough', () => {
  const fridayAfternoon = instant('2026-11-27T15:00+02:00')
  expect(only('2026-11-29T09:00+02:00', dayBefore, hours, fridayAfternoon)).toBe('2026-11-29T08:00+02:00')
  expect(only('2026-11-29T08:59+02:00', dayBefore, hours, fridayAfternoon)).toBe('2026-11-27T10:00+02:00 already_past')
})

test('a reminder that would come less than an hour before the visit is skipped', () => {
  expect(only('2026-11-25T11:00+02:00', rule(0, '10:00'))).toBe('2026-11-25T10:00+02:00')
  expect(only('2026-11-25T10:59+02:00', rule(0, '10:00'))).toBe('2026-11-25T10:00+02:00 too_late')
  expect(only('2026-11-25T09:00+02:00', rule(0, '10:00'))).toBe('2026-11-25T10:00+02:00 too_late')
})

test('sending hours that never open leave nothing planned and say so', () => {
  const almostNever = { ...hours, quietFrom: plainTime('08:00'), quietTo: plainTime('07:59') }
  const never: SendingHours = { ...almostNever, eveCutoff: plainTime('00:00') }
  expect(only('2026-11-25T12:00+02:00', dayBefore, almostNever)).toBe('2026-11-24T07:59+02:00')
  expect(only('2026-11-28T12:00+02:00', dayBefore, never)).toBe('2026-11-26T07:59+02:00')
})

test('several rules give several reminders, in the order in which they leave', () => {
  const planned = planReminders(visit('2026-12-01T14:00+02:00'), [rule(0, '08:30'), rule(7, '09:00', { channel: 'email' }), rule(1, '18:00')], hours, longAgo)
  expect(planned.map(({ ruleId, channel, skip }) => [ruleId, channel, skip])).toEqual([
    ['7d 09:00', 'email', null],
    ['1d 18:00', 'sms', null],
    ['0d 08:30', 'sms', null],
  ])
})

test('a reminder that a rest day pushes onto the day of another one is merged into it', () => {
  const sunday = visit('2026-11-29T12:00+02:00')
  const twice = [rule(1, '12:00'), rule(2, '10:00')]
  expect(planReminders(sunday, twice, hours, longAgo).map(({ ruleId, skip }) => [ruleId, skip])).toEqual([
    ['2d 10:00', null],
    ['1d 12:00', 'merged'],
  ])
  const byMail = [rule(1, '12:00', { channel: 'email' }), rule(2, '10:00')]
  expect(planReminders(sunday, byMail, hours, longAgo).map(({ skip }) => skip)).toEqual([null, null])
})

test('the moved one gives way, even where it would leave first', () => {
  const planned = planReminders(visit('2026-11-29T12:00+02:00'), [rule(1, '09:00'), rule(2, '12:00')], hours, longAgo)
  expect(planned.map(({ ruleId, skip }) => [ruleId, skip])).toEqual([
    ['1d 09:00', 'merged'],
    ['2d 12:00', null],
  ])
})

test('two moved onto one day leave one reminder', () => {
  const planned = planReminders(visit('2027-10-04T12:00+03:00'), [rule(1, '10:00'), rule(2, '11:00')], hours, longAgo)
  expect(planned.map(({ ruleId, skip }) => [ruleId, skip])).toEqual([
    ['1d 10:00', null],
    ['2d 11:00', 'merged'],
  ])
})

test('two rules that people set for one day both hold: only moving merges', () => {
  const planned = planReminders(visit('2026-11-25T20:00+02:00'), [rule(0, '09:00'), rule(0, '17:00')], hours, longAgo)
  expect(planned.map(({ skip }) => skip)).toEqual([null, null])
})

test('rules of other branches and inactive rules give nothing', () => {
  const rules = [rule(1, '10:00', { branchId: 'south' }), rule(1, '11:00', { active: false }), rule(1, '12:00', { branchId: 'north' })]
  expect(planReminders(visit('2026-11-25T14:00+02:00'), rules, hours, longAgo).map(({ ruleId }) => ruleId)).toEqual(['1d 12:00'])
})

test.each([
  ['held', 0],
  ['booked', 1],
  ['confirmed', 1],
  ['arrived', 0],
  ['called', 0],
  ['in_treatment', 0],
  ['completed', 0],
  ['cancelled', 0],
  ['no_show', 0],
])('a visit that is %s has %i reminders', (status, count) => {
  expect(planReminders(visit('2026-11-25T14:00+02:00', { status }), [dayBefore], hours, longAgo)).toHaveLength(count)
})

test('follows the branch, not the machine: the same rule in another zone', () => {
  const [reminder] = planReminders(visit('2026-11-25T14:00-05:00'), [dayBefore], { ...hours, zone: 'America/New_York' }, longAgo)
  expect(reminder?.dueAt).toEqual(instant('2026-11-24T10:00-05:00'))
})
