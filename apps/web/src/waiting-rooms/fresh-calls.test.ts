import { instant } from '@yoman/domain/time'
import { expect, test } from 'vitest'
import { isFresh, newCalls } from './fresh-calls.ts'

const call = (label: string, calledAt: string) => ({ label, place: 'כיסא 1', calledAt })

test('a call is new for a minute by its own time, whenever the screen came to see it', () => {
  const made = call('7', '2026-11-22T08:00:00Z')
  expect(isFresh(made, instant('2026-11-22T08:00:59Z'))).toBe(true)
  expect(isFresh(made, instant('2026-11-22T08:01:00Z'))).toBe(false)
})

test('after an outage only what was called a moment ago counts as new; called again is called anew', () => {
  const now = instant('2026-11-22T08:30:10Z')
  const [old, fresh] = [call('7', '2026-11-22T08:05:00Z'), call('9', '2026-11-22T08:30:00Z')]
  expect(newCalls([], [fresh, old], now)).toEqual([fresh])
  expect(newCalls([fresh, old], [fresh, old], now)).toEqual([])
  const again = { ...old, calledAt: '2026-11-22T08:30:05Z' }
  expect(newCalls([fresh, old], [again, fresh], now)).toEqual([again])
})
