import { shallowRef } from 'vue'
import type { DiaryVisit } from '@yoman/contract/diary'
import { ApiProblem } from '../../request.ts'

/** A visit that was let go where it cannot be, where that was, and what was in the way. */
export interface ClashQuestion {
  visit: DiaryVisit
  wished: { startsAt: string; endsAt: string; practitionerId: string; outsideHours: boolean }
  problem: ApiProblem
}

/** The open question, if there is one. */
export const clash = shallowRef<ClashQuestion | null>(null)

const codes = ['slot_taken', 'slot_held', 'outside_working_hours', 'not_offered_by_practitioner', 'room_kind_missing', 'need_missing', 'time_blocked']

/** Whether a refusal is about the place: then another one may do, and it is asked for. */
export const isClash = (error: unknown): error is ApiProblem => error instanceof ApiProblem && codes.includes(error.code)
