import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** The inner height of an element in CSS pixels, followed while it changes. */
export function useElementHeight(element: Ref<HTMLElement | null>): Ref<number> {
  const height = ref(0)
  const observer = new ResizeObserver(() => (height.value = element.value?.clientHeight ?? 0))
  onMounted(() => element.value && observer.observe(element.value))
  onBeforeUnmount(() => observer.disconnect())
  return height
}
