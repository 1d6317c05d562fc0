import type { Settings } from '@yoman/contract/settings'

type VisitType = Settings['visitTypes'][number]
type Resource = Settings['resources'][number]

/** One thing that a kind of visit needs beside its practitioner, and who or what would do for it in a branch. */
export interface Want {
  isPlace: boolean
  /** What it is called: of people their profession. */
  what: 'room' | 'chair' | 'device' | 'practitioner' | 'doctor' | 'hygienist' | 'assistant'
  would: Resource[]
}

/** The place first, if the kind of visit needs one, then its further needs. */
export function wantsOf(type: VisitType, resources: readonly Resource[], branchId: string): Want[] {
  const here = ({ kind, branchId: stands, hours }: Resource): boolean => (kind === 'practitioner' ? hours.some((one) => one.branchId === branchId) : stands === branchId)
  const would = ({ kind, profession, resourceIds }: VisitType['needs'][number]): Resource[] =>
    resources.filter((one) => one.active && one.kind === kind && here(one) && (resourceIds.length > 0 ? resourceIds.includes(one.id) : profession === null || one.practitioner?.profession === profession))
  return [
    ...(type.placeKind === null ? [] : [{ isPlace: true, what: type.placeKind, would: would({ kind: type.placeKind, profession: null, resourceIds: [] }) }]),
    ...type.needs.map((need): Want => ({ isPlace: false, what: need.kind === 'practitioner' ? (need.profession ?? 'practitioner') : need.kind, would: would(need) })),
  ]
}

/** Where a visit takes place, and who and what else it has, by what it occupies. */
export function placesOf(visit: { visitTypeId: string; practitionerId: string; resourceIds: readonly string[] }, settings: Pick<Settings, 'visitTypes' | 'resources'> | undefined): { placeId: string | null; alsoIds: string[] } {
  const besides = visit.resourceIds.filter((id) => id !== visit.practitionerId)
  const kind = settings?.visitTypes.find(({ id }) => id === visit.visitTypeId)?.placeKind ?? null
  const placeId = besides.find((id) => kind !== null && settings?.resources.some((one) => one.id === id && one.kind === kind)) ?? null
  return { placeId, alsoIds: besides.filter((id) => id !== placeId) }
}

/** Which of the given ids serves each want, nothing twice; null where none does. */
export function servedBy(wants: readonly Want[], placeId: string | null, ids: readonly string[]): (string | null)[] {
  const used = new Set<string>()
  return wants.map(({ isPlace, would }) => {
    const id = (isPlace && placeId !== null ? [placeId] : ids).find((one) => !used.has(one) && would.some((resource) => resource.id === one)) ?? null
    if (id !== null) used.add(id)
    return id
  })
}
