import type { GridEvent } from './grid-model.ts'

/**
 * Events by column. A column whose events are the same objects as `before` keeps its very list, so that a change in one
 * column leaves the drawing of all others alone.
 */
export function groupEvents(events: readonly GridEvent[], before: ReadonlyMap<string, readonly GridEvent[]> | undefined): Map<string, readonly GridEvent[]> {
  const groups = new Map<string, GridEvent[]>()
  for (const event of events) groups.set(event.columnId, [...(groups.get(event.columnId) ?? []), event])
  return new Map([...groups].map(([id, group]) => [id, keep(group, before?.get(id))]))
}

const keep = (fresh: readonly GridEvent[], before: readonly GridEvent[] | undefined): readonly GridEvent[] =>
  before?.length === fresh.length && fresh.every((event, index) => event === before[index]) ? before : fresh
