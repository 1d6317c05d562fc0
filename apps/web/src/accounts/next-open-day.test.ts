import { plainDate } from '@yoman/domain/time'
import { expect, test } from 'vitest'
import { nextOpenDay } from './next-open-day.ts'

const sundayToThursday = [7, 1, 2, 3, 4].map((weekday) => ({ weekday }))

test('on Thursday one looks at Sunday; a branch without hours has a tomorrow, too', () => {
  expect(nextOpenDay(plainDate('2026-11-22'), sundayToThursday).toString()).toBe('2026-11-23')
  expect(nextOpenDay(plainDate('2026-11-26'), sundayToThursday).toString()).toBe('2026-11-29')
  expect(nextOpenDay(plainDate('2026-11-26'), [{ weekday: 4 }]).toString()).toBe('2026-12-03')
  expect(nextOpenDay(plainDate('2026-11-27'), []).toString()).toBe('2026-11-28')
})
