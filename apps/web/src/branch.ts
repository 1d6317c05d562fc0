import { computed, ref } from 'vue'
import { me } from './session.ts'

const chosen = ref(localStorage.getItem('branch'))

/** The branch on screen: the one this computer last chose, else the first of mine. Undefined only before sign-in. */
export const branch = computed(() => me.value?.branches.find(({ id }) => id === chosen.value) ?? me.value?.branches[0])

export function chooseBranch(id: string): void {
  chosen.value = id
  localStorage.setItem('branch', id)
}
