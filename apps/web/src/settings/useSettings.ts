import { computed, type ComputedRef } from 'vue'
import type { Settings } from '@yoman/contract/settings'
import { useRead } from '../api.ts'
import { inLanguage } from '../in-language.ts'

/** The clinic as it is set up, once for all screens, with the names that rows refer to by id. */
export interface Known {
  settings: ComputedRef<Settings | undefined>
  /** Name of a practitioner, room, chair or device in the language of the screen; empty while loading. */
  resourceName(id: string | null): string
  visitTypeName(id: string | null): string
  branchName(id: string | null): string
  zoneOf(branchId: string): string
}

export function useSettings(): Known {
  const { data } = useRead('GET /settings', {})
  const byId = computed(() => ({
    resources: new Map(data.value?.resources.map((one) => [one.id, one])),
    visitTypes: new Map(data.value?.visitTypes.map((one) => [one.id, one])),
    branches: new Map(data.value?.branches.map((one) => [one.id, one])),
  }))
  const named = (one: { name: string; nameEn: string } | undefined): string => (one ? inLanguage(one) : '')
  return {
    settings: computed(() => data.value),
    resourceName: (id) => named(byId.value.resources.get(id ?? '')),
    visitTypeName: (id) => named(byId.value.visitTypes.get(id ?? '')),
    branchName: (id) => named(byId.value.branches.get(id ?? '')),
    zoneOf: (id) => byId.value.branches.get(id)?.timeZone ?? 'Asia/Jerusalem',
  }
}
