import type { Diary } from '@yoman/contract/diary'
import type { Settings } from '@yoman/contract/settings'
import { instant } from '@yoman/domain/time'

/*
 * What would be in the way of a visit, from what the diary on screen knows. It warns while a card is dragged; the server judges.
 * What the screen does not know (a room that is filtered away) is never called taken.
 */
export type Clash =
  | { kind: 'taken' | 'held'; resourceId: string; until: number; visitTypeId: string }
  | { kind: 'closed' | 'not_offered'; resourceId: string }

/** Milliseconds since 1970. */
interface Taken {
  id: string
  from: number
  to: number
  held: boolean
  visitTypeId: string
}

export interface ClashScene {
  takenBy: ReadonlyMap<string, readonly Taken[]>
  openOf: ReadonlyMap<string, readonly { from: number; to: number }[]>
  kindOf: ReadonlyMap<string, string>
  professionOf: ReadonlyMap<string, string | null>
  typeOf: ReadonlyMap<string, Settings['visitTypes'][number]>
}

/** Where a visit would be. `visitId` is its own, whose place counts as free; null for one that is being booked. */
export interface ClashWish {
  visitId: string | null
  visitTypeId: string
  practitionerId: string
  /** All that it has beside its practitioner; the place and the needs among them are exchanged where they are not free. */
  besides: readonly string[]
  /** A room, chair or device that is asked for by name. */
  placeId: string | null
  from: number
  to: number
}

const ms = (at: string): number => instant(at).epochMilliseconds

/** What clashes are looked up in; made once for each state of the diary, for a drag asks it at every move. */
export function clashScene(diary: Diary, settings: Settings): ClashScene {
  const typeOf = new Map(settings.visitTypes.map((type) => [type.id, type]))
  const takenBy = new Map<string, Taken[]>()
  const add = (one: { id: string; resourceIds: readonly string[]; visitTypeId: string; startsAt: string; endsAt: string }, held: boolean): void => {
    const type = typeOf.get(one.visitTypeId)
    const taken = { id: one.id, held, visitTypeId: one.visitTypeId, from: ms(one.startsAt) - (type?.bufferBeforeMinutes ?? 0) * 60_000, to: ms(one.endsAt) + (type?.bufferAfterMinutes ?? 0) * 60_000 }
    for (const id of one.resourceIds) takenBy.set(id, [...(takenBy.get(id) ?? []), taken])
  }
  for (const visit of diary.visits) if (visit.status !== 'cancelled') add(visit, false)
  for (const hold of diary.holds) add(hold, true)
  return {
    takenBy,
    typeOf,
    openOf: new Map(diary.columns.map(({ resourceId, open }) => [resourceId, open.map(({ start, end }) => ({ from: ms(start), to: ms(end) }))])),
    kindOf: new Map(diary.columns.map(({ resourceId, kind }) => [resourceId, kind])),
    professionOf: new Map(settings.resources.map(({ id, practitioner }) => [id, practitioner?.profession ?? null])),
  }
}

/** The first thing that is in the way: of the practitioner, of who was asked for besides, of the place, of the other needs. Null: nothing known. */
export function clashOf(wish: ClashWish, scene: ClashScene): Clash | null {
  const type = scene.typeOf.get(wish.visitTypeId)
  if (!type) return null
  const { practitionerId } = wish
  const does = type.practitionerIds.length > 0 ? type.practitionerIds.includes(practitionerId) : type.profession === null || scene.professionOf.get(practitionerId) === type.profession
  if (!does) return { kind: 'not_offered', resourceId: practitionerId }
  const span = { from: wish.from - type.bufferBeforeMinutes * 60_000, to: wish.to + type.bufferAfterMinutes * 60_000 }
  const inTheWay = (id: string): Clash | null => takenAt(id, span, wish.visitId, scene) ?? closedAt(id, wish, scene)
  const wants = wantsOf(type, scene)
  const used = new Set([practitionerId])
  const needed = wants.map(({ would }) => wish.besides.find((id) => !used.has(id) && would.includes(id) && used.add(id)))
  const byName = wish.besides.filter((id) => !needed.includes(id) && id !== practitionerId)
  for (const id of [practitionerId, ...(wish.placeId === null ? [] : [wish.placeId]), ...byName.filter((one) => one !== wish.placeId)]) {
    const clash = inTheWay(id)
    if (clash) return clash
  }
  for (const [index, { isPlace, would }] of wants.entries()) {
    if (would.length === 0 || (isPlace && wish.placeId !== null)) continue
    const clashes = would.map(inTheWay)
    if (clashes.every((clash) => clash !== null)) return clashes[Math.max(0, would.indexOf(needed[index] ?? ''))] ?? null
  }
  return null
}

/** Who and what would do for the place and for each of the other needs, among those on the diary. */
function wantsOf(type: Settings['visitTypes'][number], { kindOf, professionOf }: ClashScene): { isPlace: boolean; would: string[] }[] {
  const known = [...kindOf.entries()]
  const would = ({ kind, profession, resourceIds }: Settings['visitTypes'][number]['needs'][number]): string[] =>
    known.filter(([id, its]) => its === kind && (resourceIds.length > 0 ? resourceIds.includes(id) : profession === null || professionOf.get(id) === profession)).map(([id]) => id)
  return [
    ...(type.placeKind === null ? [] : [{ isPlace: true, would: would({ kind: type.placeKind, profession: null, resourceIds: [] }) }]),
    ...type.needs.map((need) => ({ isPlace: false, would: would(need) })),
  ]
}

function takenAt(resourceId: string, span: { from: number; to: number }, ownId: string | null, { takenBy }: ClashScene): Clash | null {
  const met = (takenBy.get(resourceId) ?? []).filter(({ id, from, to }) => id !== ownId && from < span.to && span.from < to)
  const last = met.reduce<Taken | null>((latest, one) => (latest === null || one.to > latest.to ? one : latest), null)
  return last && { kind: met.every(({ held }) => held) ? 'held' : 'taken', resourceId, until: last.to, visitTypeId: last.visitTypeId }
}

function closedAt(resourceId: string, { from, to }: { from: number; to: number }, { openOf }: ClashScene): Clash | null {
  const open = openOf.get(resourceId)
  return !open || open.some((span) => span.from <= from && to <= span.to) ? null : { kind: 'closed', resourceId }
}
