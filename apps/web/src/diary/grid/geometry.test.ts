import { expect, test } from 'vitest'
import { closedSpans, columnAt, edgeSpeed, minuteAt } from './geometry.ts'

const box = { left: 100, top: 50, width: 800 }

test('columns count from the left in English and from the right in Hebrew', () => {
  expect(columnAt(110, box, 8, false)).toBe(0)
  expect(columnAt(110, box, 8, true)).toBe(7)
  expect(columnAt(890, box, 8, true)).toBe(0)
  expect(columnAt(450, box, 8, true)).toBe(4)
})

test('a box that is scrolled away to either side still gives the column under the pointer', () => {
  expect(columnAt(300, { ...box, left: -500 }, 8, false)).toBe(7)
  expect(columnAt(300, { ...box, left: 250 }, 8, true)).toBe(7)
})

test('outside the columns the nearest one counts', () => {
  expect(columnAt(-40, box, 8, false)).toBe(0)
  expect(columnAt(2000, box, 8, true)).toBe(0)
})

test('minutes follow the pixels from the top of the day', () => {
  expect(minuteAt(50, box, { start: 480, end: 1200 }, 1.5)).toBe(480)
  expect(minuteAt(140, box, { start: 480, end: 1200 }, 1.5)).toBe(540)
})

test('what is not open is closed: before, in breaks and after', () => {
  expect(closedSpans({ start: 420, end: 1200 }, [{ start: 480, end: 780 }, { start: 840, end: 1080 }])).toEqual([
    { start: 420, end: 480 },
    { start: 780, end: 840 },
    { start: 1080, end: 1200 },
  ])
  expect(closedSpans({ start: 480, end: 1080 }, [{ start: 420, end: 1200 }])).toEqual([])
  expect(closedSpans({ start: 480, end: 1080 }, [])).toEqual([{ start: 480, end: 1080 }])
})

test('a drag scrolls only near the edges', () => {
  expect(edgeSpeed(300, 0, 600)).toBe(0)
  expect(edgeSpeed(10, 0, 600)).toBeLessThan(0)
  expect(edgeSpeed(598, 0, 600)).toBeGreaterThan(0)
})
