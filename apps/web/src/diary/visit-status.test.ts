import { expect, test } from 'vitest'
import { instant } from '@yoman/domain/time'
import { mayCancel, stepsOf } from './visit-status.ts'

const zone = 'Asia/Jerusalem'
const visit = { status: 'booked', startsAt: '2026-11-22T09:00:00Z' } as const
const to = (now: string, status: Parameters<typeof stepsOf>[0]['status'] = 'booked'): string[] => stepsOf({ ...visit, status }, instant(now), zone).map((step) => step.to)

test('nobody has missed a visit that has not begun', () => {
  expect(to('2026-11-22T08:59:00Z')).toEqual(['confirmed', 'arrived', 'in_treatment'])
  expect(to('2026-11-22T09:00:00Z')).toContain('no_show')
})

test('nobody arrives on another day of the branch', () => {
  expect(to('2026-11-21T09:00:00Z')).toEqual(['confirmed'])
  expect(to('2026-11-21T22:30:00Z')).toContain('arrived') // already the 22nd in Jerusalem
})

test('what is over goes nowhere but back', () => {
  expect(to('2026-11-22T12:00:00Z', 'completed')).toEqual([])
  expect(mayCancel('completed')).toBe(false)
  expect(mayCancel('confirmed')).toBe(true)
})
