import { expect, test } from 'vitest'
import { columnStep, stopAt, stopByKey, stopsOf } from './stops.ts'

const day = { start: 480, end: 600 }
const card = { id: 'a', start: 500, end: 520 }
const stops = stopsOf(0, [card], day, 15)

test('after a card of odd length the cursor returns to the raster', () => {
  expect(stops.map(({ start, end, eventId }) => [start, end, eventId])).toEqual([
    [480, 495, null],
    [495, 500, null],
    [500, 520, 'a'],
    [520, 525, null],
    [525, 540, null],
    [540, 555, null],
    [555, 570, null],
    [570, 585, null],
    [585, 600, null],
  ])
})

test('cards that overlap are all reached', () => {
  const ids = stopsOf(0, [card, { id: 'b', start: 505, end: 560 }], day, 15).flatMap(({ eventId }) => eventId ?? [])
  expect(ids).toEqual(['a', 'b'])
})

test('down goes on, the end of the column holds', () => {
  const last = stops.at(-1)!
  expect(stopByKey(stops, stops[1]!, 'ArrowDown')?.eventId).toBe('a')
  expect(stopByKey(stops, last, 'ArrowDown')).toBe(last)
  expect(stopByKey(stops, last, 'Home')).toBe(stops[0])
})

test('the next column is entered at the same time of day', () => {
  expect(stopAt(stops, 510)?.eventId).toBe('a')
  expect(stopAt(stops, 541)?.start).toBe(540)
  expect(stopAt(stops, 5000)?.start).toBe(585)
})

test('left is the next column in Hebrew and the one before in English', () => {
  expect(columnStep('ArrowLeft', true)).toBe(1)
  expect(columnStep('ArrowLeft', false)).toBe(-1)
  expect(columnStep('ArrowDown', true)).toBe(0)
})
