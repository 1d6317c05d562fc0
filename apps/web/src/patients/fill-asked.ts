import { ref } from 'vue'

/** Somebody wants to fill in what is missing: the details take the focus to the first of it when they are on the screen. */
export const fillAsked = ref(false)
