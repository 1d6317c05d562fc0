import type { DiaryVisit } from '@yoman/contract/diary'
import type { PlaceChange } from '../visit-writes.ts'
import { noPlace } from './lanes.ts'

interface Known {
  kindOf: (resourceId: string) => string | undefined
  /** The kind of place that a visit of this type needs, if any. */
  placeKind: string | null
}

/** What it takes to bring a visit from one room, chair or device into another; undefined where nothing changes. */
export function placeChange(visit: Pick<DiaryVisit, 'practitionerId' | 'resourceIds'>, from: string, to: string, { kindOf, placeKind }: Known): PlaceChange | undefined {
  if (from === to || to === noPlace) return undefined
  const resourceIds = from === noPlace ? [...visit.resourceIds, to] : visit.resourceIds.map((id) => (id === from ? to : id))
  const wholeKind = (id: string): boolean => id !== visit.practitionerId && kindOf(id) === placeKind
  // The visit's own place travels by its name; whatever else is needed travels in the list of the others.
  const isPlace = placeKind === null ? kindOf(to) !== 'device' : kindOf(to) === placeKind
  if (isPlace) return { send: { placeId: to }, back: from === noPlace ? {} : { placeId: from }, resourceIds }
  const others = (ids: readonly string[]): string[] => ids.filter((id) => id !== visit.practitionerId && !wholeKind(id))
  return { send: { alsoIds: others(resourceIds) }, back: { alsoIds: others(visit.resourceIds) }, resourceIds }
}
