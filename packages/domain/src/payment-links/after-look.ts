import { againInSeconds, type LinkProblem, type LinkState, retryInSeconds } from './link.ts'

export interface Look {
  /** What the provider was asked to do: `close` alone ends its page. */
  claimed: 'open' | 'look' | 'close'
  /** After what the provider told was written down. */
  state: LinkState
  answer: 'opened' | 'known' | 'refused' | 'unauthorised' | 'unreachable'
  /** Without an answer, before this look. */
  tries: number
  /** At the open page, before this look. */
  looks: number
  /** Transactions that callbacks named and the provider told nothing of. */
  unheard: number
  /** Past the last day, and what was under way then. */
  isOver: boolean
  /** So long past it that nobody waits for an answer any more. */
  isLongOver: boolean
}

export interface LookOutcome {
  state: LinkState
  problem: LinkProblem | null
  tries: number
  looks: number
  /** Null: not by itself. */
  againInSeconds: number | null
  /** The provider was asked often enough about what callbacks named. */
  forget: boolean
}

const rarely = 6 * 3_600

/** Where a link stands after a look at it, and when it is looked at again. */
export function afterLook(look: Look): LookOutcome {
  const { state, answer, looks } = look
  if (answer === 'opened') return { state, looks, tries: 0, problem: null, againInSeconds: state === 'ending' ? 0 : againInSeconds(0), forget: false }
  return answer === 'known' ? afterAnswer(look) : { ...afterNone(look, answer), looks, forget: false }
}

function afterAnswer({ claimed, state, looks, tries, unheard, isOver }: Look): LookOutcome {
  const pause = unheard === 0 ? null : retryInSeconds(tries + 1)
  const outcome = { state, problem: null, tries: pause === null ? 0 : tries + 1, looks, againInSeconds: pause, forget: unheard > 0 && pause === null }
  // Cancelled while it was looked at: its page is still to be closed.
  if (state === 'ending') return claimed === 'close' ? { ...outcome, state: 'cancelled' } : { ...outcome, againInSeconds: 0 }
  if (state !== 'open') return outcome
  return isOver ? { ...outcome, state: 'expired' } : { ...outcome, looks: looks + 1, againInSeconds: pause ?? againInSeconds(looks) }
}

/** Nobody answered well: asked again at growing pauses, then rarely, and not for ever. */
function afterNone({ state, tries: before, isLongOver }: Look, problem: 'refused' | 'unauthorised' | 'unreachable'): Omit<LookOutcome, 'looks' | 'forget'> {
  const tries = before + 1
  const pause = retryInSeconds(tries)
  if (state === 'requested') return problem === 'unreachable' && pause !== null ? { state, problem, tries, againInSeconds: pause } : { state: 'failed', problem, tries, againInSeconds: null }
  if (state === 'ending' && pause === null) return { state: 'cancelled', problem, tries, againInSeconds: null }
  if (state === 'open' && isLongOver) return { state: 'expired', problem, tries, againInSeconds: null }
  return { state, problem: state === 'open' ? problem : null, tries, againInSeconds: pause ?? rarely }
}
