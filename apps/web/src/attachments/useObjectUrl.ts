import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

/** An address for a file in memory, let go of when the file changes or the component goes. */
export function useObjectUrl(file: () => Blob | null | undefined): Readonly<Ref<string | null>> {
  const url = ref<string | null>(null)
  const forget = (): void => {
    if (url.value !== null) URL.revokeObjectURL(url.value)
    url.value = null
  }
  watch(
    file,
    (now) => {
      forget()
      if (now) url.value = URL.createObjectURL(now)
    },
    { immediate: true },
  )
  onBeforeUnmount(forget)
  return url
}
