import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { draftLine, type DraftWords } from './draft-line.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const words = (body: string): DraftWords => ({ body, at: '2026-11-22T08:40:00Z' })

/** A device that takes its time, and can be full. */
function device(able = true) {
  const done: string[] = []
  let full = false
  let slow: Promise<void> = Promise.resolve()
  const line = draftLine({
    able,
    keep: async (given, final) => {
      await slow
      if (full) throw new Error('full')
      done.push(`${given.body} of ${given.at}${final ? ', final' : ''}`)
    },
    forget: async () => void done.push('forgotten'),
  })
  return { done, line, fill: () => void (full = true), slowDown: (until: Promise<void>) => void (slow = until) }
}

test('words that are taken back while the key is asked for are written whole, and then forgotten', async () => {
  const { done, line, slowDown } = device()
  let go = (): void => undefined
  slowDown(new Promise((resolve) => (go = resolve)))
  line.put(words('א'))
  line.put(null)
  go()
  await line.idle()
  expect(done).toEqual(['א of 2026-11-22T08:40:00Z', 'forgotten'])
  expect(await line.end()).toBe(null)
})

test('of several letters in a row the last is written; once the hand rests, through to the disk', async () => {
  const { done, line, slowDown } = device()
  let go = (): void => undefined
  slowDown(new Promise((resolve) => (go = resolve)))
  for (const body of ['א', 'אב', 'אבג']) line.put(words(body))
  expect(line.settled()).toBe(false)
  go()
  await line.idle()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(done).toEqual(['א of 2026-11-22T08:40:00Z', 'אבג of 2026-11-22T08:40:00Z', 'אבג of 2026-11-22T08:40:00Z, final'])
  expect([line.settled(), await line.end()]).toEqual([true, null])
})

test('at the end it gives the words that the device does not have: those it was too full for, and all where it keeps nothing', async () => {
  const { line, fill } = device()
  line.put(words('א'))
  await line.idle()
  fill()
  line.put(words('אב'))
  await line.idle()
  expect([line.keeps.value, await line.end()]).toEqual([false, words('אב')])

  const plain = device(false)
  plain.line.put(words('א'))
  expect([plain.line.keeps.value, plain.done, await plain.line.end()]).toEqual([false, [], words('א')])
  plain.line.put(null)
  expect(await plain.line.end()).toBe(null)
})
