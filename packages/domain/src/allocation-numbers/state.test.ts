import { expect, it } from 'vitest'
import { afterAnswer, isHeld, allocationStates } from './state.ts'

it('is settled by a number, and asks somebody to decide after any refusal', () => {
  expect(afterAnswer({ kind: 'approved', number: '123456789' }, 1)).toEqual({ state: 'approved', problem: null, againInSeconds: null })
  for (const code of [431, 434, 435, 446, 460, 461, 462, 463]) expect(afterAnswer({ kind: 'refused', code, message: '' }, 1)).toEqual({ state: 'refused', problem: `code_${code}`, againInSeconds: null })
  expect(afterAnswer({ kind: 'refused', code: 499, message: '' }, 1).problem).toBe('code_other')
})

it('asks again by itself where nobody answered, at growing pauses up to an hour', () => {
  const pause = (attempt: number) => afterAnswer({ kind: 'unreachable', message: '' }, attempt).againInSeconds
  expect([1, 2, 3, 9, 10_000].map(pause)).toEqual([15, 30, 60, 3_600, 3_600])
})

it('waits for somebody to connect again where its leave has ended', () => {
  expect(afterAnswer({ kind: 'unauthorised' }, 3)).toEqual({ state: 'waiting', problem: 'reconnect', againInSeconds: null })
})

it('keeps the document until there is a number or a decision', () => {
  expect(allocationStates.filter(isHeld)).toEqual(['waiting', 'asking', 'refused'])
})
