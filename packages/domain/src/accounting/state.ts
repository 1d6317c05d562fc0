import type { Comparison, Difference } from './compare.ts'
import type { HeldEntry, PushAnswer } from './service.ts'

/**
 * Where the entry of a document stands. `waiting`: to be sent. `sending`: somebody sends it now. `sent`: the service took it. `accepted`: read
 * back, and it is as it was sent. `different`: read back, and it is not. `missing`: it was sent, and is not there. `refused`: the service did not take it.
 */
export const entryStates = ['waiting', 'sending', 'sent', 'accepted', 'different', 'missing', 'refused'] as const
export type EntryState = (typeof entryStates)[number]

/** Why it waits, or was refused. `unknown_account`: the service has no account of that key. */
export const entryProblems = ['reconnect', 'unreachable', 'unknown_account', 'rejected'] as const
export type EntryProblem = (typeof entryProblems)[number]

/** And why a document has no entry. `other_number`: it was issued under another dealer number than that of the connection. */
export const listedProblems = [...entryProblems, 'other_number'] as const
export type ListedProblem = (typeof listedProblems)[number]

/** Whether somebody may ask for it to be sent again: where the service surely does not hold it. */
export const maySendAgain = (state: EntryState): boolean => state === 'refused' || state === 'missing'

export interface NextEntryState {
  state: Exclude<EntryState, 'sending'>
  problem: EntryProblem | null
  serviceId: string | null
  held: HeldEntry | null
  differences: Difference[]
  /** Seconds until it is tried again by itself; null where it is not. */
  againInSeconds: number | null
}

/** A service that took an entry and did not say so may still be writing it: it is given a while before it is asked whether it has it. */
export const firstPauseSeconds = 120
const longestPauseSeconds = 3_600
const pauseSeconds = (attempt: number): number => Math.min(firstPauseSeconds * 2 ** Math.min(attempt - 1, 6), longestPauseSeconds)

const nothing = { problem: null, serviceId: null, held: null, differences: [], againInSeconds: null }

/** What an answer makes of an entry. @param attempt which try it was, from 1: the pauses grow from two minutes to an hour. */
export function afterPush(answer: PushAnswer, attempt: number): NextEntryState {
  if (answer.kind === 'accepted') return { ...nothing, state: 'sent', serviceId: answer.id }
  if (answer.kind === 'unreachable') return { ...nothing, state: 'waiting', problem: 'unreachable', againInSeconds: pauseSeconds(attempt) }
  if (answer.kind === 'unauthorised') return { ...nothing, state: 'waiting', problem: 'reconnect' }
  return { ...nothing, state: 'refused', problem: answer.account === null ? 'rejected' : 'unknown_account' }
}

/** What reading back makes of an entry that was sent. */
export const afterReading = (compared: Comparison, serviceId: string | null): NextEntryState & { state: Comparison['state'] } =>
  compared.state === 'missing'
    ? { ...nothing, state: 'missing', serviceId }
    : { ...nothing, state: compared.state, serviceId: compared.held.id, held: 'unreadable' in compared.held ? null : compared.held, differences: compared.state === 'different' ? compared.differences : [] }
