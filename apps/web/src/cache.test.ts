import { QueryObserver } from '@tanstack/vue-query'
import { afterEach, expect, test } from 'vitest'
import { outdate, queryClient } from './cache.ts'

const key = ['GET /patients/:id', { params: { id: 'a' } }]
let asked: ((answer: string) => void)[] = []
let seen: unknown

/** A screen that reads; each question waits for its answer. */
function onScreen(): () => void {
  const observer = new QueryObserver(queryClient, { queryKey: key, queryFn: () => new Promise<string>((resolve) => asked.push(resolve)), retry: false })
  return observer.subscribe(({ data }) => (seen = data))
}

afterEach(() => {
  queryClient.clear()
  asked = []
  seen = undefined
})

test('a first read that was under way when something changed is shown, and made again', async () => {
  const away = onScreen()
  void outdate({ queryKey: ['GET /patients/:id'] })
  void outdate({ queryKey: ['GET /patients/:id'] }) // our own write, and then the notice of it
  expect(asked).toHaveLength(1)
  asked[0]?.('before the change')
  await expect.poll(() => seen).toBe('before the change')
  await expect.poll(() => asked.length).toBe(2)
  asked[1]?.('after it')
  await expect.poll(() => seen).toBe('after it')
  expect(asked).toHaveLength(2)
  away()
})

test('a later read that is under way is called back for one that is made after the change', async () => {
  const away = onScreen()
  asked[0]?.('first')
  await expect.poll(() => seen).toBe('first')
  void outdate({ queryKey: ['GET /patients/:id'] })
  const done = outdate({ queryKey: ['GET /patients/:id'] })
  await expect.poll(() => asked.length).toBe(3)
  asked[1]?.('too old')
  asked[2]?.('new')
  await done
  expect(seen).toBe('new')
  away()
})

test('a read of another route is left alone', async () => {
  const away = onScreen()
  void outdate({ queryKey: ['GET /room-days'] })
  asked[0]?.('only')
  await expect.poll(() => seen).toBe('only')
  expect(asked).toHaveLength(1)
  away()
})
