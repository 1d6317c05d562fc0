import { expect, test } from 'vitest'
import { makeUnanswered } from './unanswered.ts'

test('what was said stands until the last of its writes came back', () => {
  const visits = makeUnanswered<{ status?: string; startsAt?: string }>()
  visits.say('a', { status: 'arrived' })
  visits.begin('a')
  visits.say('a', { status: 'called' })
  visits.begin('a')
  visits.say('b', { startsAt: '09:00' })
  visits.begin('b')
  expect(visits.said()).toEqual([['a', { status: 'called' }], ['b', { startsAt: '09:00' }]])
  expect(visits.end('a')).toBe(false)
  expect(visits.said()).toHaveLength(2)
  expect(visits.end('a')).toBe(true)
  expect(visits.said()).toEqual([['b', { startsAt: '09:00' }]])
})

test('things said one after the other of one row add up', () => {
  const visits = makeUnanswered<{ status?: string; startsAt?: string }>()
  visits.say('a', { startsAt: '09:00' })
  visits.say('a', { status: 'confirmed' })
  expect(visits.said()).toEqual([['a', { startsAt: '09:00', status: 'confirmed' }]])
})
