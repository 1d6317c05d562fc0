import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fit, fitted, panBy, plainView, turned, zoomBy } from './view.ts'

test('the point under the pointer stays under the pointer', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }), (factor, x, y) => {
      const before = panBy(plainView, 40, -30)
      const after = zoomBy(before, factor, { x, y })
      // What lay under the pointer, in the picture's own measure.
      expect((x - after.x) / after.zoom).toBeCloseTo((x - before.x) / before.zoom, 6)
      expect((y - after.y) / after.zoom).toBeCloseTo((y - before.y) / before.zoom, 6)
    }),
  )
})

test('zoom has its ends, and at them the picture stays where it is', () => {
  let view = plainView
  for (let left = 100; left > 0; left -= 1) view = zoomBy(view, 2, { x: 10, y: 10 })
  expect(view.zoom).toBe(16)
  expect(zoomBy(view, 2, { x: 10, y: 10 })).toEqual(view)
  expect(fit(view)).toEqual(plainView)
})

test('four turns are none', () => expect(turned(turned(turned(turned(plainView))))).toEqual(plainView))

test('a picture fits, lying or standing', () => {
  expect(fitted({ width: 2_000, height: 1_000 }, { width: 1_000, height: 800 }, 0)).toEqual({ width: 1_000, height: 500 })
  expect(fitted({ width: 2_000, height: 1_000 }, { width: 1_000, height: 800 }, 90)).toEqual({ width: 800, height: 400 })
  expect(fitted({ width: 10, height: 10 }, { width: 1_000, height: 800 }, 0)).toEqual({ width: 40, height: 40 })
})
