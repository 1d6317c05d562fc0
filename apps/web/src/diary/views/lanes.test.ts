import { expect, test } from 'vitest'
import { inOrder, shownLanes, toggled, type Lane } from './lanes.ts'

const lane = (id: string): Lane => ({ id, title: id, colour: '#000000' })
const [a, b, c] = [lane('a'), lane('b'), lane('c')]
const ids = (lanes: readonly Lane[]): string[] => lanes.map(({ id }) => id)

test('what was ordered comes first, the rest keeps its place', () => {
  expect(ids(inOrder([a, b, c], ['c', 'x', 'a']))).toEqual(['c', 'a', 'b'])
})

test('hidden and absent lanes are left out, unless they are asked for', () => {
  const here = (id: string): boolean => id !== 'c'
  expect(ids(shownLanes([a, b, c], null, here, ['a']))).toEqual(['b'])
  expect(ids(shownLanes([a, b, c], 'all', here, ['a']))).toEqual(['a', 'b'])
  expect(ids(shownLanes([a, b, c], ['c', 'a'], here, ['a']))).toEqual(['a', 'c'])
})

test('a press turns one off and on again, never the last, and the usual ones need no filter', () => {
  expect(toggled([a, b, c], [a, b, c], 'b')).toEqual(['a', 'c'])
  expect(toggled([a, c], [a, b, c], 'b')).toBeNull()
  expect(toggled([a], [a, b, c], 'a')).toEqual(['a'])
  expect(toggled([a, b], [a, b], 'c')).toEqual(['a', 'b', 'c'])
})
