import type { AllocationAnswer } from './authority.ts'

/**
 * Where the number of a document stands. `waiting`: to be asked for. `asking`: somebody asks now. `approved`: it is there. `refused`: somebody
 * has to decide. `continued`: the document leaves without one and says so. `cancelled`: it was credited whole.
 */
export const allocationStates = ['waiting', 'asking', 'approved', 'refused', 'continued', 'cancelled'] as const
export type AllocationState = (typeof allocationStates)[number]

/** Why it waits, or was refused. `code_…` are the authority's own codes. */
export const allocationProblems = ['not_connected', 'reconnect', 'unreachable', 'code_431', 'code_434', 'code_435', 'code_446', 'code_460', 'code_461', 'code_462', 'code_463', 'code_other'] as const
export type AllocationProblem = (typeof allocationProblems)[number]

/** Whether the document must not leave yet: nobody knows what it will say. */
export const isHeld = (state: AllocationState): boolean => state === 'waiting' || state === 'asking' || state === 'refused'

export interface NextState {
  state: Extract<AllocationState, 'waiting' | 'approved' | 'refused'>
  problem: AllocationProblem | null
  /** Seconds until it is asked again by itself; null where somebody has to do something first. */
  againInSeconds: number | null
}

const longestPauseSeconds = 3_600
const pauseSeconds = (attempt: number): number => Math.min(15 * 2 ** Math.min(attempt - 1, 10), longestPauseSeconds)

/** What an answer makes of a request. @param attempt which try it was, from 1: the pauses grow to an hour. */
export function afterAnswer(answer: AllocationAnswer, attempt: number): NextState {
  if (answer.kind === 'approved') return { state: 'approved', problem: null, againInSeconds: null }
  if (answer.kind === 'unreachable') return { state: 'waiting', problem: 'unreachable', againInSeconds: pauseSeconds(attempt) }
  if (answer.kind === 'unauthorised') return { state: 'waiting', problem: 'reconnect', againInSeconds: null }
  return { state: 'refused', problem: problemOf(answer.code), againInSeconds: null }
}

function problemOf(code: number): AllocationProblem {
  const name = `code_${code}`
  return allocationProblems.find((known) => known === name) ?? 'code_other'
}
