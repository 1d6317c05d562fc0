import type { Settings } from '@yoman/contract/settings'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import type { Picked } from '../PickList.vue'

export type Resource = Settings['resources'][number]
export const kinds: readonly Resource['kind'][] = ['practitioner', 'room', 'chair', 'device']

/** Who and what can be booked, by kind and branch; those out of use come last. */
export function resourceGroups(resources: readonly Resource[], nameOf: (id: string) => string, branchName: (id: string) => string): { label: string; items: Picked[] }[] {
  return kinds.flatMap((kind) => {
    const ofKind = resources.filter((one) => one.kind === kind).sort((a, b) => Number(b.active) - Number(a.active) || (a.branchId ?? '').localeCompare(b.branchId ?? '') || a.sort - b.sort || a.name.localeCompare(b.name))
    const items = ofKind.map(({ id, colour, active, branchId }) => ({ id, label: nameOf(id), colour, off: !active, to: paths.settingsPart('resources', id), hint: branchId === null ? '' : branchName(branchId) }))
    return items.length > 0 ? [{ label: t(`settings.resource.kinds.${kind}`), items }] : []
  })
}
