import { ref } from 'vue'

/** Somebody pressed the key for the search of the record where its field is not on the screen yet: the field takes the focus when it comes. */
export const searchAsked = ref(false)
