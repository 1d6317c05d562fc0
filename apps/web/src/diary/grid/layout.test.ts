import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOut } from './layout.ts'

test('an event alone has the whole column, also right after another', () => {
  expect(layOut([{ start: 480, end: 510 }, { start: 510, end: 540 }])).toEqual([
    { lane: 0, width: 1, lanes: 1 },
    { lane: 0, width: 1, lanes: 1 },
  ])
})

test('two that overlap share it', () => {
  expect(layOut([{ start: 480, end: 520 }, { start: 500, end: 540 }])).toEqual([
    { lane: 0, width: 1, lanes: 2 },
    { lane: 1, width: 1, lanes: 2 },
  ])
})

test('an event widens over a lane that is free beside it', () => {
  const [, , , late] = layOut([
    { start: 480, end: 600 },
    { start: 480, end: 500 },
    { start: 480, end: 500 },
    { start: 520, end: 560 },
  ])
  expect(late).toEqual({ lane: 1, width: 2, lanes: 3 })
})

const spans = fc.array(
  fc.record({ start: fc.integer({ min: 0, max: 1400 }), length: fc.integer({ min: 5, max: 240 }) }).map(({ start, length }) => ({ start, end: start + length })),
  { maxLength: 40 },
)

test('no two events ever cover each other, and all stay inside the column', () => {
  fc.assert(
    fc.property(spans, (events) => {
      const lanes = layOut(events)
      events.forEach((a, i) => {
        const one = lanes[i]!
        expect(one.lane + one.width).toBeLessThanOrEqual(one.lanes)
        events.slice(i + 1).forEach((b, j) => {
          const two = lanes[i + 1 + j]!
          if (a.start >= b.end || b.start >= a.end) return
          expect(one.lanes).toBe(two.lanes)
          expect(one.lane + one.width <= two.lane || two.lane + two.width <= one.lane).toBe(true)
        })
      })
    }),
  )
})
