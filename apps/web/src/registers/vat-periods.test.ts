import { plainDate } from '@yoman/domain/time'
import { expect, it } from 'vitest'
import { vatPeriods } from './vat-periods.ts'

it('offers each month that has begun and each pair that begins with an odd one, the newest first', () => {
  const choices = vatPeriods(plainDate('2026-11-22'))
  expect(choices.slice(0, 5).map(({ key }) => key)).toEqual(['2026-11/1', '2026-11/2', '2026-10/1', '2026-09/1', '2026-09/2'])
  expect(choices.find(({ key }) => key === '2026-09/2')).toMatchObject({ month: '2026-09', months: 2, first: expect.stringContaining('2026'), last: expect.stringContaining('2026') })
  expect(new Set(choices.map(({ key }) => key)).size).toBe(24 + 12)
})
