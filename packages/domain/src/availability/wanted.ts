import { offers, openOn } from '../appointments/arrange.ts'
import { meetsNeed, placesFor } from '../appointments/needs.ts'
import type { BookableResource, Situation } from '../appointments/situation.ts'
import type { LocalDay } from './local-day.ts'
import type { Calendar, Wanted } from './open-slots.ts'

/** What a kind of visit needs on a day, each with its hours and what it has: who does it (or the one asked for), its places, its other needs. */
export function wantedOn(day: LocalDay, { visitType, resources }: Situation, asked: { branchId: string; practitionerId: string | null }, busyOf: (resourceId: string) => Calendar['busy']): Wanted {
  const { branchId, practitionerId } = asked
  const calendar = (resource: BookableResource): Calendar => ({ resourceId: resource.id, open: openOn(day, resource), busy: busyOf(resource.id) })
  const practitioners = resources.filter((resource) => offers(visitType, resource) && (practitionerId === null || resource.id === practitionerId))
  return {
    practitioners: practitioners.map(calendar),
    places: visitType.placeKind === null ? null : placesFor(visitType, branchId, resources).map(calendar),
    needs: visitType.needs.map((need) => resources.filter((resource) => meetsNeed(need, resource, branchId)).map(calendar)),
    others: [],
  }
}
