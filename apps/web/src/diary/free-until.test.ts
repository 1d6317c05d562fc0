import { expect, test } from 'vitest'
import { Circle } from '@lucide/vue'
import type { GridEvent } from './grid/grid-model.ts'
import { freeUntil } from './free-until.ts'

const card = (columnId: string, start: number): GridEvent => ({ id: `${columnId} ${start}`, columnId, start, end: start + 30, title: '', detail: '', tone: 'booked', icon: Circle, toneLabel: '', flags: [], tooltip: '', fixed: false, fresh: false })
const slot = { columnId: 'dana', start: 600, end: 615 }

test('a block from a slot takes the usual hour where nothing follows', () => {
  expect(freeUntil(slot, [card('dana', 540), card('yossi', 630)])).toBe(660)
})

test('a block from a slot ends where the next visit of that column begins', () => {
  expect(freeUntil(slot, [card('dana', 690), card('dana', 630)])).toBe(630)
})
