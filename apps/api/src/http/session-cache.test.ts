import { expect, test } from 'vitest'
import { sessionChannel } from '@yoman/db/sessions/queries'
import { instant } from '@yoman/domain/time'
import type { Notices } from '../live/notices.ts'
import { cacheSessions } from './session-cache.ts'

const end = instant('2026-11-22T18:00:00Z')
const session = { staffId: 'x', idleUntil: end, absoluteUntil: end, roles: [], branchIds: [] }

function scene() {
  let looks = 0
  let nowMs = 0
  let listening = true
  let tell: Parameters<Notices['hear']>[0] = () => undefined
  let answer = async () => session
  const notices: Notices = { hear: (listener) => ((tell = listener), () => undefined), listening: () => listening, ready: Promise.resolve(), close: async () => undefined }
  const cache = cacheSessions(async () => ((looks += 1), answer()), notices, () => nowMs)
  return {
    cache,
    ask: () => cache.find('clinic', 'session'),
    looks: () => looks,
    pass: (ms: number) => void (nowMs += ms),
    deafen: () => void (listening = false),
    tell: (notice: Parameters<typeof tell>[0]) => tell(notice),
    answerWith: (next: typeof answer) => void (answer = next),
  }
}

test('looks once in two seconds', async () => {
  const { ask, looks, pass } = scene()
  await ask()
  pass(1_999)
  await ask()
  expect(looks()).toBe(1)
  pass(1)
  await ask()
  expect(looks()).toBe(2)
})

test.each([
  ['this process ended one', (s: ReturnType<typeof scene>) => s.cache.forget()],
  ['another process ended one', (s: ReturnType<typeof scene>) => s.tell({ channel: sessionChannel, payload: 'clinic' })],
  ['notices may have been missed', (s: ReturnType<typeof scene>) => s.tell({ lost: true })],
  ['notices cannot be heard', (s: ReturnType<typeof scene>) => s.deafen()],
])('looks again when %s', async (_when, happen) => {
  const it = scene()
  await it.ask()
  happen(it)
  await it.ask()
  expect(it.looks()).toBe(2)
})

test('does not remember what it saw before the end it heard of', async () => {
  const it = scene()
  it.answerWith(async () => {
    it.tell({ channel: sessionChannel, payload: 'clinic' })
    return session
  })
  await it.ask()
  await it.ask()
  expect(it.looks()).toBe(2)
})
