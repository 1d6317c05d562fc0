import { plainDate } from '@yoman/domain/time'
import { paths } from '../../paths.ts'

/** What the diary can look like; `day` and `week` lie on the grid. */
export const views = ['day', 'week', 'month', 'list'] as const
export type ViewKind = (typeof views)[number]
/** What the columns are: those who treat, where they treat (rooms and chairs), or with what. */
export const laneKinds = ['people', 'rooms', 'devices'] as const
export type LaneKind = (typeof laneKinds)[number]

/** The diary's address, taken apart. */
export interface ViewState {
  /** ISO; null is today. */
  date: string | null
  view: ViewKind
  kind: LaneKind
  /** Only these, by their ids; `all` shows even what this person has hidden; null leaves it to the person's own choice. */
  of: readonly string[] | 'all' | null
}

interface Address {
  params: Record<string, unknown>
  query: Record<string, unknown>
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads an address; what makes no sense is as if it were not there. */
export function viewStateOf({ params, query }: Address): ViewState {
  return {
    date: isDate(params['date']) ? params['date'] : null,
    view: views.find((view) => view === query['view']) ?? 'day',
    kind: laneKinds.find((kind) => kind === query['columns']) ?? 'people',
    of: ofIn(query['of']),
  }
}

/** The address of a state; what is as usual is left out of it. */
export function addressOf({ date, view, kind, of }: ViewState): { path: string; query: Record<string, string> } {
  return {
    path: paths.diary(date ?? undefined),
    query: { ...(view === 'day' ? {} : { view }), ...(kind === 'people' ? {} : { columns: kind }), ...(of === null ? {} : { of: of === 'all' ? of : of.join(',') }) },
  }
}

/** The date on the next page of a view (`by` 1) or the one before (-1). */
export function turned(date: string, view: ViewKind, by: 1 | -1): string {
  const step = view === 'month' ? { months: by } : { days: view === 'week' ? by * 7 : by }
  return plainDate(date).add(step).toString()
}

/** The days that a view needs to know: the week begins on Sunday. */
export function periodOf(date: string, view: ViewKind): { first: string; days: number } {
  if (view !== 'week') return { first: date, days: 1 }
  const day = plainDate(date)
  return { first: day.subtract({ days: day.dayOfWeek % 7 }).toString(), days: 7 }
}

const isDate = (text: unknown): text is string => {
  if (typeof text !== 'string' || !/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false
  try {
    return plainDate(text).toString() === text
  } catch {
    return false // Temporal throws for a 31st of February
  }
}

function ofIn(text: unknown): ViewState['of'] {
  if (text === 'all') return 'all'
  const ids = typeof text === 'string' ? [...new Set(text.split(','))].filter((id) => uuid.test(id)).slice(0, 40) : []
  return ids.length > 0 ? ids : null
}
