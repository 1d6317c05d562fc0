import { computed, onBeforeUnmount, watch, type ComputedRef } from 'vue'
import type { ImportJob } from '@yoman/contract/imports'
import { renew, useRead } from '../api.ts'

const askEveryMs = 700

/** An import, asked about again and again while the server works on it. */
export function useImport(id: () => string): { job: ComputedRef<ImportJob | undefined>; error: ComputedRef<Error | null>; busy: ComputedRef<boolean>; refetch: () => void } {
  const { data, error, refetch } = useRead('GET /imports/:id', () => ({ params: { id: id() } }))
  const busy = computed(() => data.value?.status === 'checking' || data.value?.status === 'running')
  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    busy,
    (now, before) => {
      clearInterval(timer)
      if (now) timer = setInterval(() => void refetch(), askEveryMs)
      if (before && !now) renew('GET /imports', 'GET /imports/:id/rows', 'GET /patients', 'GET /diary')
    },
    { immediate: true },
  )
  onBeforeUnmount(() => clearInterval(timer))
  return { job: computed(() => data.value), error: computed(() => error.value), busy, refetch: () => void refetch() }
}
