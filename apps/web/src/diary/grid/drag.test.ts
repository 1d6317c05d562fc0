import { expect, test } from 'vitest'
import { targetOf } from './drag.ts'

const raster = { day: { start: 480, end: 1200 }, step: 5, slot: 15 }
const card = { id: 'a', column: 0, start: 540, end: 570, grabbed: 550 }

test('a moved card keeps its length and the place where it was grabbed', () => {
  expect(targetOf({ kind: 'move', ...card }, 3, 886.2, raster)).toEqual({ column: 3, start: 875, end: 905 })
})

test('a moved card stays inside the day', () => {
  expect(targetOf({ kind: 'move', ...card }, 0, 100, raster)).toEqual({ column: 0, start: 480, end: 510 })
  expect(targetOf({ kind: 'move', ...card }, 0, 5000, raster)).toEqual({ column: 0, start: 1170, end: 1200 })
})

test('a moved card returns to the raster', () => {
  expect(targetOf({ kind: 'move', ...card, start: 547, end: 577 }, 0, 551, raster).start).toBe(550)
})

test('a resize moves the end alone, never before one step', () => {
  const drag = { kind: 'resize', ...card, grabbed: 569 } as const
  expect(targetOf(drag, 5, 590, raster)).toEqual({ column: 0, start: 540, end: 590 })
  expect(targetOf(drag, 0, 100, raster)).toEqual({ column: 0, start: 540, end: 545 })
  expect(targetOf(drag, 0, 5000, raster).end).toBe(1200)
})

test('an empty slot is cut by quarters, dragged down or up', () => {
  expect(targetOf({ kind: 'book', column: 2, grabbed: 550 }, 4, 551, raster)).toEqual({ column: 2, start: 540, end: 555 })
  expect(targetOf({ kind: 'book', column: 2, grabbed: 550 }, 2, 601, raster)).toEqual({ column: 2, start: 540, end: 615 })
  expect(targetOf({ kind: 'book', column: 2, grabbed: 550 }, 2, 512, raster)).toEqual({ column: 2, start: 510, end: 555 })
})
