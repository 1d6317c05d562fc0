import { describe, expect, test } from 'vitest'
import { instant } from '../time.ts'
import { type SeriesVisitKnown, seriesNoticeDue, seriesNoticeHolds, wasHeard } from './notice.ts'
import { patternOf } from './pattern.ts'

const now = instant('2026-11-22T08:00:00Z')
const weekly = { unit: 'week', every: 1, monthBy: null } as const
const zone = 'Asia/Jerusalem'
const visit = (id: string, startsAt: string, more: Partial<SeriesVisitKnown> = {}): SeriesVisitKnown => ({ id, startsAt: instant(startsAt), status: 'booked', told: null, heard: null, ...more })
const from = (startsAt: string) => ({ heard: { startsAt: instant(startsAt) } })

describe('what is to be said of a series', () => {
  test('names the visits from the first that changed on, as they stand', () => {
    const due = seriesNoticeDue([
      visit('a', '2026-11-24T08:00:00Z'),
      visit('b', '2026-12-02T09:00:00Z', from('2026-12-01T08:00:00Z')),
      visit('c', '2026-12-09T09:00:00Z', from('2026-12-08T08:00:00Z')),
      visit('d', '2026-12-15T08:00:00Z'),
    ], now)
    if (due === null || due === 'one') throw new Error('nothing is due')
    expect(due.kind).toBe('series_changed')
    expect(due.names.map(({ id }) => id)).toEqual(['b', 'c', 'd'])
  })

  test('is nothing where all is as it was heard, or over, or never heard of', () => {
    expect(seriesNoticeDue([visit('a', '2026-12-01T08:00:00Z', from('2026-12-01T08:00:00Z')), visit('b', '2026-12-08T08:00:00Z', from('2026-12-08T08:00:00Z'))], now)).toBeNull()
    expect(seriesNoticeDue([visit('a', '2026-11-20T08:00:00Z', from('2026-11-19T08:00:00Z')), visit('b', '2026-11-21T08:00:00Z', from('2026-11-19T08:00:00Z'))], now)).toBeNull()
    expect(seriesNoticeDue([visit('a', '2026-12-01T08:00:00Z', { status: 'cancelled' }), visit('b', '2026-12-08T08:00:00Z')], now)).toBeNull()
  })

  test('leaves a single visit to its own message', () => {
    expect(seriesNoticeDue([visit('a', '2026-12-01T08:00:00Z', from('2026-12-02T08:00:00Z')), visit('b', '2026-12-08T08:00:00Z')], now)).toBe('one')
  })

  test('of an ended series are the visits that will not be', () => {
    const due = seriesNoticeDue([visit('a', '2026-11-24T08:00:00Z'), visit('c', '2026-12-08T08:00:00Z', { status: 'cancelled', ...from('2026-12-08T08:00:00Z') }), visit('b', '2026-12-01T08:00:00Z', { status: 'cancelled', ...from('2026-12-01T08:00:00Z') })], now)
    if (due === null || due === 'one') throw new Error('nothing is due')
    expect([due.kind, due.names.map(({ id }) => id), due.said.map(({ cancelled }) => cancelled)]).toEqual(['series_cancelled', ['b', 'c'], [true, true]])
  })

  test('goes by what a message said last, not by what was heard before it', () => {
    const told = (startsAt: string) => ({ told: { startsAt: instant(startsAt), cancelled: false }, ...from('2026-11-30T08:00:00Z') })
    expect(seriesNoticeDue([visit('a', '2026-12-01T08:00:00Z', told('2026-12-01T08:00:00Z')), visit('b', '2026-12-08T08:00:00Z', told('2026-12-08T08:00:00Z'))], now)).toBeNull()
  })

  test('holds until one of them is elsewhere or comes back', () => {
    const said = (startsAt: string, status: string, cancelled = false, at = startsAt) => ({ startsAt: instant(startsAt), cancelled, now: { startsAt: instant(at), status } })
    expect(seriesNoticeHolds([said('2026-12-01T08:00:00Z', 'booked'), said('2026-12-08T08:00:00Z', 'confirmed')], now)).toBe(true)
    expect(seriesNoticeHolds([said('2026-12-01T08:00:00Z', 'booked', false, '2026-12-02T08:00:00Z')], now)).toBe(false)
    expect(seriesNoticeHolds([said('2026-12-01T08:00:00Z', 'booked', true)], now)).toBe(false)
    expect(seriesNoticeHolds([said('2026-11-21T08:00:00Z', 'completed')], now)).toBe(false)
  })

  test('is not heard of what was booked a moment before', () => {
    expect(wasHeard(now, now.add({ minutes: 3 }))).toBe(false)
    expect(wasHeard(now, now.add({ minutes: 4 }))).toBe(true)
  })
})

describe('the pattern of visits', () => {
  const starts = (...all: string[]) => all.map(instant)

  test('is that of most, with what lies elsewhere', () => {
    const pattern = patternOf(zone, weekly, starts('2026-11-24T08:00:00Z', '2026-12-01T08:00:00Z', '2026-12-09T07:30:00Z', '2026-12-15T08:00:00Z'))
    expect(pattern?.like.date.toString()).toBe('2026-11-24')
    expect(pattern?.besides.map(String)).toEqual(['2026-12-09T07:30:00Z'])
  })

  test('keeps the hour of the wall over a change of clocks', () => {
    expect(patternOf(zone, weekly, starts('2027-03-16T08:00:00Z', '2027-03-23T08:00:00Z', '2027-03-30T07:00:00Z'))?.besides).toEqual([])
  })

  test('is none where a date of it has no visit, where there are two visits, or where each lies elsewhere', () => {
    expect(patternOf(zone, weekly, starts('2026-11-24T08:00:00Z', '2026-12-01T08:00:00Z', '2026-12-15T08:00:00Z'))).toBeNull()
    expect(patternOf(zone, weekly, starts('2026-11-24T08:00:00Z', '2026-12-01T08:00:00Z'))).toBeNull()
    expect(patternOf(zone, weekly, starts('2026-11-24T08:00:00Z', '2026-12-02T08:00:00Z', '2026-12-10T09:00:00Z'))).toBeNull()
    expect(patternOf(zone, weekly, [])).toBeNull()
  })

  test('of months goes by the date or by the weekday', () => {
    const second = starts('2026-12-08T08:00:00Z', '2027-01-12T08:00:00Z', '2027-02-09T08:00:00Z')
    expect(patternOf(zone, { unit: 'month', every: 1, monthBy: 'weekday' }, second)?.besides).toEqual([])
    expect(patternOf(zone, { unit: 'month', every: 1, monthBy: 'date' }, second)).toBeNull()
    expect(patternOf(zone, { unit: 'month', every: 2, monthBy: 'date' }, starts('2026-12-08T08:00:00Z', '2027-02-08T08:00:00Z', '2027-04-08T07:00:00Z'))?.like.date.day).toBe(8)
  })
})
