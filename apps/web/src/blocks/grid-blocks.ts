import type { Block } from '@yoman/contract/blocks'
import { datesOf } from '@yoman/domain/blocks/block'
import { minuteOfTime } from '../diary/day-minutes.ts'
import type { GridColumnBlock } from '../diary/grid/grid-model.ts'
import { openBlock } from './block-dialog.ts'
import { blockIcons, blockTitle } from './block-words.ts'

/** Where a column lies: one practitioner, room or device of a branch, on one day. */
export interface ColumnPlace {
  resourceId: string
  branchId: string
  /** ISO. */
  date: string
}

/** The blocks of one column on its day, in order; minutes of the branch's wall. A closed branch is closed for every column of it. */
export function blocksIn(blocks: readonly Block[], place: ColumnPlace): GridColumnBlock[] {
  return blocks
    .filter((block) => concerns(block, place))
    .map((block) => ({
      id: block.id,
      title: blockTitle(block),
      icon: blockIcons[block.kind],
      start: block.starts === null ? 0 : minuteOfTime(block.starts),
      end: block.ends === null ? 24 * 60 : minuteOfTime(block.ends),
      allDay: block.starts === null,
      version: block.version,
      open: () => openBlock(block),
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end)
}

function concerns(block: Block, { resourceId, branchId, date }: ColumnPlace): boolean {
  const whom = block.branchId === null ? block.resourceIds.includes(resourceId) : block.branchId === branchId
  return whom && block.fromDate <= date && date <= block.toDate && datesOf(block).includes(date)
}

/** The same columns, each with its blocks. */
export const withBlocks = <C extends object>(columns: readonly C[], blocks: readonly Block[], placeOf: (column: C) => ColumnPlace): (C & { blocks: readonly GridColumnBlock[] })[] =>
  columns.map((column) => ({ ...column, blocks: blocksIn(blocks, placeOf(column)) }))
