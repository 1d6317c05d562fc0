export type MessageState = 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped'

/** What of a message a receipt may change. */
export interface Receipted {
  state: MessageState
  errorCode: string | null
}

/** Given up on without knowing what became of it: the one failure that a late receipt may correct. */
export const outcomeUnknown = 'outcome_unknown'

/** Looks at the provider's list in vain before a message counts as never accepted and is sent once more. */
export const looksBeforeResend = 2

/** Whether a try went before of which nobody knows whether it arrived: what a later one was told says nothing of it. */
export const isResent = ({ lookups }: { lookups: number }): boolean => lookups >= looksBeforeResend

const states: Record<string, MessageState> = {
  accepted: 'sent', scheduled: 'sent', queued: 'sent', sending: 'sent', sent: 'sent',
  delivered: 'delivered', read: 'delivered',
  undelivered: 'failed', failed: 'failed', canceled: 'failed',
  // Of a call (`callReceipt`): that it is over says nothing of who heard it.
  initiated: 'sent', ringing: 'sent', 'in-progress': 'sent', completed: 'sent',
  person: 'delivered', machine: 'failed', busy: 'failed', 'no-answer': 'failed',
}
const rank: Record<MessageState, number> = { queued: 0, sending: 0, unknown: 0, sent: 1, delivered: 2, failed: 2, skipped: 2 }

/** The provider's words that say that a message will not arrive. */
export const failedWords: readonly string[] = Object.keys(states).filter((word) => states[word] === 'failed')

/** Given up on without knowing. */
export const isOpen = ({ state, errorCode }: Receipted): boolean => state === 'failed' && errorCode === outcomeUnknown

/**
 * The message after a receipt, or null where it changes nothing. Receipts come twice and in any order, so they only lead
 * forward: a final state stays. `status` is the provider's word; one that we do not know changes nothing.
 */
export function applyReceipt(message: Receipted, receipt: { status: string; errorCode: string | null }): Receipted | null {
  const state = states[receipt.status]
  if (state === undefined) return null
  if (!isOpen(message) && rank[state] <= rank[message.state]) return null
  return { state, errorCode: state === 'failed' ? receipt.errorCode ?? receipt.status : null }
}
