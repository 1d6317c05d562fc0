import { expect, test } from 'vitest'
import { ApiProblem } from './request.ts'
import { useSending } from './use-sending.ts'

test('a refusal is said in words, and the next try begins without them', async () => {
  const { busy, problem, send } = useSending()
  expect(await send(() => Promise.reject(new ApiProblem(409, 'slot_taken')))).toBe(false)
  expect(problem.value).not.toBe('')
  const going = send(() => Promise.resolve())
  expect([busy.value, problem.value]).toEqual([true, ''])
  expect(await going).toBe(true)
  expect(busy.value).toBe(false)
})
