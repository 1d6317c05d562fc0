import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OpenSlot } from '../availability/open-slots.ts'
import { chains, type StepSlots } from './chains.ts'

const day = 24 * 60
const at = (on: number, hour: number, minute = 0) => on * day + hour * 60 + minute
const slot = (start: number, practitionerId: string, placeId: string | null = null, alsoIds: string[] = []): OpenSlot => ({ start, practitionerId, placeId, alsoIds })
const steps = (...given: (Partial<StepSlots> & { slots: OpenSlot[] })[]): StepSlots[] =>
  given.map(({ slots, ...rest }, place) => ({
    step: place + 1,
    minutes: 30,
    bufferBefore: 0,
    bufferAfter: 0,
    minGapDays: 0,
    maxGapDays: 0,
    on: (number) => slots.filter(({ start }) => Math.floor(start / day) === number),
    ...rest,
  }))
const wish = (days: number, limit = 10) => ({ days, limit, partOf: (_day: number, start: number) => (start % day < 12 * 60 ? 'morning' : 'later') })
const starts = (found: ReturnType<typeof chains>) => found.map((chain) => chain.map((visit) => visit.start))

test('the hygienist follows the doctor the same day', () => {
  const found = chains(steps({ slots: [slot(at(0, 9), 'doctor')] }, { slots: [slot(at(0, 9), 'hygienist'), slot(at(0, 9, 30), 'hygienist'), slot(at(0, 10), 'hygienist')] }), wish(1))
  expect(found).toEqual([[{ ...slot(at(0, 9), 'doctor'), step: 1, minutes: 30 }, { ...slot(at(0, 9, 30), 'hygienist'), step: 2, minutes: 30 }]])
})

test('takes the start after which the patient waits least', () => {
  const found = chains(steps({ slots: [slot(at(0, 8), 'doctor'), slot(at(0, 10), 'doctor')] }, { slots: [slot(at(0, 10, 30), 'hygienist')] }), wish(1))
  expect(starts(found)).toEqual([[at(0, 10), at(0, 10, 30)]])
})

test('one proposal for each part of each day, soonest first', () => {
  const found = chains(steps({ slots: [slot(at(0, 9), 'd'), slot(at(0, 10), 'd'), slot(at(0, 14), 'd'), slot(at(2, 9), 'd')] }), wish(3))
  expect(starts(found)).toEqual([[at(0, 9)], [at(0, 14)], [at(2, 9)]])
})

test('a gap is counted in days from the step before', () => {
  const second = { minGapDays: 2, maxGapDays: 3, slots: [slot(at(1, 9), 'd'), slot(at(4, 9), 'd'), slot(at(5, 9), 'd')] }
  expect(starts(chains(steps({ slots: [slot(at(0, 9), 'd'), slot(at(1, 9), 'd')] }, second), wish(2)))).toEqual([[at(1, 9), at(4, 9)]])
})

test('turns back where the soonest second visit leaves no third', () => {
  const found = chains(
    steps(
      { slots: [slot(at(0, 9), 'd')] },
      { minGapDays: 1, maxGapDays: 2, slots: [slot(at(1, 9), 'd'), slot(at(2, 9), 'd')] },
      { minGapDays: 1, maxGapDays: 1, slots: [slot(at(3, 9), 'd')] },
    ),
    wish(1),
  )
  expect(starts(found)).toEqual([[at(0, 9), at(2, 9), at(3, 9)]])
})

test('buffers count only between visits that share a person or a place', () => {
  const second = { bufferBefore: 10, slots: [slot(at(0, 9, 30), 'd', 'room'), slot(at(0, 9, 40), 'd', 'room')] }
  const first = (practitioner: string, place: string | null) => ({ bufferAfter: 5, slots: [slot(at(0, 9), practitioner, place)] })
  expect(starts(chains(steps(first('d', null), second), wish(1)))).toEqual([])
  expect(starts(chains(steps(first('other', 'room'), second), wish(1)))).toEqual([])
  expect(starts(chains(steps(first('other', 'elsewhere'), second), wish(1)))).toEqual([[at(0, 9), at(0, 9, 30)]])
  const withAssistant = (who: string) => chains(steps({ slots: [slot(at(0, 9), 'd', null, ['m'])] }, { bufferBefore: 10, slots: [slot(at(0, 9, 30), 'e', null, [who])] }), wish(1))
  expect([starts(withAssistant('m')), starts(withAssistant('n'))]).toEqual([[], [[at(0, 9), at(0, 9, 30)]]])
})

test('proposes nothing where a step has no place, and never more than asked for', () => {
  expect(chains(steps({ slots: [slot(at(0, 9), 'd')] }, { slots: [] }), wish(1))).toEqual([])
  const many = Array.from({ length: 40 }, (_, number) => slot(at(number, 9), 'd'))
  expect(chains(steps({ slots: many }), wish(40, 7))).toHaveLength(7)
})

test('whatever is free, proposals keep order, gaps and freedom', () => {
  const someSlots = fc.array(fc.record({ start: fc.nat(6 * 24 * 12).map((five) => five * 5), practitionerId: fc.constantFrom('a', 'b'), placeId: fc.constantFrom(null, 'x'), alsoIds: fc.constantFrom([], ['m']) }), { maxLength: 25 }).map((slots) => slots.toSorted((a, b) => a.start - b.start))
  const someStep = fc.record({ slots: someSlots, minutes: fc.constantFrom(10, 45), bufferBefore: fc.constantFrom(0, 5), bufferAfter: fc.constantFrom(0, 5), minGapDays: fc.nat(1), maxGapDays: fc.constantFrom(1, 2) })
  fc.assert(
    fc.property(fc.array(someStep, { minLength: 1, maxLength: 3 }), (given) => {
      for (const chain of chains(steps(...given), wish(7))) {
        chain.forEach((visit, place) => {
          const own = given[place]
          expect(own?.slots).toContainEqual({ start: visit.start, practitionerId: visit.practitionerId, placeId: visit.placeId, alsoIds: visit.alsoIds })
          const before = chain[place - 1]
          if (!own || !before) return
          const gap = Math.floor(visit.start / day) - Math.floor(before.start / day)
          expect(visit.start).toBeGreaterThanOrEqual(before.start + before.minutes)
          expect(gap >= own.minGapDays && gap <= own.maxGapDays).toBe(true)
        })
      }
    }),
  )
})
