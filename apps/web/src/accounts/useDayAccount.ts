import { computed } from 'vue'
import { dateIn, instantFromMs, plainDate } from '@yoman/domain/time'
import { useRead } from '../api.ts'
import { branch } from '../branch.ts'
import { nowMs } from '../clock.ts'
import { useSettings } from '../settings/useSettings.ts'
import { nextOpenDay } from './next-open-day.ts'

/** What became of telling the patients of a day; without one, of the next on which the branch is open. */
export function useDayAccount(wanted: () => string | null) {
  const { settings } = useSettings()
  const zone = computed(() => branch.value?.timeZone ?? 'Asia/Jerusalem')
  const today = computed(() => dateIn(zone.value, instantFromMs(nowMs.value)).toString())
  const hours = computed(() => settings.value?.branches.find(({ id }) => id === branch.value?.id)?.hours)
  const date = computed(() => wanted() ?? (hours.value ? nextOpenDay(plainDate(today.value), hours.value).toString() : ''))
  const read = useRead('GET /day-accounts/:date', () => ({ params: { date: date.value }, query: { branchId: branch.value?.id ?? '' } }), { enabled: () => branch.value !== undefined && date.value !== '', keep: true })
  const silent = computed(() => (read.data.value?.items ?? []).filter(({ state }) => state === 'not_reached'))
  return { zone, today, date, read, silent }
}
