import { expect, test } from 'vitest'
import { localDay } from '../availability/local-day.ts'
import { plainDate } from '../time.ts'
import { overviewOf } from './month.ts'

const zone = 'Asia/Jerusalem'

test('free is what is open and not occupied, of everyone together; what lies outside the hours takes nothing', () => {
  const day = localDay(zone, plainDate('2026-11-23'))
  const span = (from: number, to: number) => ({ from: day.at(from), to: day.at(to) })
  const open = [{ id: 'a', spans: [span(480, 720), span(780, 840)] }, { id: 'b', spans: [span(480, 540)] }]
  const busy = new Map([['a', [span(450, 510), span(700, 800)]], ['c', [span(480, 540)]]])
  expect(overviewOf(day, { open, busy, starts: [day.at(0), day.at(480), day.at(1440), day.at(0) - 1] })).toEqual({
    date: '2026-11-23', visits: 2, openMinutes: 360, freeMinutes: 360 - 30 - 20 - 20, holiday: null,
  })
})

test('the day of a clock change is as long as it is', () => {
  const [spring, autumn] = ['2027-03-26', '2026-10-25'].map((date) => localDay(zone, plainDate(date)))
  for (const [day, minutes] of [[spring, 1380], [autumn, 1500]] as const) {
    const last = (day?.span.to ?? 0) - 1
    expect(day && overviewOf(day, { open: [{ id: 'a', spans: [day.span] }], busy: new Map(), starts: [last, last + 1] })).toMatchObject({ openMinutes: minutes, visits: 1 })
  }
})

test('a holiday is told by its name', () => {
  expect(overviewOf(localDay(zone, plainDate('2026-09-21')), { open: [], busy: new Map(), starts: [] }).holiday).toBe('yom_kippur')
})
