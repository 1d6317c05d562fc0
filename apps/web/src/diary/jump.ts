import { shallowRef, watch } from 'vue'

/** A visit that somebody wants to see, from wherever they are; the diary shows it as soon as its day is there. */
const wanted = shallowRef<string | null>(null)

export const jumpTo = (appointmentId: string): void => void (wanted.value = appointmentId)

/** For the diary's page: `isHere` says whether a visit is on screen now, `show` shows it. */
export function useJump(isHere: (id: string) => boolean, show: (id: string) => void): void {
  watch(
    () => wanted.value !== null && isHere(wanted.value),
    (here) => {
      if (!here || wanted.value === null) return
      const id = wanted.value
      wanted.value = null
      show(id)
    },
    { flush: 'post', immediate: true },
  )
}
