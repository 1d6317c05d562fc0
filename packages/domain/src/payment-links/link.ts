import type { Agorot } from '../money/agorot.ts'
import type { Instant } from '../time.ts'
import type { ProviderMoney } from './provider.ts'

/**
 * `requested`: its page is still to be opened at the provider. `open`: it can be paid. `ending`: cancelled here, and still to be closed at the
 * provider. `different`: money came by it that is not what was asked for, or came too late; somebody decides.
 */
export const linkStates = ['requested', 'open', 'ending', 'paid', 'expired', 'cancelled', 'failed', 'different'] as const
export type LinkState = (typeof linkStates)[number]

/** Why a link failed, ended or is different. */
export const linkProblems = ['refused', 'unauthorised', 'unreachable', 'not_connected', 'nothing_owed', 'settled', 'by_hand', 'other_amount', 'other_currency', 'owed_less', 'after_cancel', 'came_twice', 'not_taken'] as const
export type LinkProblem = (typeof linkProblems)[number]

/** So long a page may be paid on. */
export const linkDays = 14
/** Who paid in the last minute is heard of a little later. */
const graceMinutes = 30
export const graceOfExpiry = { minutes: graceMinutes }

/** While a link can bring money by itself, its document has no second one. */
export const isLive = (state: LinkState): boolean => state === 'requested' || state === 'open'

/** Nothing more is asked by it; money that comes all the same is heard of. */
export const isEnded = (state: LinkState): boolean => !isLive(state) && state !== 'ending'

/** Whether somebody may cancel it. */
export const mayCancel = isLive

export type MoneyVerdict = { kind: 'books' } | { kind: 'differs'; why: Extract<LinkProblem, 'other_amount' | 'other_currency' | 'owed_less' | 'after_cancel' | 'came_twice'> }

/**
 * What becomes of money that came by a link. It is booked by itself only where it is the asked sum in shekels, nobody cancelled the link, it is
 * the first that came, and as much is still owed on the document; money that came after the link's last day pays what is owed all the same.
 */
export function verdictOn(money: Pick<ProviderMoney, 'amount' | 'currency'>, link: { amount: Agorot; state: LinkState; paidBefore: boolean }, owed: Agorot): MoneyVerdict {
  if (link.paidBefore) return { kind: 'differs', why: 'came_twice' }
  if (money.currency !== 'ILS') return { kind: 'differs', why: 'other_currency' }
  if (money.amount !== link.amount) return { kind: 'differs', why: 'other_amount' }
  if (link.state === 'ending' || link.state === 'cancelled') return { kind: 'differs', why: 'after_cancel' }
  if (owed < link.amount) return { kind: 'differs', why: 'owed_less' }
  return { kind: 'books' }
}

const hour = 3_600

/** Seconds until an open link is asked about again where nobody told of money: often at first, when most pay, four times a day later. */
export const againInSeconds = (looks: number): number => Math.min(120 * 2 ** Math.min(looks, 10), 6 * hour)

const afterEnd = [0, hour, 24 * hour]

/** Seconds until a link that has ended is asked about again: at once, to close its page, and twice for money whose callback was lost; null: it rests. @param looks since its end. */
export const afterEndInSeconds = (looks: number): number | null => afterEnd[looks] ?? null

/** Minutes that a page may be paid on; 1 at least, since the provider takes no less. */
export const minutesOfPage = (now: Instant, expiresAt: Instant): number => Math.max(1, Math.floor(expiresAt.since(now).total('minutes')))

const mostTries = 12

/** Seconds until an unanswered request to the provider is made again; null where it has been tried for hours. @param tries so far, from 1. */
export const retryInSeconds = (tries: number): number | null => (tries >= mostTries ? null : Math.min(10 * 2 ** (tries - 1), hour))
