import { expect, test } from 'vitest'
import type { Slot } from '@yoman/contract/availability'
import { nearest } from './nearest.ts'

const slot = (time: string, practitionerId: string): Slot => ({ startsAt: `2026-11-22T${time}:00Z`, endsAt: `2026-11-22T${time}:30Z`, practitionerId, placeId: null, alsoIds: [] })
const wished = { startsAt: '2026-11-22T09:00:00Z', practitionerId: 'a' }
const shown = (slots: Slot[], most = 4): string[] => nearest([{ date: '2026-11-22', slots }], wished, most).map(({ startsAt, practitionerId }) => `${startsAt.slice(11, 16)} ${practitionerId}`)

test('offers the nearest times of the same person, and the wished time with another', () => {
  expect(shown(['07:00', '08:45', '09:30', '10:00', '12:00'].map((time) => slot(time, 'a')).concat(slot('09:00', 'b'), slot('09:15', 'b')))).toEqual(['08:45 a', '09:30 a', '10:00 a', '09:00 b'])
})

test('begins with the wished time itself where only the room was taken', () => {
  expect(shown([slot('08:45', 'a'), slot('09:00', 'a')])).toEqual(['09:00 a', '08:45 a'])
})

test('has nothing to offer where nothing is free', () => {
  expect(shown([slot('10:00', 'b')])).toEqual([])
})

test('spreads what it offers instead of telling the same time five minutes later', () => {
  expect(shown(['09:05', '09:10', '09:15', '09:20', '09:25', '09:40'].map((time) => slot(time, 'a')))).toEqual(['09:05 a', '09:20 a', '09:40 a'])
})
