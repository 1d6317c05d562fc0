import type { Diary, DiaryVisit } from '@yoman/contract/diary'
import { lanesTaken } from './columns.ts'
import type { Lane } from './lanes.ts'
import type { LaneKind } from './view-state.ts'

export interface AgendaPart {
  lane: Lane
  visits: DiaryVisit[]
}

/** The visits of a day, one list per lane, by their time. Whoever has none is left out, and so is what was cancelled. */
export function agendaOf(diary: Diary, lanes: readonly Lane[], kind: LaneKind, isLane: (id: string) => boolean): AgendaPart[] {
  const visits = diary.visits.filter(({ status }) => status !== 'cancelled').sort((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0))
  return lanes.map((lane) => ({ lane, visits: visits.filter((visit) => lanesTaken(visit, isLane, kind).includes(lane.id)) })).filter((part) => part.visits.length > 0)
}
