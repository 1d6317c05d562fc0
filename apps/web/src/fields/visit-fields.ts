import { computed, type ComputedRef } from 'vue'
import type { Field } from '@yoman/contract/fields'
import { useRead } from '../api.ts'

/** Whether the clinic asks something of its own at visits that the reader may see. False until it is known. */
export function useVisitFields(): ComputedRef<boolean> {
  const { data } = useRead('GET /fields', {})
  return computed(() => data.value?.items.some(({ subject, retired, sees }) => subject === 'visit' && !retired && sees) ?? false)
}

/** The fields with these ids, in the clinic's order. None until they are known. */
export function useFieldsOf(ids: () => readonly string[]): ComputedRef<Field[]> {
  const { data } = useRead('GET /fields', {}, { enabled: () => ids().length > 0 })
  return computed(() => (data.value?.items ?? []).filter(({ id }) => ids().includes(id)))
}
