import { expect, test } from 'vitest'
import { noPlace } from './lanes.ts'
import { placeChange } from './place-change.ts'

const kinds: Record<string, string> = { dana: 'practitioner', omer: 'practitioner', chair1: 'chair', chair2: 'chair', room: 'room', xray: 'device', laser: 'device' }
const known = (placeKind: string | null) => ({ kindOf: (id: string) => kinds[id], placeKind })
const visit = { practitionerId: 'dana', resourceIds: ['dana', 'chair1', 'omer', 'xray'] }

test('another chair is the place of the visit, and the way back leads to the one before', () => {
  expect(placeChange(visit, 'chair1', 'chair2', known('chair'))).toEqual({ send: { placeId: 'chair2' }, back: { placeId: 'chair1' }, resourceIds: ['dana', 'chair2', 'omer', 'xray'] })
})

test('another device leaves the place alone and keeps the others', () => {
  expect(placeChange(visit, 'xray', 'laser', known('chair'))).toEqual({ send: { alsoIds: ['omer', 'laser'] }, back: { alsoIds: ['omer', 'xray'] }, resourceIds: ['dana', 'chair1', 'omer', 'laser'] })
})

test('who has no place gets one, and nobody is put out of theirs', () => {
  expect(placeChange({ practitionerId: 'dana', resourceIds: ['dana'] }, noPlace, 'room', known(null))).toEqual({ send: { placeId: 'room' }, back: {}, resourceIds: ['dana', 'room'] })
  expect(placeChange(visit, 'chair1', noPlace, known('chair'))).toBeUndefined()
  expect(placeChange(visit, 'chair1', 'chair1', known('chair'))).toBeUndefined()
})
