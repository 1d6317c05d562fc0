import type { Diary } from '@yoman/contract/diary'
import type { Settings } from '@yoman/contract/settings'
import type { DiaryColumns } from '@yoman/domain/preferences/preferences'
import { inLanguage } from '../practitioner-options.ts'
import type { LaneKind, ViewState } from './view-state.ts'

/** Somebody or something that can have a column. */
export interface Lane {
  id: string
  title: string
  colour: string
}

/** The column of visits that have no room. Not an id of anything. */
export const noPlace = 'none'

const kindsOf: Record<LaneKind, readonly string[]> = { people: ['practitioner'], rooms: ['room', 'chair'], devices: ['device'] }
export const isOfKind = (kind: LaneKind, resourceKind: string): boolean => kindsOf[kind].includes(resourceKind)

/** Everybody or everything of the kind in the branch, and what is of another branch but has visits in this one, in the person's own order. */
export function lanesOf(kind: LaneKind, branchId: string | undefined, settings: Settings | undefined, diary: Diary | undefined, chosen: DiaryColumns | undefined): Lane[] {
  const here = (settings?.resources ?? []).filter(
    (one) => one.active && isOfKind(kind, one.kind) && (one.kind === 'practitioner' ? one.hours.some((hours) => hours.branchId === branchId) : one.branchId === branchId),
  )
  const known = new Set(here.map(({ id }) => id))
  const guests = (diary?.columns ?? []).filter((column) => isOfKind(kind, column.kind) && !known.has(column.resourceId))
  const lanes = [...here, ...guests.map((column) => ({ ...column, id: column.resourceId }))].map((one) => ({ id: one.id, title: inLanguage(one), colour: one.colour }))
  return inOrder(lanes, chosen?.order ?? [])
}

/** Those that were ordered first, then the rest as they come. */
export function inOrder<T extends { id: string }>(lanes: readonly T[], order: readonly string[]): T[] {
  const rank = new Map(order.map((id, index) => [id, index]))
  return [...lanes].sort((a, b) => (rank.get(a.id) ?? order.length) - (rank.get(b.id) ?? order.length)) // sorting is stable
}

/** Which of the lanes are on screen. A filter shows what it names, here today or not. */
export function shownLanes(lanes: readonly Lane[], of: ViewState['of'], isHere: (id: string) => boolean, hidden: readonly string[]): Lane[] {
  if (Array.isArray(of)) return lanes.filter(({ id }) => of.includes(id))
  return lanes.filter(({ id }) => isHere(id) && (of === 'all' || !hidden.includes(id)))
}

/** The filter after lane `id` was turned on or off. The last one stays: nobody wants an empty diary. Null: as the person likes it. */
export function toggled(shown: readonly Lane[], usual: readonly Lane[], id: string): ViewState['of'] {
  const ids = shown.map((lane) => lane.id)
  const next = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
  if (next.length === 0) return ids
  return next.length === usual.length && usual.every((lane) => next.includes(lane.id)) ? null : next
}
