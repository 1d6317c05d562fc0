import { computed, onBeforeUnmount, shallowRef } from 'vue'
import type { Diary, DiaryVisit } from '@yoman/contract/appointments'
import { dateIn, instantFromMs } from '@yoman/domain/time'
import { useRead } from '../api.ts'
import { branch } from '../branch.ts'
import { nowMs } from '../clock.ts'
import { onLive } from '../live.ts'
import { useSettings } from '../settings/useSettings.ts'
import { minuteOf } from './day-minutes.ts'
import { columnsOf, daySpan, eventsOf } from './grid-data.ts'
import { ownIds } from './visit-writes.ts'

const freshMs = 2600

/** A day of the branch on screen (today where the path names none), as the grid wants it, and kept up to date by the live stream. */
export function useDiary(dateInPath: () => string | undefined) {
  const { visitTypeName } = useSettings()
  const zone = computed(() => branch.value?.timeZone ?? 'Asia/Jerusalem')
  const today = computed(() => dateIn(zone.value, instantFromMs(nowMs.value)).toString())
  const date = computed(() => dateInPath() ?? today.value)
  const fresh = shallowRef<ReadonlySet<string>>(new Set())
  const read = useRead('GET /diary', () => ({ query: { branchId: branch.value?.id ?? '', date: date.value } }), { enabled: () => branch.value !== undefined, keep: true })
  const diary = computed<Diary | undefined>(() => read.data.value)
  const shown = computed(() => diary.value && { ...diary.value, visits: diary.value.visits.filter(({ status }) => status !== 'cancelled') })

  onBeforeUnmount(
    onLive(({ name, type, id }) => {
      // My own change is no news to me; it was announced when I made it.
      if (type !== 'appointment' || id === null || ownIds.delete(id) || name === 'appointment.released') return
      fresh.value = new Set([...fresh.value, id])
      setTimeout(() => (fresh.value = new Set([...fresh.value].filter((one) => one !== id))), freshMs)
    }),
  )

  return {
    read,
    diary,
    zone,
    date,
    today,
    columns: computed(() => (shown.value ? columnsOf(shown.value) : [])),
    day: computed(() => (shown.value ? daySpan(shown.value) : { start: 480, end: 1080 })),
    events: computed(() => (shown.value ? eventsOf(shown.value, visitTypeName, fresh.value) : [])),
    nowMinute: computed(() => (date.value === today.value ? minuteOf(instantFromMs(nowMs.value), zone.value, date.value) : null)),
    visit: (id: string | null): DiaryVisit | undefined => diary.value?.visits.find((visit) => visit.id === id),
  }
}
