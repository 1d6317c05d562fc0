import { computed, onBeforeUnmount, shallowRef, type ShallowRef } from 'vue'
import type { Diary, DiaryVisit } from '@yoman/contract/diary'
import { dateIn, instantFromMs, plainDate } from '@yoman/domain/time'
import { useRead } from '../api.ts'
import { withBlocks } from '../blocks/grid-blocks.ts'
import { blocksInput, useBlocks } from '../blocks/useBlocks.ts'
import { branch } from '../branch.ts'
import { nowMs } from '../clock.ts'
import { language } from '../i18n.ts'
import { onLive } from '../live.ts'
import { useSettings } from '../settings/useSettings.ts'
import { useOfferedTo } from '../waitlist/useOfferedTo.ts'
import { showColumnDay } from '../ui/show-times.ts'
import { minuteOf } from './day-minutes.ts'
import { eventsOf, idOfCard } from './grid-data.ts'
import { columnsOf, datesOf, daySpan, type DiaryColumn } from './views/columns.ts'
import { usePrefetch } from './views/usePrefetch.ts'
import { useLanes } from './views/useLanes.ts'
import { periodOf, type ViewState } from './views/view-state.ts'
import { ownIds } from './visit-writes.ts'

const freshMs = 2600

/** The days of the branch on screen (today where the state names none), as the grid wants them, and kept up to date by the live stream. */
export function useDiary(state: () => ViewState) {
  const { visitTypeName, resourceName } = useSettings()
  const offeredTo = useOfferedTo()
  const zone = computed(() => branch.value?.timeZone ?? 'Asia/Jerusalem')
  const today = computed(() => dateIn(zone.value, instantFromMs(nowMs.value)).toString())
  const date = computed(() => state().date ?? today.value)
  const fresh = useFreshVisits()

  const lanes = useLanes(state, () => diary.value)
  const inputOf = (first: string, days: number) => ({ query: { branchId: branch.value?.id ?? '', date: first, rooms: true, ...(days === 1 ? {} : { days, ...(Array.isArray(lanes.of.value) ? { of: [...lanes.of.value] } : {}) }) } })
  const period = computed(() => periodOf(date.value, state().view))
  const read = useRead('GET /diary', () => inputOf(period.value.first, period.value.days), { enabled: () => branch.value !== undefined && state().view !== 'month' && (period.value.days === 1 || lanes.ready.value), keep: true })
  // Who waits now is of interest on whatever day one looks at.
  const todays = useRead('GET /diary', () => inputOf(today.value, 1), { enabled: () => branch.value !== undefined })
  usePrefetch({ settled: () => !read.isPlaceholderData.value && read.isSuccess.value, date: () => date.value, view: () => state().view, inputOf, blocksOf: (first, days) => blocksInput(rangeOf(first, days)) })

  // Of another length or branch it would be another picture: better none than that one.
  const diary = computed<Diary | undefined>(() => (read.data.value?.days === period.value.days && read.data.value.branchId === branch.value?.id ? read.data.value : undefined))
  const shown = computed(() => diary.value && { ...diary.value, visits: diary.value.visits.filter(({ status }) => status !== 'cancelled') })
  const blocks = useBlocks(() => rangeOf(period.value.first, period.value.days))
  const dayName = (iso: string): string => showColumnDay(iso, language.value)
  const columns = computed<DiaryColumn[]>((before) => (shown.value ? kept(withBlocks(columnsOf(shown.value, { lanes: lanes.shown.value, today: today.value, dayName }), blocks.value, ({ resourceId, date: day }) => ({ resourceId, date: day, branchId: shown.value?.branchId ?? '' })), before ?? []) : []))

  return {
    read,
    diary,
    zone,
    date,
    today,
    period,
    lanes,
    columns,
    day: computed(() => (shown.value ? daySpan(shown.value) : { start: 480, end: 1080 })),
    events: computed(() => (shown.value ? eventsOf(shown.value, { kind: state().kind, isLane: lanes.isLane, nameOf: resourceName, offeredTo: offeredTo.value }, visitTypeName, fresh.value) : [])),
    nowMinute: computed(() => (diary.value && datesOf(diary.value).includes(today.value) ? minuteOf(instantFromMs(nowMs.value), zone.value, today.value) : null)),
    visitsToday: computed(() => todays.data.value?.visits ?? []),
    visit: (id: string | null): DiaryVisit | undefined => {
      const wanted = id === null ? null : idOfCard(id)
      return [...(diary.value?.visits ?? []), ...(todays.data.value?.visits ?? [])].find((visit) => visit.id === wanted)
    },
  }
}

/** Visits that somebody else has just changed, for as long as that is worth a glance. */
function useFreshVisits(): ShallowRef<ReadonlySet<string>> {
  const fresh = shallowRef<ReadonlySet<string>>(new Set())
  onBeforeUnmount(
    onLive(({ name, type, id }) => {
      // My own change is no news to me; it was announced when I made it.
      if (type !== 'appointment' || id === null || ownIds.delete(id) || name === 'appointment.released') return
      fresh.value = new Set([...fresh.value, id])
      setTimeout(() => (fresh.value = new Set([...fresh.value].filter((one) => one !== id))), freshMs)
    }),
  )
  return fresh
}

const rangeOf = (first: string, days: number): { from: string; to: string } => ({ from: first, to: plainDate(first).add({ days: Math.max(0, days - 1) }).toString() })

/** Columns that did not change stay the same objects, so that a change of one visit does not draw all of them anew. */
function kept(columns: DiaryColumn[], before: readonly DiaryColumn[]): DiaryColumn[] {
  return columns.map((column, index) => {
    const old = before[index]
    return old && JSON.stringify(old) === JSON.stringify(column) ? old : column
  })
}
