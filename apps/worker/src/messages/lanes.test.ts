import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lanes } from './lanes.ts'

test('no more run at once than there are lanes, all come to their end in their order, and a failure frees its lane', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.record({ turns: fc.nat(4), fails: fc.boolean() }), { maxLength: 30 }), async (most, works) => {
      const inLane = lanes(most)
      const begun: number[] = []
      let [running, peak] = [0, 0]
      const results = await Promise.allSettled(
        works.map(({ turns, fails }, index) =>
          inLane(async () => {
            begun.push(index)
            peak = Math.max(peak, (running += 1))
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
            running -= 1
            if (fails) throw new Error('as asked')
            return index
          }),
        ),
      )
      expect(peak).toBeLessThanOrEqual(most)
      expect(begun).toEqual(works.map((_, index) => index))
      expect(results.map(({ status }) => status === 'rejected')).toEqual(works.map(({ fails }) => fails))
    }),
  )
})
