import { computed, type ComputedRef } from 'vue'
import { branch } from '../branch.ts'
import { may, me } from '../session.ts'
import { useSettings } from '../settings/useSettings.ts'

interface Choice {
  id: string
  name: string
}

/** Whom somebody may keep away: the desk everybody and every room of the branch on screen, others themselves alone. */
export function useBlockPeople(): { people: ComputedRef<Choice[]>; places: ComputedRef<Choice[]>; own: ComputedRef<string[]> } {
  const { settings, resourceName } = useSettings()
  const active = computed(() => (settings.value?.resources ?? []).filter((one) => one.active))
  const mine = computed(() => active.value.filter(({ practitioner }) => practitioner?.staffId != null && practitioner.staffId === me.value?.staffId))
  const named = (list: { id: string }[]): Choice[] => list.map(({ id }) => ({ id, name: resourceName(id) }))
  return {
    people: computed(() => named(may('block.any') ? active.value.filter(({ kind }) => kind === 'practitioner') : mine.value)),
    places: computed(() => named(may('block.any') ? active.value.filter(({ kind, branchId }) => kind !== 'practitioner' && branchId === branch.value?.id) : [])),
    own: computed(() => mine.value.map(({ id }) => id)),
  }
}
