import { watch } from 'vue'
import { t } from '../../i18n.ts'
import { announce } from '../../ui/announcer.ts'

// The side list may be on screen twice (beside the grid and, on a phone, over it): whoever was told of is remembered here, once.
const told = new Set<string>()

/** Says once for each patient, and softly, that they have waited for too long. `waits` are those who have, by visit. */
export function useWaitingAlarm(waits: () => readonly { id: string; name: string; minutes: number }[]): void {
  watch(
    waits,
    (now) => {
      const fresh = now.filter(({ id }) => !told.has(id))
      for (const { id } of fresh) told.add(id)
      // Whoever left the list may have to be told of again.
      for (const id of told) if (!now.some((one) => one.id === id)) told.delete(id)
      if (fresh.length > 0) announce(fresh.map(({ name, minutes }) => t('diary.flow.waitsTooLong', { name, n: minutes })).join(' '))
    },
    { immediate: true },
  )
}
