import { expect, test } from 'vitest'
import { instant, instantFromMs } from '../time.ts'
import { alternatives, nearest } from './alternatives.ts'

const zone = 'Asia/Jerusalem'
const minuteOf = (at: string): number => instant(at).epochMilliseconds / 60_000
const slot = (at: string, practitionerId = 'michal') => ({ start: minuteOf(at), practitionerId, placeId: null, alsoIds: [] })
const wished = { start: minuteOf('2026-12-08T08:00:00Z'), practitionerId: 'michal' } // Tuesday, ten o'clock
const text = (start: number): string => instantFromMs(start * 60_000).toString()

test('the nearest hours of the day, then other days at the nearest hour, then other people that day', () => {
  const days = [
    { date: '2026-12-07', slots: [slot('2026-12-07T06:00:00Z'), slot('2026-12-07T08:00:00Z'), slot('2026-12-07T08:00:00Z', 'dan')] },
    { date: '2026-12-08', slots: [slot('2026-12-08T06:00:00Z'), slot('2026-12-08T07:30:00Z'), slot('2026-12-08T08:30:00Z'), slot('2026-12-08T11:00:00Z'), slot('2026-12-08T08:00:00Z', 'dan'), slot('2026-12-08T08:00:00Z', 'noa')] },
    { date: '2026-12-10', slots: [slot('2026-12-10T10:00:00Z')] },
  ]
  expect(alternatives(wished, days, zone).map(({ kind, start, practitionerId }) => [kind, text(start), practitionerId])).toEqual([
    ['same_day', '2026-12-08T07:30:00Z', 'michal'],
    ['same_day', '2026-12-08T08:30:00Z', 'michal'],
    ['other_day', '2026-12-07T08:00:00Z', 'michal'],
    ['other_day', '2026-12-10T10:00:00Z', 'michal'],
    ['other_person', '2026-12-08T08:00:00Z', 'dan'],
    ['other_person', '2026-12-08T08:00:00Z', 'noa'],
  ])
})

test('a day further is as bad as two hours', () => {
  const days = (hours: string) => [{ date: '2026-12-08', slots: [slot(`2026-12-08T${hours}:00Z`)] }, { date: '2026-12-09', slots: [slot('2026-12-09T08:00:00Z')] }]
  expect(nearest(wished, days('09:55'), zone)?.start).toBe(minuteOf('2026-12-08T09:55:00Z'))
  expect(nearest(wished, days('10:05'), zone)?.start).toBe(minuteOf('2026-12-09T08:00:00Z'))
  expect(nearest(wished, [{ date: '2026-12-08', slots: [slot('2026-12-08T08:00:00Z', 'dan')] }], zone)).toBeNull()
})

test('hours are compared on the wall: on the day of a clock change too', () => {
  const friday = { start: minuteOf('2027-03-25T08:00:00Z'), practitionerId: 'michal' } // Thursday 10:00, winter time
  const days = [{ date: '2027-03-26', slots: [slot('2027-03-26T07:00:00Z'), slot('2027-03-26T08:00:00Z')] }] // 10:00 and 11:00 of summer time
  expect(nearest(friday, days, zone)?.start).toBe(minuteOf('2027-03-26T07:00:00Z'))
})
