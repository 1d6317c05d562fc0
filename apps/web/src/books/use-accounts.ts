import { type Ref, ref, watch } from 'vue'
import type { Accounts } from '@yoman/domain/books/accounts'
import { firstAccounts } from './first-accounts.ts'

/**
 * The accounts to write the books with, to begin with those of the last export. They are taken once, when it is first known
 * (undefined: not yet, null: there is none): an export that a colleague makes meanwhile must not write over what is being typed.
 */
export function useAccounts(last: () => Accounts | null | undefined): Ref<Accounts> {
  const accounts = ref(firstAccounts())
  let taken = false
  watch(last, (known) => {
    if (taken || known === undefined) return
    taken = true
    if (known) accounts.value = structuredClone(known)
  }, { immediate: true })
  return accounts
}
