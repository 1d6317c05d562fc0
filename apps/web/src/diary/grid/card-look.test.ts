import { expect, test } from 'vitest'
import { cardLook, readsOtherWay } from './card-look.ts'
import type { GridEvent } from './grid-model.ts'

const event: GridEvent = { id: 'v', columnId: 'c', start: 540, end: 570, title: 'שרה דיין', detail: 'כתר', tone: 'booked', icon: {}, toneLabel: 'נקבע', flags: [], tooltip: '', fixed: false, fresh: false }
const whole = { lane: 0, width: 1, lanes: 1 }
const scale = { top: 60, height: 30, letters: 1, rtl: true, parked: false, movable: true }
const classesOf = (change: Partial<GridEvent>, more: Partial<typeof scale> = {}): string[] => cardLook({ ...event, ...change }, whole, { ...scale, ...more }).classes.split(' ')

test('a name that begins at the other side of the screen is known by its first letter', () => {
  expect(readsOtherWay('Ольга Петрова', true)).toBe(true)
  expect(readsOtherWay('שרה Cohen', true)).toBe(false)
  expect(readsOtherWay('محمد خوري', true)).toBe(false)
  expect(readsOtherWay('שרה דיין', false)).toBe(true)
  expect(readsOtherWay('12', true)).toBe(false)
})

test('a card says in two lines what it has the height for, with larger letters later', () => {
  expect(classesOf({}, { height: 45 })).toEqual(['card', 'card-movable'])
  expect(classesOf({}, { height: 30 })).toContain('card-one')
  expect(classesOf({}, { height: 15 })).toContain('card-line')
  expect(classesOf({}, { height: 45, letters: 1.25 })).toContain('card-one')
})

test('what may not be moved has no edge to pull, and what is struck, held, parked or new shows it', () => {
  expect(classesOf({ fixed: true })).not.toContain('card-movable')
  expect(classesOf({}, { movable: false })).not.toContain('card-movable')
  expect(classesOf({ tone: 'cancelled' })).toContain('card-struck')
  expect(classesOf({ tone: 'held' })).toContain('card-held')
  expect(classesOf({ fresh: true })).toContain('card-fresh')
  expect(classesOf({}, { parked: true })).toContain('card-parked')
})

test('cards beside each other share the width of their column, and flags have room of their own', () => {
  const second = cardLook({ ...event, flags: [{ icon: {}, label: 'התראה' }] }, { lane: 1, width: 1, lanes: 3 }, scale)
  expect(second.style).toContain('inset-inline-start:33.3')
  expect(second.style).toContain('padding-inline-end:calc(1 * 0.95rem + 0.35rem)')
  expect(second.classes).toContain('card-narrow')
})
