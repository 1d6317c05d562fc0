import { computed, type ComputedRef } from 'vue'
import type { Block } from '@yoman/contract/blocks'
import { useRead } from '../api.ts'
import { branch } from '../branch.ts'

const none: readonly Block[] = []

/** The blocks of the branch on screen between two dates (both included), kept up to date by the live stream. */
export function useBlocks(range: () => { from: string; to: string }): ComputedRef<readonly Block[]> {
  const { data } = useRead('GET /blocks', () => ({ query: { branchId: branch.value?.id ?? '', ...range() } }), { enabled: () => branch.value !== undefined, keep: true })
  return computed(() => data.value?.items ?? none)
}
