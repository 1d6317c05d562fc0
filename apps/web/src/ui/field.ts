import { computed, inject, useId, type ComputedRef, type InjectionKey } from 'vue'

interface FieldWiring {
  id: string
  describedBy: ComputedRef<string | undefined>
  invalid: ComputedRef<boolean>
}

export const fieldKey: InjectionKey<FieldWiring> = Symbol('field')

/** The attributes that tie a control to the FormField around it; harmless without one. */
export function useField(): { id: string; attrs: ComputedRef<Record<string, string | true | undefined>> } {
  const field = inject(fieldKey, undefined)
  const id = field?.id ?? useId()
  return {
    id,
    attrs: computed(() => ({ id, 'aria-describedby': field?.describedBy.value, 'aria-invalid': field?.invalid.value ? true : undefined })),
  }
}
