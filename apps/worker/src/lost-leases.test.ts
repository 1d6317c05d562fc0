import pino from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { isLeaseLost, lostLeases } from './lost-leases.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('knows what BullMQ says of a job that is no longer ours, and nothing else', () => {
  const coded = (code: unknown) => Object.assign(new Error('Missing lock for job 7. moveToFinished'), { code })
  expect([-1, -2, -3, -6].map((code) => isLeaseLost(coded(code)))).toEqual([true, true, true, true])
  expect(isLeaseLost(new Error('could not renew lock for job message.queued-7'))).toBe(true)
  expect([coded(-4), coded('57P01'), new Error('the gateway is away')].map(isLeaseLost)).toEqual([false, false, false])
})

it('says a swarm of them in one line, with how many there were, and begins anew', () => {
  const lines: { count: number }[] = []
  const leases = lostLeases(pino({}, { write: (line) => void lines.push(JSON.parse(line) as { count: number }) }), 1_000)
  for (let nth = 0; nth < 50; nth += 1) leases.note(new Error('could not renew lock'))
  expect(lines).toEqual([])
  vi.advanceTimersByTime(1_000)
  expect(lines).toMatchObject([{ count: 50 }])
  leases.note(new Error('could not renew lock'))
  leases.end()
  vi.advanceTimersByTime(5_000)
  expect(lines).toMatchObject([{ count: 50 }, { count: 1 }])
})
