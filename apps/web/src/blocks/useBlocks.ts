import { computed, type ComputedRef } from 'vue'
import type { Block } from '@yoman/contract/blocks'
import { useRead } from '../api.ts'
import { branch } from '../branch.ts'
import type { Input } from '../request.ts'

/** What to ask for the blocks of the branch on screen between two dates. */
export const blocksInput = (range: { from: string; to: string }): Input<'GET /blocks'> => ({ query: { branchId: branch.value?.id ?? '', ...range } })

const none: readonly Block[] = []

/** The blocks of the branch on screen between two dates (both included), kept up to date by the live stream. */
export function useBlocks(range: () => { from: string; to: string }): ComputedRef<readonly Block[]> {
  const { data } = useRead('GET /blocks', () => blocksInput(range()), { enabled: () => branch.value !== undefined, keep: true })
  return computed(() => data.value?.items ?? none)
}
