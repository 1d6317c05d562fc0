import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainDate } from '../time.ts'
import { localDay } from './local-day.ts'
import { type Calendar, type Length, openSlots } from './open-slots.ts'
import { type DatedHours, type WeeklyHours, branchOpenings, openings } from './openings.ts'
import { partOf } from './part-of-day.ts'
import { type Span, common, covers, merged, overlaps, without } from './spans.ts'

const jerusalem = 'Asia/Jerusalem'
const always = { from: -Infinity, to: Infinity }
const span = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 80 })).map(([from, length]): Span => ({ from, to: from + length }))
const spans = fc.array(span, { maxLength: 8 })
const minutesOf = (list: readonly Span[]): number[] => [...new Set(list.flatMap(({ from, to }) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)))].sort((a, b) => a - b)

describe('spans', () => {
  test('merging, taking away and finding the common part agree with sets of minutes', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const inB = new Set(minutesOf(b))
        expect(minutesOf(merged(a))).toEqual(minutesOf(a))
        expect(minutesOf(without(a, b))).toEqual(minutesOf(a).filter((minute) => !inB.has(minute)))
        expect(minutesOf(common(a, b))).toEqual(minutesOf(a).filter((minute) => inB.has(minute)))
        for (const list of [merged(a), without(a, b), common(a, b)]) list.slice(1).forEach((next, index) => expect(next.from).toBeGreaterThanOrEqual(list[index]?.to ?? 0))
      }),
    )
  })
})

const week = (starts: number, ends: number): WeeklyHours[] => [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts, ends, validFrom: null, validTo: null }))
const wall = (minute: number): string => new Intl.DateTimeFormat('en-GB', { timeZone: jerusalem, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(minute * 60_000)

describe('hours', () => {
  test('stay on the wall clock over both changes of 2027', () => {
    for (const [date, length] of [['2027-03-25', 1440], ['2027-03-26', 1380], ['2027-10-31', 1500], ['2027-11-01', 1440]] as const) {
      const day = localDay(jerusalem, plainDate(date))
      expect(day.span.to - day.span.from).toBe(length)
      const [open] = openings(day, week(8 * 60, 16 * 60), [])
      expect([wall(open?.from ?? 0), wall(open?.to ?? 0), (open?.to ?? 0) - (open?.from ?? 0)]).toEqual(['08:00', '16:00', 480])
    }
  })

  test('through the night are shorter by the hour that spring skips and longer by the one that autumn repeats', () => {
    const lengths = ['2027-03-26', '2027-10-31', '2027-06-01'].map((date) => {
      const [open] = openings(localDay(jerusalem, plainDate(date)), week(0, 6 * 60), [])
      return (open?.to ?? 0) - (open?.from ?? 0)
    })
    expect(lengths).toEqual([5 * 60, 7 * 60, 6 * 60])
  })

  test('hold only between the dates for which they were agreed', () => {
    const hours = week(480, 960).map((row) => ({ ...row, validFrom: '2027-01-10', validTo: '2027-01-12' }))
    const days = ['2027-01-09', '2027-01-10', '2027-01-12', '2027-01-13'].map((date) => openings(localDay(jerusalem, plainDate(date)), hours, []).length)
    expect(days).toEqual([0, 1, 1, 0])
  })

  test('give way to a closing of the branch and to one of their own, and extra hours come on top', () => {
    const day = localDay(jerusalem, plainDate('2027-01-10'))
    const on = (more: Partial<DatedHours>): DatedHours => ({ onDate: '2027-01-10', kind: 'closed', whole: false, starts: null, ends: null, ...more })
    const open = (...exceptions: DatedHours[]) => openings(day, week(480, 960), exceptions).map(({ from, to }) => [wall(from), wall(to)])
    expect(open(on({ whole: true }))).toEqual([])
    expect(open(on({ starts: 600, ends: 660 }))).toEqual([['08:00', '10:00'], ['11:00', '16:00']])
    expect(open(on({ whole: true }), on({ kind: 'open', starts: 540, ends: 600 }))).toEqual([['09:00', '10:00']])
    expect(open(on({ whole: true, kind: 'open', starts: 1000, ends: 1100 }))).toEqual([['08:00', '16:00']])
    expect(open(on({ onDate: '2027-01-11' }))).toEqual([['08:00', '16:00']])
    expect(branchOpenings(day, week(480, 960), [on({ whole: true, kind: 'open', starts: 960, ends: 1020 })]).map(({ from, to }) => [wall(from), wall(to)])).toEqual([['08:00', '17:00']])
  })
})

const date = fc.constantFrom('2027-03-26', '2027-10-31', '2027-02-07', '2027-03-25', '2027-11-01')
const length = fc.record({ minutes: fc.integer({ min: 5, max: 120 }), bufferBefore: fc.integer({ min: 0, max: 30 }), bufferAfter: fc.integer({ min: 0, max: 30 }) })
const step = fc.constantFrom(5, 10, 15, 30)
/** A calendar in minutes of the wall clock; put onto a day below. */
const calendar = fc.record({
  hours: fc.array(fc.tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 1, max: 400 })), { maxLength: 3 }),
  busy: fc.array(fc.tuple(fc.integer({ min: -60, max: 1500 }), fc.integer({ min: 1, max: 90 })), { maxLength: 12 }),
})
type Drawn = { hours: [number, number][]; busy: [number, number][] }

const onDay = (isoDate: string, drawn: Drawn, resourceId: string): Calendar => {
  const day = localDay(jerusalem, plainDate(isoDate))
  const hours = drawn.hours.map(([starts, long]) => ({ weekday: day.weekday, starts, ends: Math.min(1440, starts + long), validFrom: null, validTo: null }))
  return { resourceId, open: openings(day, hours, []), busy: drawn.busy.map(([at, long]) => ({ from: day.span.from + at, to: day.span.from + at + long })) }
}

/** Says the rule again, minute by minute and without cleverness. */
const fits = ({ open, busy }: Calendar, start: number, { minutes, bufferBefore, bufferAfter }: Length): boolean =>
  covers(open, { from: start, to: start + minutes }) && !busy.some((one) => overlaps(one, { from: start - bufferBefore, to: start + minutes + bufferAfter }))

describe('open slots', () => {
  test('are exactly the grid points at which the practitioner, a place and all others are free, also when clocks change', () => {
    fc.assert(
      fc.property(date, length, step, fc.array(calendar, { maxLength: 3 }), fc.option(fc.array(calendar, { maxLength: 3 })), fc.array(calendar, { maxLength: 2 }), (isoDate, needed, grid, people, rooms, also) => {
        const day = localDay(jerusalem, plainDate(isoDate))
        const practitioners = people.map((one, index) => onDay(isoDate, one as Drawn, `p${index}`))
        const places = rooms?.map((one, index) => onDay(isoDate, one as Drawn, `r${index}`)) ?? null
        const others = also.map((one, index) => onDay(isoDate, one as Drawn, `o${index}`))
        const expected = []
        for (let start = day.span.from; start < day.span.to; start += grid)
          for (const practitioner of practitioners) {
            const place = places?.find((one) => fits(one, start, needed))
            if (!fits(practitioner, start, needed) || (places && !place) || !others.every((other) => fits(other, start, needed))) continue
            expected.push({ start, practitionerId: practitioner.resourceId, placeId: place?.resourceId ?? null, alsoIds: [] })
          }
        expect(openSlots(day, { practitioners, places, others }, needed, grid, always)).toEqual(expected)
      }),
      { numRuns: 400 },
    )
  })

  test('of a visit that needs more are those at which each need finds somebody of its own', () => {
    const ids = ['p', 'r', 'm', 'n', 'x'] as const
    const would = fc.array(fc.constantFrom(...ids), { maxLength: 4 }).map((list) => [...new Set(list)])
    fc.assert(
      fc.property(date, length, fc.tuple(calendar, calendar, calendar, calendar, calendar), fc.option(would), fc.array(would, { minLength: 1, maxLength: 3 }), (isoDate, needed, drawn, room, others) => {
        const day = localDay(jerusalem, plainDate(isoDate))
        const all = new Map(ids.map((id, index) => [id as string, onDay(isoDate, drawn[index] as Drawn, id)]))
        const given = (list: readonly string[]): Calendar[] => list.flatMap((id) => all.get(id) ?? [])
        const wants = [...(room ? [room] : []), ...others]
        // Every way to serve the wants, tried one by one.
        const ways = wants.reduce<string[][]>((so, want) => so.flatMap((way) => want.filter((id) => id !== 'p' && !way.includes(id)).map((id) => [...way, id])), [[]])
        const free = (id: string, start: number): boolean => given([id]).every((one) => fits(one, start, needed))
        const expected = []
        for (let start = day.span.from; start < day.span.to; start += 30) if (free('p', start) && ways.some((way) => way.every((id) => free(id, start)))) expected.push(start)
        const found = openSlots(day, { practitioners: given(['p']), places: room && given(room), needs: others.map(given), others: [] }, needed, 30, always)
        expect(found.map(({ start }) => start)).toEqual(expected)
        for (const { start, placeId, alsoIds } of found) {
          const way = [...(room ? [placeId ?? ''] : []), ...alsoIds]
          expect(ways).toContainEqual(way)
          expect(way.every((id) => free(id, start))).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('taken one after the other never overlap, whatever the buffers', () => {
    fc.assert(
      fc.property(date, length, step, calendar, (isoDate, needed, grid, drawn) => {
        const day = localDay(jerusalem, plainDate(isoDate))
        const mine = onDay(isoDate, drawn as Drawn, 'p')
        const taken: Span[] = []
        for (let count = 0; count < 40; count += 1) {
          const [slot] = openSlots(day, { practitioners: [{ ...mine, busy: [...mine.busy, ...taken] }], places: null, others: [] }, needed, grid, always)
          if (!slot) break
          const occupied = { from: slot.start - needed.bufferBefore, to: slot.start + needed.minutes + needed.bufferAfter }
          expect([...mine.busy, ...taken].some((one) => overlaps(one, occupied))).toBe(false)
          expect(covers(mine.open, { from: slot.start, to: slot.start + needed.minutes })).toBe(true)
          taken.push(occupied)
        }
      }),
    )
  })

  test('a place that is needed and not there leaves nothing', () => {
    const day = localDay(jerusalem, plainDate('2027-02-07'))
    const practitioner = { resourceId: 'p', open: [day.span], busy: [] }
    const needed = { minutes: 30, bufferBefore: 0, bufferAfter: 0 }
    expect(openSlots(day, { practitioners: [practitioner], places: [], others: [] }, needed, 15, always)).toEqual([])
    expect(openSlots(day, { practitioners: [practitioner], places: null, others: [] }, needed, 15, always).length).toBe(95)
  })

  test('the parts of the day meet at noon and at four', () => {
    const day = localDay(jerusalem, plainDate('2027-02-07'))
    const [morning, afternoon, evening] = (['morning', 'afternoon', 'evening'] as const).map((part) => partOf(day, part))
    expect([morning?.from, morning?.to, afternoon?.to, evening?.to]).toEqual([day.span.from, afternoon?.from, evening?.from, day.span.to])
    expect([wall(morning?.to ?? 0), wall(afternoon?.to ?? 0)]).toEqual(['12:00', '16:00'])
  })
})
