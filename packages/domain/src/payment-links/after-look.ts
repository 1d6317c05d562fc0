import { afterEndInSeconds, againInSeconds, isEnded, type LinkProblem, type LinkState, retryInSeconds } from './link.ts'

export interface Look {
  /** What the provider was asked to do: `close` alone ends its page. */
  claimed: 'open' | 'look' | 'close'
  /** When it was settled. */
  before: LinkState
  /** After what the provider told was written down. */
  state: LinkState
  answer: 'opened' | 'known' | 'refused' | 'unauthorised' | 'unreachable'
  /** Without an answer, before this look. */
  tries: number
  /** At the open page, or since the link ended, before this look. */
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
  return answer === 'known' ? afterAnswer(look) : { ...afterNone(look, answer), forget: false }
}

function afterAnswer(look: Look): LookOutcome {
  const { claimed, state, looks, tries, unheard, isOver } = look
  const pause = unheard === 0 ? null : retryInSeconds(tries + 1)
  const outcome = { state, problem: null, tries: pause === null ? 0 : tries + 1, looks, againInSeconds: pause, forget: unheard > 0 && pause === null }
  if (state === 'open' && !isOver) return { ...outcome, looks: looks + 1, againInSeconds: pause ?? againInSeconds(looks) }
  // Cancelled while it was looked at: its page is still to be closed.
  if (state === 'ending' && claimed !== 'close') return { ...outcome, againInSeconds: 0 }
  const ended = state === 'open' ? 'expired' : state === 'ending' ? 'cancelled' : state
  return isEnded(ended) ? { ...outcome, state: ended, ...sinceEnd(look, pause) } : outcome
}

/** A link that has ended is looked at some times more: its page is closed, and money whose callback was lost is heard of. */
function sinceEnd({ before, claimed, looks: all }: Look, pause: number | null): Pick<LookOutcome, 'looks' | 'againInSeconds'> {
  const looks = isEnded(before) ? all : 0
  if (claimed !== 'close') return { looks, againInSeconds: afterEndInSeconds(looks) }
  return pause === null ? { looks: looks + 1, againInSeconds: afterEndInSeconds(looks + 1) } : { looks, againInSeconds: pause }
}

/** Nobody answered well: asked again at growing pauses, then rarely, and not for ever. */
function afterNone(look: Look, problem: 'refused' | 'unauthorised' | 'unreachable'): Omit<LookOutcome, 'forget'> {
  const { state, tries: before, unheard, looks, isLongOver } = look
  const tries = before + 1
  const pause = retryInSeconds(tries)
  if (state === 'requested') return problem === 'unreachable' && pause !== null ? { state, looks, problem, tries, againInSeconds: pause } : { state: 'failed', looks, problem, tries, againInSeconds: null }
  if (state === 'ending' && pause === null) return { state: 'cancelled', looks: 0, problem, tries, againInSeconds: isLongOver ? null : rarely }
  if (state === 'open' && isLongOver) return { state: 'expired', looks, problem, tries, againInSeconds: null }
  if (isEnded(state) && isLongOver && unheard === 0) return { state, looks, problem: null, tries, againInSeconds: pause }
  return { state, looks, problem: state === 'open' ? problem : null, tries, againInSeconds: pause ?? rarely }
}
