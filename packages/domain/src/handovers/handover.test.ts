import { expect, test } from 'vitest'
import { mayTake, mayWithdraw, type HandoverState } from './handover.ts'

const waiting: HandoverState = { status: 'waiting', givenBy: 'ruti', endedBy: null }
const taken: HandoverState = { status: 'taken', givenBy: 'ruti', endedBy: 'dana' }
const refused = (code: string) => expect.objectContaining({ code })

test('the next shift takes over, once, and nobody takes over from themselves', () => {
  expect(mayTake(waiting, 'dana')).toBe(true)
  expect(mayTake(taken, 'dana')).toBe(false)
  expect(() => mayTake(taken, 'noa')).toThrow(refused('handover_ended'))
  expect(() => mayTake(waiting, 'ruti')).toThrow(refused('handover_by_self'))
})

test('whoever gave it takes it back while nobody has taken over', () => {
  expect(mayWithdraw(waiting, 'ruti')).toBe(true)
  expect(mayWithdraw({ ...waiting, status: 'withdrawn', endedBy: 'ruti' }, 'ruti')).toBe(false)
  expect(() => mayWithdraw(waiting, 'dana')).toThrow(refused('not_the_author'))
  expect(() => mayWithdraw(taken, 'ruti')).toThrow(refused('handover_ended'))
})
