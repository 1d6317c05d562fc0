import { expect, test } from 'vitest'
import type { Alternative, Occurrence } from '@yoman/contract/series'
import { choicesOf, chosenOf, firstChoice } from './choices.ts'

const at = (hour: number): { startsAt: string; endsAt: string } => ({ startsAt: `2027-01-04T${hour}:00:00Z`, endsAt: `2027-01-04T${hour}:30:00Z` })
const other = (kind: Alternative['kind'], hour: number): Alternative => ({ kind, ...at(hour), practitionerId: kind === 'other_person' ? 'dan' : 'michal', placeId: null })
const occurrence = (given: Partial<Occurrence>): Occurrence => ({
  position: 2, appointmentId: null, visitTypeId: 'talk', ...at(10), practitionerId: 'michal', placeId: null, state: 'free', holiday: null, clash: null, anyway: null, alternatives: [], ...given,
})
const around = [other('same_day', 11), other('other_day', 12), other('other_person', 10)]

test('what is free is taken as it was wished', () => {
  expect(firstChoice(occurrence({}))).toBe('wished')
  expect(choicesOf(occurrence({}), false)).toEqual(['wished', 'skip'])
})

test('who is taken comes at another hour, who is away on another day', () => {
  expect(firstChoice(occurrence({ state: 'clash', alternatives: around }))).toBe('other-0')
  expect(firstChoice(occurrence({ state: 'clash', alternatives: [other('same_day', 13), other('other_day', 12)] }))).toBe('other-1') // three hours are too far
  expect(firstChoice(occurrence({ state: 'clash', alternatives: [other('same_day', 13)] }))).toBe('other-0')
  expect(firstChoice(occurrence({ state: 'holiday', alternatives: around }))).toBe('other-1')
  expect(firstChoice(occurrence({ state: 'leave', alternatives: around.slice(2) }))).toBe('other-0')
  expect(firstChoice(occurrence({ state: 'closed' }))).toBe('skip')
})

test('all the same: by decision alone on a holiday, outside hours by the right to it', () => {
  const holiday = occurrence({ state: 'holiday', anyway: 'freely' })
  const late = occurrence({ state: 'outside_hours', anyway: 'outside_hours' })
  expect([choicesOf(holiday, false), choicesOf(late, false), choicesOf(late, true)]).toEqual([['anyway', 'skip'], ['skip'], ['anyway', 'skip']])
  expect(chosenOf([holiday], { 2: 'anyway' })[0]?.outsideHours).toBe(false)
  expect(chosenOf([late], { 2: 'anyway' })[0]).toMatchObject({ outsideHours: true, startsAt: at(10).startsAt })
})

test('what was decided on is booked, and what was left out is not', () => {
  const three = [occurrence({}), occurrence({ position: 3, state: 'clash', alternatives: around }), occurrence({ position: 4 })]
  expect(chosenOf(three, { 3: 'other-2', 4: 'skip' }).map(({ startsAt, practitionerId }) => [startsAt, practitionerId])).toEqual([[at(10).startsAt, 'michal'], [at(10).startsAt, 'dan']])
})
