import { expect, test } from 'vitest'
import { clockJumps } from './clock-jumps.ts'

const jumps = (now: string) => Object.fromEntries(clockJumps(Date.parse(now), 'Asia/Jerusalem').map(({ name, to }) => [name, to]))

test('offers tonight, tomorrow, an hour on and the Friday before the next holiday, on the clinic\'s wall', () => {
  expect(jumps('2026-11-22T08:30:00Z')).toEqual({
    hour: '2026-11-22T09:30:00.000Z',
    tonight: '2026-11-22T18:00:00.000Z',
    tomorrow: '2026-11-23T08:00:00.000Z',
    // Passover 2027 begins on a Thursday and Shavuot on a Friday; Rosh Hashanah is Saturday 2 October.
    friday: '2027-10-01T05:00:00.000Z',
  })
})

test('offers tomorrow night when tonight is past', () => {
  expect(jumps('2026-11-22T19:00:00Z')['tonight']).toBe('2026-11-23T18:00:00.000Z')
})

test('keeps the hour on the wall over both clock changes of 2027', () => {
  expect(jumps('2027-03-25T12:00:00Z')['tomorrow']).toBe('2027-03-26T07:00:00.000Z')
  expect(jumps('2027-03-24T12:00:00Z')['tomorrow']).toBe('2027-03-25T08:00:00.000Z')
  expect(jumps('2027-10-30T12:00:00Z')['tomorrow']).toBe('2027-10-31T08:00:00.000Z')
})

test('names the holiday in both languages', () => {
  expect(clockJumps(Date.parse('2026-09-01T09:00:00Z'), 'Asia/Jerusalem').at(-1)).toEqual({ name: 'friday', to: '2026-09-11T05:00:00.000Z', holiday: { he: 'ראש השנה', en: 'Rosh Hashanah' } })
})
