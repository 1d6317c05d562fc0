import type { Reply } from './read-reply.ts'

/** Where a call stands at the provider, in its own words. */
export interface CallStanding {
  /** `queued`, `initiated`, `ringing`, `in-progress`, `completed`, `busy`, `no-answer`, `failed` or `canceled`. */
  status: string
  /** What its detection of answering machines heard: `human`, `machine_…`, `fax` or `unknown`; null where it says nothing. */
  answeredBy: string | null
  /** The network's own answer to a call that failed (a SIP code such as `404`); null where it says none. */
  sipCode?: string | null
}

/** The network says that nobody has the number (RFC 3261: not found, gone, incomplete, nowhere). */
const noSuchNumber: readonly string[] = ['404', '410', '484', '604']

/**
 * What a call's standing says of its message, in the words of a receipt (`applyReceipt`). A call is `completed` whoever took it: only one
 * that a person took was heard (`person`). One that a machine took was not (`machine`); of one that nobody could tell it stays open.
 */
export function callReceipt({ status, answeredBy, sipCode = null }: CallStanding): { status: string; errorCode: string | null } {
  if (status === 'completed' && answeredBy === 'human') return { status: 'person', errorCode: null }
  if (status === 'completed' && answeredBy !== null && (answeredBy.startsWith('machine') || answeredBy === 'fax')) return { status: 'machine', errorCode: 'machine' }
  if (status === 'failed' && sipCode !== null && noSuchNumber.includes(sipCode)) return { status, errorCode: 'no_such_number' }
  return { status, errorCode: null }
}

/** What a call says back to a digit: that it was done, that somebody of the clinic will see to it, or that it was not understood. */
export const callAnswers = ['confirmed', 'cancelled', 'kept', 'stopped', 'again'] as const
export type CallAnswer = (typeof callAnswers)[number]

/** @param done whether it was done at once, without anybody of the staff. */
export function answerOfCall(reply: Reply, done: boolean): CallAnswer {
  if (reply === 'stop') return 'stopped'
  if (reply === 'unknown' || reply === 'start') return 'again'
  if (!done || reply === 'move') return 'kept'
  return reply === 'confirm' ? 'confirmed' : 'cancelled'
}
