import { CalendarCheck } from '@lucide/vue'
import { expect, test } from 'vitest'
import { obstacleAt } from './ghost.ts'
import type { GridEvent } from './grid-model.ts'

const column = { id: 'c', title: 'C', colour: 'red', open: [{ start: 480, end: 780 }] }
const card = (id: string, start: number, end: number): GridEvent => ({ id, columnId: 'c', start, end, title: id, detail: '', tone: 'booked', icon: CalendarCheck, toneLabel: '', flags: [], tooltip: '', fixed: false, fresh: false })
const at = (start: number, end: number) => ({ columnId: 'c', start, end })

test('names the card that is in the way, but never the one that is being moved', () => {
  const events = [card('a', 540, 570), card('b', 600, 660)]
  expect(obstacleAt(at(630, 690), column, 'a', events)).toMatchObject({ kind: 'taken', by: { id: 'b' } })
  expect(obstacleAt(at(550, 580), column, 'a', events)).toBeNull()
})

test('warns of a place outside the working hours, also in part', () => {
  expect(obstacleAt(at(770, 800), column, null, [])).toEqual({ kind: 'closed' })
  expect(obstacleAt(at(750, 780), column, null, [])).toBeNull()
})
