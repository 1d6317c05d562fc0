import { expect, it } from 'vitest'
import { everyFew, labelPlace, scaleOf } from './chart-scale.ts'

const bar = (now: number, before: number | null = null) => ({ key: '', label: '', short: '', now, before })

it('draws round lines around all values, with nothing among them', () => {
  expect(scaleOf([bar(930), bar(120, 400)]).ticks).toEqual([0, 500, 1000])
  expect(scaleOf([bar(-150), bar(700)]).ticks).toEqual([-500, 0, 500, 1000])
  expect(scaleOf([bar(0)]).ticks).toContain(0)
  expect(scaleOf([]).ticks.length).toBeGreaterThan(1)
})

it('places each value between the lowest and the highest line', () => {
  const { place } = scaleOf([bar(930), bar(120, 400)])
  expect([place(0), place(500), place(1000)]).toEqual([0, 50, 100])
  const below = scaleOf([bar(-150), bar(700)])
  expect(below.place(-500)).toBe(0)
  expect(below.place(0)).toBeCloseTo(33.33, 1)
})

it('puts a label in the middle under its bar, and never past the end of the line', () => {
  expect(labelPlace(0, 12, 1)).toEqual({ start: 0, width: 100 / 12 })
  for (const [count, few] of [[9, 2], [31, 5], [1, 1]] as const)
    for (let index = 0; index < count; index += few) {
      const { start, width } = labelPlace(index, count, few)
      expect(start + width / 2).toBeCloseTo((100 / count) * (index + 0.5))
      expect(start + width).toBeLessThanOrEqual(100.0001)
    }
})

it('leaves out labels where too many would touch', () => {
  expect([everyFew(6, 8), everyFew(31, 8), everyFew(0, 8)]).toEqual([1, 4, 1])
})
