import { instant } from '@yoman/domain/time'
import { expect, test } from 'vitest'
import { dueGroup, usualDue } from './due.ts'

const zone = 'Asia/Jerusalem'

test('a promise is overdue from its very minute, else due today or later by the wall of the branch', () => {
  const at = (now: string) => dueGroup('2026-11-22T12:00:00Z', instant(now), zone)
  expect([at('2026-11-22T11:59:59Z'), at('2026-11-22T12:00:00Z'), at('2026-11-21T21:59:00Z'), at('2026-11-21T22:01:00Z')]).toEqual(['today', 'overdue', 'later', 'today'])
})

test('a new promise is offered the next full hour but one, also over midnight', () => {
  expect(usualDue(instant('2026-11-22T07:10:00Z'), zone)).toEqual({ date: '2026-11-22', time: '11:00' })
  expect(usualDue(instant('2026-11-22T21:10:00Z'), zone)).toEqual({ date: '2026-11-23', time: '01:00' })
})
