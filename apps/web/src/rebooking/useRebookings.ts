import { computed, type ComputedRef } from 'vue'
import type { Rebooking } from '@yoman/contract/rebooking'
import { useRead } from '../api.ts'
import { branch } from '../branch.ts'
import { may } from '../session.ts'

/** Visits of the branch on screen that wait for another time, and how many; for the page, the navigation and the hand-over. */
export function useRebookings(): { read: ReturnType<typeof useRead<'GET /rebookings'>>; waiting: ComputedRef<readonly Rebooking[]>; settled: ComputedRef<readonly Rebooking[]> } {
  const read = useRead('GET /rebookings', () => ({ query: branch.value ? { branchId: branch.value.id } : {} }), { enabled: () => may('diary.read'), keep: true })
  return { read, waiting: computed(() => read.data.value?.items ?? []), settled: computed(() => read.data.value?.settled ?? []) }
}
