import { shallowRef } from 'vue'
import type { Block } from '@yoman/contract/blocks'

/** What is known when a block begins: an empty place of the grid gives all, the key perhaps the day alone. */
export interface BlockStart {
  date: string
  resourceId: string | null
  /** Minutes since midnight; null: all day. */
  start: number | null
  end: number | null
}

/** The one dialog about a block that is open, wherever it was asked for: a new one, or one that stands in the diary. */
export const blockDialog = shallowRef<{ start: BlockStart; block: null } | { start: null; block: Block } | null>(null)

export const openNewBlock = (start: BlockStart): void => void (blockDialog.value = { start, block: null })
export const openBlock = (block: Block): void => void (blockDialog.value = { start: null, block })
export const closeBlockDialog = (): void => void (blockDialog.value = null)
