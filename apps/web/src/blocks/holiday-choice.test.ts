import { expect, test } from 'vitest'
import { closingsOf, usualChoice, visitsHit } from './holiday-choice.ts'

const day = (date: string, more: object = {}) => ({ date, holiday: 'pesach', habit: 'closed' as const, opens: true, block: null, visits: [], ...more })
const visits = [{ startsAt: '2027-04-21T06:00:00Z', endsAt: '2027-04-21T06:30:00Z' }, { startsAt: '2027-04-21T09:30:00Z', endsAt: '2027-04-21T10:15:00Z' }, { startsAt: '2027-04-21T11:00:00Z', endsAt: '2027-04-21T11:30:00Z' }]

test('what is usual is chosen at first, but nothing where the branch is closed anyway', () => {
  expect(usualChoice(day('2027-04-22'))).toBe('closed')
  expect(usualChoice(day('2027-04-24', { opens: false }))).toBe('open')
})

test('days that are over, decided, or open are not closed', () => {
  const items = [day('2026-09-21'), day('2027-04-22', { block: { id: 'x' } }), day('2027-04-28'), day('2027-05-12')]
  expect(closingsOf(items, { '2027-05-12': 'open' }, '2026-11-22').map(({ date }) => date)).toEqual(['2027-04-28'])
})

test('a half day hits what lasts beyond 13:00 in Jerusalem', () => {
  const counts = (['closed', 'half', 'open'] as const).map((choice) => visitsHit({ date: '2027-04-21', visits }, choice, 'Asia/Jerusalem'))
  expect(counts).toEqual([3, 2, 0])
})
