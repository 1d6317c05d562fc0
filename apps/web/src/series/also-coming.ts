import type { DiaryVisit } from '@yoman/contract/appointments'
import type { Settings } from '@yoman/contract/settings'

/** Who else came to a visit and comes again, besides whoever takes it now: people, not rooms. */
export function alsoComing({ resourceIds, practitionerId }: Pick<DiaryVisit, 'resourceIds' | 'practitionerId'>, taker: string, settings: Settings | undefined): string[] {
  const people = new Set(settings?.resources.filter(({ kind }) => kind === 'practitioner').map(({ id }) => id))
  return resourceIds.filter((id) => id !== practitionerId && id !== taker && people.has(id))
}
