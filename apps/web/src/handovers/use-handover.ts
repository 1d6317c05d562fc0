import { computed } from 'vue'
import { useRead } from '../api.ts'
import { branch } from '../branch.ts'
import { may, me } from '../session.ts'

/** The hand-overs of the branch on screen, and the one that waits to be taken, if there is one. */
export function useHandovers() {
  const { data, error, refetch } = useRead('GET /handovers', () => ({ query: { branchId: branch.value?.id ?? '', limit: 20 } }), { enabled: () => branch.value !== undefined && may('handover.read') })
  // One that waits is always the newest.
  const waiting = computed(() => data.value?.items.find(({ status }) => status === 'waiting'))
  return { data, error, refetch, waiting, isOwn: computed(() => waiting.value?.givenBy.staffId === me.value?.staffId) }
}
