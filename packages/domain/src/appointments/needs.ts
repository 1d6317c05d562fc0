import { distinct } from '../availability/distinct.ts'
import { Refusal } from '../refusal.ts'
import type { BookableResource, Need, VisitType } from './situation.ts'

/** Whether somebody or something would do for a need of a visit in a branch. */
export const meetsNeed = (need: Need, resource: BookableResource, branchId: string): boolean =>
  resource.active &&
  resource.kind === need.kind &&
  (resource.branchId === null || resource.branchId === branchId) &&
  (need.resourceIds.length > 0 ? need.resourceIds.includes(resource.id) : need.profession === null || need.profession === resource.profession)

/** The places of a branch that would do for a kind of visit. */
export const placesFor = (visitType: VisitType, branchId: string, resources: readonly BookableResource[]): BookableResource[] =>
  resources.filter((resource) => resource.kind === visitType.placeKind && resource.branchId === branchId && resource.active)

/**
 * Of what a visit occupies beside its practitioner: the place and whatever else is there because its kind needs it. The rest was
 * asked for by name.
 */
export function neededOf({ placeKind, needs }: Pick<VisitType, 'placeKind' | 'needs'>, besides: readonly BookableResource[], branchId: string): { placeId: string | null; needIds: string[] } {
  const idsOf = (would: (resource: BookableResource) => boolean): string[] => besides.filter(would).map(({ id }) => id)
  const placeId = idsOf(({ kind }) => kind === placeKind)[0] ?? null
  const wants = needs.map((need) => idsOf((resource) => resource.id !== placeId && meetsNeed(need, { ...resource, active: true }, branchId))).filter((ids) => ids.length > 0)
  return { placeId, needIds: distinct(wants, new Set()) ?? inTurn(wants) }
}

// What the kind of visit needs may have changed since it was booked; then as many as can be.
function inTurn(wants: readonly (readonly string[])[]): string[] {
  const used = new Set<string>()
  for (const want of wants) for (const id of want.filter((one) => !used.has(one)).slice(0, 1)) used.add(id)
  return [...used]
}

/**
 * Whether needs can be met by anybody at all: a person is of a profession or listed, a thing has no profession, and who or what is
 * listed is of the kind. Throws `resource_form_wrong`, and `reference_unknown` for what is not among `known`.
 */
export function checkNeeds(needs: readonly Need[], known: readonly Pick<BookableResource, 'id' | 'kind'>[]): void {
  for (const { kind, profession, resourceIds } of needs) {
    const isPerson = kind === 'practitioner'
    if (isPerson ? profession === null && resourceIds.length === 0 : profession !== null) throw new Refusal('resource_form_wrong')
    for (const id of resourceIds) {
      const resource = known.find((one) => one.id === id)
      if (!resource) throw new Refusal('reference_unknown')
      if (resource.kind !== kind) throw new Refusal('resource_form_wrong')
    }
  }
}
