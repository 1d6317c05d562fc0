import type { Settings } from '@yoman/contract/settings'
import { inLanguage } from '../in-language.ts'

export { inLanguage }

/** Who may be asked for a visit of this type in this branch: active, with hours there, and named by the type or of its profession. */
export function practitionerOptions(settings: Settings | undefined, visitTypeId: string | null, branchId: string | undefined): { value: string; label: string }[] {
  const type = settings?.visitTypes.find(({ id }) => id === visitTypeId)
  const does = (one: { id: string; practitioner: { profession: string } | null }): boolean => !type || (type.practitionerIds.length > 0 ? type.practitionerIds.includes(one.id) : one.practitioner?.profession === type.profession)
  const comesHere = (one: { hours: readonly { branchId: string }[] }): boolean => one.hours.some((hours) => hours.branchId === branchId)
  return (settings?.resources ?? []).filter((one) => one.kind === 'practitioner' && one.active && comesHere(one) && does(one)).map((one) => ({ value: one.id, label: inLanguage(one) }))
}
