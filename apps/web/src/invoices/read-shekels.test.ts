import { expect, it } from 'vitest'
import { readShekels } from './read-shekels.ts'

it('reads amounts as people type them, exactly', () => {
  expect(readShekels('180')).toBe(18_000)
  expect(readShekels(' ₪1,234.5 ')).toBe(123_450)
  expect(readShekels('0.29')).toBe(29)
})

it('takes nothing that is no amount above zero', () => {
  for (const typed of ['', '0', '-5', '1.234', 'abc', '1e5']) expect(readShekels(typed)).toBeNull()
})
