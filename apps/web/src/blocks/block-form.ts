import type { Block } from '@yoman/contract/blocks'
import { clockText } from '../diary/grid/grid-model.ts'
import type { BlockStart } from './block-dialog.ts'
import type { BlockKind } from './block-words.ts'
import type { BlockForm } from './block-writes.ts'

/** What is typed in the dialog; null where a date or time is no such thing yet. */
export interface BlockDraft {
  kind: BlockKind
  resourceIds: string[]
  fromDate: string | null
  toDate: string | null
  weekdays: number[]
  allDay: boolean
  starts: string | null
  ends: string | null
  title: string
  privateNote: string
}

/** A new block over a place of the grid: a dragged span is rather a meeting, a whole day rather leave. */
export const draftAt = ({ date, resourceId, start, end }: BlockStart, own: readonly string[]): BlockDraft => ({
  kind: start === null ? 'leave' : 'meeting',
  resourceIds: resourceId === null ? [...own] : [resourceId],
  fromDate: date,
  toDate: date,
  weekdays: [],
  allDay: start === null,
  starts: start === null ? '12:00' : clockText(start),
  ends: end === null ? '13:00' : clockText(Math.min(end, 24 * 60 - 1)),
  title: '',
  privateNote: '',
})

export const draftOf = (block: Block): BlockDraft => ({
  kind: block.kind,
  resourceIds: [...block.resourceIds],
  fromDate: block.fromDate,
  toDate: block.toDate,
  weekdays: [...block.weekdays],
  allDay: block.starts === null,
  starts: block.starts ?? '12:00',
  ends: block.ends ?? '13:00',
  title: block.title,
  privateNote: block.privateNote ?? '',
})

/** The draft as it is sent; null while something is missing. `branchId` is the branch that a closing closes. */
export function formOf(draft: BlockDraft, branchId: string | null): BlockForm | null {
  const { kind, resourceIds, fromDate, toDate, weekdays, allDay, starts, ends, title, privateNote } = draft
  const closes = kind === 'closed'
  if (fromDate === null || toDate === null || (!allDay && (starts === null || ends === null))) return null
  if (closes ? branchId === null : resourceIds.length === 0) return null
  return {
    kind,
    branchId: closes ? branchId : null,
    resourceIds: closes ? [] : resourceIds,
    fromDate,
    toDate,
    weekdays: fromDate === toDate ? [] : weekdays,
    starts: allDay ? null : starts,
    ends: allDay ? null : ends,
    title: title.trim(),
    privateNote: privateNote.trim(),
  }
}
