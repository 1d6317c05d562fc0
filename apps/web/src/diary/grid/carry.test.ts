import { expect, test } from 'vitest'
import { carryBy, type Carried } from './carry.ts'
import { changes, targetOf } from './drag.ts'

const raster = { day: { start: 480, end: 1080 }, step: 5, slot: 15 }
const card: Carried = { kind: 'move', id: 'a', column: 1, start: 600, end: 630 }

test('arrows carry a card by the raster and across columns as the eye sees them, and never out of the day', () => {
  expect(carryBy(card, 'ArrowDown', raster, true, 3)).toMatchObject({ column: 1, start: 605, end: 635 })
  expect(carryBy(card, 'ArrowLeft', raster, true, 3)).toMatchObject({ column: 2, start: 600 })
  expect(carryBy(card, 'ArrowLeft', raster, false, 3)).toMatchObject({ column: 0, start: 600 })
  expect(carryBy({ ...card, column: 2 }, 'ArrowLeft', raster, true, 3)).toMatchObject({ column: 2 })
  expect(carryBy({ ...card, start: 1050, end: 1080 }, 'ArrowDown', raster, true, 3)).toMatchObject({ start: 1050, end: 1080 })
  expect(carryBy(card, 'KeyX', raster, true, 3)).toBeNull()
})

test('a card whose length is changed keeps its beginning and its column, and is never shorter than a step', () => {
  const resized = { ...card, kind: 'resize' as const }
  expect(carryBy(resized, 'ArrowDown', raster, true, 3)).toMatchObject({ column: 1, start: 600, end: 635 })
  expect(carryBy({ ...resized, end: 605 }, 'ArrowUp', raster, true, 3)).toMatchObject({ start: 600, end: 605 })
  expect(carryBy(resized, 'ArrowLeft', raster, true, 3)).toBeNull()
})

test('what is brought in hangs by its upper edge, keeps its length and lands wherever it is let go', () => {
  const brought = { kind: 'bring', id: 'a', length: 40 } as const
  expect(targetOf(brought, 2, 602, raster)).toEqual({ column: 2, start: 600, end: 640 })
  expect(targetOf(brought, 0, 1079, raster)).toEqual({ column: 0, start: 1040, end: 1080 })
  expect(changes(brought, { column: 0, start: 600, end: 640 })).toBe(true)
})

test('a card that is let go where it was has not been moved', () => {
  const drag = { kind: 'move', id: 'a', column: 1, start: 600, end: 630, grabbed: 610 } as const
  expect(changes(drag, targetOf(drag, 1, 611, raster))).toBe(false)
  expect(changes(drag, targetOf(drag, 1, 640, raster))).toBe(true)
})
