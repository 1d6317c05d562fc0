import { Refusal } from '../refusal.ts'

/** What is open in a branch, in numbers. */
export interface OpenCounts {
  /** Next-visit orders that nobody booked. */
  orders: number
  /** Places offered to people of the waitlist, without an answer yet. */
  offers: number
  /** Visits of the next days whose patients no reminder reached. */
  notReached: number
  tasks: number
  overdueTasks: number
  /** Visits that a block or a change of hours has put out of place. */
  rebookings: number
  /** Patients in the waiting room. */
  waiting: number
  /** Visits of the next days whose form 17 or referral is missing. Unset in hand-overs that were given before it was counted. */
  papers?: number
}

export interface HandoverState {
  status: 'waiting' | 'taken' | 'withdrawn'
  givenBy: string
  endedBy: string | null
}

/** Whether `by` taking over changes anything: false where they did already. Throws `handover_ended`, `handover_by_self`. */
export function mayTake({ status, givenBy, endedBy }: HandoverState, by: string): boolean {
  if (status === 'taken' && endedBy === by) return false
  if (status !== 'waiting') throw new Refusal('handover_ended')
  if (givenBy === by) throw new Refusal('handover_by_self')
  return true
}

/** The same for taking one's own back. Throws `handover_ended`, `not_the_author`. */
export function mayWithdraw({ status, givenBy }: HandoverState, by: string): boolean {
  if (givenBy !== by) throw new Refusal('not_the_author')
  if (status === 'withdrawn') return false
  if (status !== 'waiting') throw new Refusal('handover_ended')
  return true
}
