import { ref } from 'vue'

/** What the page's one polite live region says now; `LiveRegion.vue` renders it. */
export const announced = ref('')
let again = false

/** Speaks a sentence to screen readers. The same sentence twice is spoken twice: an invisible space tells them apart. */
export function announce(sentence: string): void {
  again = !again
  announced.value = again ? sentence : `${sentence}\u200b`
}
