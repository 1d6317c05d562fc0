import { expect, test } from 'vitest'
import { afterNotice, forgottenMs, stillThere } from './presence.ts'

const here = { encounterId: 'note', tab: 'mine', nowMs: 1_000 }
const notice = (given: object = {}, presence: object = {}) => ({
  name: 'presence.here',
  type: 'encounter',
  id: 'note',
  patient: null,
  branch: null,
  session: null,
  now: '2026-11-22T08:40:00Z',
  presence: { tab: 'hers', line: 'her line', staffId: 'levi', doing: 'writing' as const, since: '2026-11-22T08:40:00Z', seq: 3, asks: false, ...presence },
  ...given,
})
const levi = { tab: 'hers', line: 'her line', staffId: 'levi', since: '2026-11-22T08:40:00Z', seq: 3, writing: true, heardMs: 1_000 }

test('who says so is there, and writes or not; whoever came first stands first', () => {
  const one = afterNotice([], notice(), here)
  expect(one).toEqual([levi])
  expect(afterNotice(one, notice({}, { doing: 'reading' }), here)).toEqual([{ ...levi, writing: false }])
  expect(afterNotice(one, notice({}, { tab: 'his', since: '2026-11-22T08:30:00Z' }), here).map(({ tab }) => tab)).toEqual(['his', 'hers'])
})

test('this window, other notes and other news are nothing', () => {
  for (const other of [notice({}, { tab: 'mine' }), notice({ id: 'another' }), notice({ presence: undefined })]) expect(afterNotice([levi], other, here)).toEqual([levi])
})

test('gone with the stream of the window, when the note is left, and when nothing is heard any more', () => {
  expect(afterNotice([levi], notice({ name: 'presence.gone', presence: { line: 'her line' } }), here)).toEqual([])
  expect(afterNotice([levi], notice({ name: 'presence.gone', presence: { line: 'an older line of hers' } }), here)).toEqual([levi])
  expect(afterNotice([levi], notice({}, { doing: 'left' }), here)).toEqual([])
  expect(stillThere([levi], levi.heardMs + forgottenMs)).toEqual([levi])
  expect(stillThere([levi], levi.heardMs + forgottenMs + 1)).toEqual([])
})
