import { expect, test } from 'vitest'
import { instant } from '../time.ts'
import { checkOpen, close, reopen, type TaskState } from './task.ts'

const open: TaskState = { status: 'open', outcome: '', closedAt: null, closedBy: null }
const at = { by: 'ruti', now: instant('2026-11-22T08:00:00Z') }

test('a promise is kept or broken once, with who and when, and can be taken up again', () => {
  const kept = close(open, 'kept', ' spoke to her ', at)
  expect(kept).toEqual({ status: 'kept', outcome: 'spoke to her', closedAt: at.now, closedBy: 'ruti' })
  expect(close(kept ?? open, 'kept', 'again', at)).toBeNull()
  expect(() => close(kept ?? open, 'broken', '', at)).toThrow(expect.objectContaining({ code: 'task_closed' }))
  expect(reopen(kept ?? open)).toEqual(open)
  expect(reopen(open)).toBeNull()
})

test('what is closed stays as it was said', () => {
  expect(() => checkOpen({ status: 'broken' })).toThrow(expect.objectContaining({ code: 'task_closed' }))
  expect(() => checkOpen(open)).not.toThrow()
})
