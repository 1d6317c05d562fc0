import { expect, it } from 'vitest'
import { readRange, typedRange } from './price-range.ts'

it('reads a price or a range as it is typed, and writes it back so', () => {
  expect(readRange('450')).toEqual({ leastAgorot: 45_000, mostAgorot: 45_000 })
  expect(readRange('3,000 – 4,200')).toEqual({ leastAgorot: 300_000, mostAgorot: 420_000 })
  for (const typed of ['450', '99.50', '3000-4200']) expect(typedRange(readRange(typed) ?? { leastAgorot: 0, mostAgorot: 0 })).toBe(typed)
})

it('takes nothing that is no price, or falls', () => {
  for (const typed of ['', 'abc', '4200-3000', '1-2-3', '-5', '0']) expect(readRange(typed)).toBeNull()
})
