import { nextTick, shallowRef } from 'vue'
import type { Accounts } from '@yoman/domain/books/accounts'
import { expect, test } from 'vitest'
import { firstAccounts } from './first-accounts.ts'
import { useAccounts } from './use-accounts.ts'

const withCash = (key: string): Accounts => ({ ...firstAccounts(), cash: { key, name: 'x' } })

test('the accounts of the last export are taken once, and not over what is being typed', async () => {
  const last = shallowRef<Accounts | null>()
  const accounts = useAccounts(() => last.value)
  last.value = withCash('55')
  await nextTick()
  expect(accounts.value.cash.key).toBe('55')
  accounts.value.cash.key = '551'
  last.value = withCash('77')
  await nextTick()
  expect(accounts.value.cash.key).toBe('551')
})

test('where there was no export yet, one that a colleague makes changes nothing', async () => {
  const last = shallowRef<Accounts | null>(null)
  const accounts = useAccounts(() => last.value)
  last.value = withCash('77')
  await nextTick()
  expect(accounts.value).toEqual(firstAccounts())
})
