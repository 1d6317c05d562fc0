import { type Appointment, isAhead } from '../appointments/appointment.ts'
import { Refusal } from '../refusal.ts'
import { type Instant, isAfter } from '../time.ts'

/** What the clinic lets patients do by themselves; hours are counted back from the visit's start. */
export interface AnswerRules {
  mayCancel: boolean
  cancelHours: number
  mayMove: boolean
  moveHours: number
}

/**
 * How the visit of a link stands: `booked` and `confirmed` may be answered; it was `moved` to another time than the link's, `cancelled`,
 * or is `over` (begun counts). What is not to be answered any more is told as it is now.
 */
export type LinkState = 'booked' | 'confirmed' | 'moved' | 'cancelled' | 'over'

type Visit = Pick<Appointment, 'status' | 'startsAt'>

export function linkState(linkStartsAt: Instant, visit: Visit, now: Instant): LinkState {
  if (visit.status === 'cancelled') return 'cancelled'
  if (!isAhead(visit.status) || !isAfter(visit.startsAt, now)) return 'over'
  if (!visit.startsAt.equals(linkStartsAt)) return 'moved'
  return visit.status === 'confirmed' ? 'confirmed' : 'booked'
}

/** Throws `visit_link_closed` with the state, where there is nothing to answer any more. */
export function checkAnswerable(linkStartsAt: Instant, visit: Visit, now: Instant): void {
  const state = linkState(linkStartsAt, visit, now)
  if (state !== 'booked' && state !== 'confirmed') throw new Refusal('visit_link_closed', { state })
}

/** Whether the patient may still do it alone; later than that, or where the clinic does not want it, they call. */
export const maySelf = (doing: 'cancel' | 'move', rules: AnswerRules, visit: Visit, now: Instant): boolean => {
  const [may, hours] = doing === 'cancel' ? [rules.mayCancel, rules.cancelHours] : [rules.mayMove, rules.moveHours]
  return may && !isAfter(now.add({ hours }), visit.startsAt)
}

/** Throws `answer_needs_call`. */
export function checkSelf(doing: 'cancel' | 'move', rules: AnswerRules, visit: Visit, now: Instant): void {
  if (!maySelf(doing, rules, visit, now)) throw new Refusal('answer_needs_call', { hours: doing === 'cancel' ? rules.cancelHours : rules.moveHours })
}

/** So long before a time a patient may take it by themselves: the clinic has to see it come. */
export const soonestHours = 2
/** A link opens nothing at all so long after its visit. */
export const linkDays = 7

/** At most `most` of them, spread over the whole list with the first and the last: mornings do not crowd out the afternoon. */
export function spread<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all]
  const step = (all.length - 1) / Math.max(1, most - 1)
  return Array.from({ length: most }, (_, index) => all[Math.round(index * step)]).filter((one) => one !== undefined)
}
