import type { Diary } from '@yoman/contract/diary'
import { dateIn, instant, plainDate } from '@yoman/domain/time'
import { minuteOf } from '../day-minutes.ts'
import type { GridColumn, Span } from '../grid/grid-model.ts'
import { noPlace, type Lane } from './lanes.ts'

/** A column of the diary: one lane on one day. */
export interface DiaryColumn extends GridColumn {
  date: string
  /** `noPlace` for the visits without one. */
  resourceId: string
}

/** What a column is called on the grid. On a single day it is its lane's own id. */
export const columnKey = (date: string, laneId: string, { days }: Pick<Diary, 'days'>): string => (days === 1 ? laneId : `${date} ${laneId}`)

/** The days of a diary as ISO dates. */
export const datesOf = ({ date, days }: Pick<Diary, 'date' | 'days'>): string[] => Array.from({ length: days }, (_, index) => plainDate(date).add({ days: index }).toString())

type Days = Pick<Diary, 'date' | 'days' | 'timeZone' | 'day'>

/** The day on which something lies: its own, or the diary's first where it began before that. */
export function dateOf(at: string, diary: Days): string {
  const ruler = rulerOf(diary)
  if (ruler) return ruler.dates[Math.max(0, Math.floor((msOf(at) - ruler.from) / dayMs))] ?? diary.date
  const day = dateIn(diary.timeZone, instant(at)).toString()
  return day < diary.date ? diary.date : day
}

/** A span of the diary as minutes of the day on which it begins. */
export function spanOf(start: string, end: string, diary: Days): Span {
  const ruler = rulerOf(diary)
  if (ruler) {
    const first = Math.max(ruler.from, msOf(start))
    const midnight = ruler.from + Math.floor((first - ruler.from) / dayMs) * dayMs
    return { start: (first - midnight) / 60_000, end: Math.min(1440, (msOf(end) - midnight) / 60_000) }
  }
  const date = dateOf(start, diary)
  return { start: minuteOf(start, diary.timeZone, date), end: minuteOf(end, diary.timeZone, date) }
}

const dayMs = 86_400_000
const msOf = (at: string): number => instant(at).epochMilliseconds

interface Ruler {
  dates: string[]
  /** The beginning of the first day, in milliseconds since 1970. */
  from: number
}
const rulers = new WeakMap<Diary['day'], Ruler | null>()

/** Where no clock changes on the diary's days, their minutes are counted and need no calendar: that is a tenth of the work. Null where one does. */
function rulerOf(diary: Days): Ruler | null {
  const known = rulers.get(diary.day)
  if (known !== undefined) return known
  const [from, to] = [msOf(diary.day.start), msOf(diary.day.end)]
  const ruler = to - from === diary.days * dayMs ? { dates: datesOf(diary), from } : null
  rulers.set(diary.day, ruler)
  return ruler
}

/** The days of a week that are shown: those on which the branch opens, somebody of the lanes is there, or something is booked. */
export function openDates(diary: Diary): string[] {
  const all = datesOf(diary)
  if (diary.days === 1) return all
  const people = diary.columns.filter(({ kind }) => kind === 'practitioner').flatMap(({ open }) => open)
  const lively = new Set([...diary.branchOpen, ...people].map(({ start }) => dateOf(start, diary)))
  for (const date of diary.columns.flatMap(({ kind, away = [] }) => (kind === 'practitioner' ? away : []))) lively.add(date) // they would be there, were it not for a block
  for (const { startsAt } of [...diary.visits, ...diary.holds]) lively.add(dateOf(startsAt, diary))
  const shown = all.filter((date) => lively.has(date))
  return shown.length > 0 ? shown : all.slice(0, 5) // a week of holidays is still a week: Sunday to Thursday
}

export interface Wanted {
  lanes: readonly Lane[]
  today: string
  /** The name of a day above or on a column. */
  dayName: (iso: string) => string
}

/** A column for each lane on each day. A single lane's columns are called by their days, several are grouped by them. */
export function columnsOf(diary: Diary, { lanes, today, dayName }: Wanted): DiaryColumn[] {
  const opens = new Map(diary.columns.map((column) => [column.resourceId, openByDate(column, diary)]))
  return openDates(diary).flatMap((date) =>
    lanes.map(({ id, title, colour }): DiaryColumn => {
      const column = { id: columnKey(date, id, diary), date, resourceId: id, colour, open: opens.get(id)?.get(date) ?? [] }
      if (diary.days === 1) return { ...column, title }
      const now = date === today
      return lanes.length === 1 ? { ...column, colour: '', title: dayName(date), now } : { ...column, title, label: `${dayName(date)}, ${title}`, now, group: { key: date, title: dayName(date) } }
    }),
  )
}

/** Places are there all day, but nobody is in them before somebody works: outside of the branch's and the people's hours they are drawn as closed. */
function openByDate(column: Diary['columns'][number], diary: Diary): Map<string, Span[]> {
  const spans = byDate(column.open, diary)
  if (column.kind === 'practitioner') return spans
  const people = diary.columns.filter(({ kind }) => kind === 'practitioner').flatMap(({ open }) => open)
  const hours = byDate([...diary.branchOpen, ...people], diary)
  return new Map([...spans].map(([date, list]) => [date, clipped(list, joined(hours.get(date) ?? []))]))
}

function byDate(list: Diary['branchOpen'], diary: Diary): Map<string, Span[]> {
  const dates = new Map<string, Span[]>()
  for (const { start, end } of list) {
    const date = dateOf(start, diary)
    dates.set(date, [...(dates.get(date) ?? []), spanOf(start, end, diary)])
  }
  return dates
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else result.push({ ...span })
  }
  return result
}

const clipped = (spans: readonly Span[], to: readonly Span[]): Span[] =>
  spans.flatMap((span) => to.map((one) => ({ start: Math.max(one.start, span.start), end: Math.min(one.end, span.end) })).filter(({ start, end }) => start < end))

/** The hours on screen: the branch's and the people's, widened to whole hours, never less than what is booked. */
export function daySpan(diary: Diary): Span {
  const people = diary.columns.filter(({ kind }) => kind === 'practitioner').flatMap(({ open }) => open)
  const hours = [...diary.branchOpen, ...people].map(({ start, end }) => spanOf(start, end, diary))
  const booked = [...diary.visits, ...diary.holds].map(({ startsAt, endsAt }) => spanOf(startsAt, endsAt, diary))
  const spans = [...hours, ...booked]
  if (spans.length === 0) return { start: 8 * 60, end: 18 * 60 }
  return { start: Math.floor(Math.min(...spans.map(({ start }) => start)) / 60) * 60, end: Math.ceil(Math.max(...spans.map(({ end }) => end)) / 60) * 60 }
}

/** The lanes in which something lies. Of places it is all that it occupies, or none of them. */
export function lanesTaken({ practitionerId, resourceIds }: { practitionerId: string; resourceIds: readonly string[] }, isLane: (id: string) => boolean, kind: 'people' | 'rooms' | 'devices'): string[] {
  if (kind === 'people') return [practitionerId]
  const places = resourceIds.filter(isLane)
  return places.length > 0 || kind === 'devices' ? places : [noPlace]
}
