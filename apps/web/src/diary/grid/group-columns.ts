import type { GridColumn } from './grid-model.ts'

export interface ColumnGroup {
  key: string
  title: string
  /** How many columns lie under it. */
  columns: number
}

/** The groups of the columns from the first to the last; null where the columns have none. */
export function groupsOf(columns: readonly GridColumn[]): ColumnGroup[] | null {
  const groups: ColumnGroup[] = []
  for (const { group } of columns) {
    if (!group) return null
    const last = groups.at(-1)
    if (last?.key === group.key) last.columns += 1
    else groups.push({ ...group, columns: 1 })
  }
  return groups.length > 0 ? groups : null
}
