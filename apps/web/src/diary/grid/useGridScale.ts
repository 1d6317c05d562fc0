import { computed, type ComputedRef, type Ref } from 'vue'
import { minutePixels } from '../../preferences.ts'
import type { GridColumn, Place, Span } from './grid-model.ts'
import { groupsOf, type ColumnGroup } from './group-columns.ts'
import { useElementHeight } from './useElementHeight.ts'

interface Parts {
  columns: () => readonly GridColumn[]
  day: () => Span
  nowMinute: () => number | null
  preview: () => Place | null
  leastPixelsPerMinute: () => number | undefined
}

type Box = Record<string, string>

/** How minutes and columns become pixels and shares: the day fills the height that there is, and is never denser than the person wants it. */
export function useGridScale(scroller: Ref<HTMLElement | null>, parts: Parts): {
  pixelsPerMinute: ComputedRef<number>
  /** Pixels from the top of the day. */
  y: (minute: number) => number
  /** The full hours of the day, in minutes. */
  hours: ComputedRef<number[]>
  groups: ComputedRef<ColumnGroup[] | null>
  boxOf: (place: Span & { column: number }) => Box
  nowVisible: ComputedRef<boolean>
  nowBox: ComputedRef<Box | null>
  previewBox: ComputedRef<Box | null>
} {
  const viewHeight = useElementHeight(scroller)
  const groups = computed(() => groupsOf(parts.columns()))
  const pixelsPerMinute = computed(() => {
    const { start, end } = parts.day()
    return Math.max(parts.leastPixelsPerMinute() ?? minutePixels.value, (viewHeight.value - (groups.value ? 64 : 46)) / (end - start))
  })
  const y = (minute: number): number => (minute - parts.day().start) * pixelsPerMinute.value
  const across = (first: number, columns: number): Box => ({ insetInlineStart: `${(first / parts.columns().length) * 100}%`, inlineSize: `${(columns / parts.columns().length) * 100}%` })
  const boxOf = (place: Span & { column: number }): Box => ({ ...across(place.column, 1), top: `${y(place.start)}px`, blockSize: `${(place.end - place.start) * pixelsPerMinute.value}px` })
  const nowVisible = computed(() => {
    const [now, { start, end }] = [parts.nowMinute(), parts.day()]
    return now !== null && now >= start && now < end
  })
  return {
    pixelsPerMinute,
    y,
    hours: computed(() => fullHours(parts.day())),
    groups,
    boxOf,
    nowVisible,
    // The line of the present time goes over the columns that it belongs to; they lie side by side.
    nowBox: computed(() => {
      const current = parts.columns().flatMap(({ now }, index) => (now === false ? [] : [index]))
      const [first, last, minute] = [current[0], current.at(-1), parts.nowMinute()]
      if (minute === null || !nowVisible.value || first === undefined || last === undefined) return null
      return { ...across(first, last - first + 1), top: `${y(minute)}px` }
    }),
    previewBox: computed(() => {
      const preview = parts.preview()
      const column = parts.columns().findIndex(({ id }) => id === preview?.columnId)
      return preview && column >= 0 ? boxOf({ ...preview, column }) : null
    }),
  }
}

const fullHours = ({ start, end }: Span): number[] => Array.from({ length: Math.ceil((end - start) / 60) }, (_, index) => Math.ceil(start / 60) * 60 + index * 60)
