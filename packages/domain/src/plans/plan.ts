import type { Agorot } from '../money/agorot.ts'
import { Refusal } from '../refusal.ts'

/**
 * A draft is written by the doctor; offered, it is as the patient sees it; accepted with a signature, it binds until all of it is
 * done, it is closed, or a newer edition that was signed replaces it.
 */
export const planStatuses = ['draft', 'offered', 'accepted', 'declined', 'replaced', 'closed', 'done'] as const
export type PlanStatus = (typeof planStatuses)[number]

/** Steps that somebody chooses; `accepted` needs a signature, `replaced` and `done` follow by themselves. */
export const planSteps = ['offered', 'draft', 'declined', 'closed'] as const
export type PlanStep = (typeof planSteps)[number]

const stepsFrom: Readonly<Record<PlanStatus, readonly PlanStep[]>> = {
  draft: ['offered', 'closed'],
  offered: ['draft', 'declined', 'closed'],
  accepted: ['closed'],
  declined: [],
  replaced: [],
  closed: [],
  done: [],
}

export interface PlanItem {
  quantity: number
  /** Of one, in agorot with VAT; the same twice where it is no estimate. */
  leastAgorot: Agorot
  mostAgorot: Agorot
}

/** Checks a step of a plan. Throws `plan_step_not_allowed`, `plan_empty` for an offer of nothing, `plan_reason_missing` for an end without one. */
export function checkStep(status: PlanStatus, to: PlanStep, { items, reason }: { items: number; reason: string }): void {
  if (!stepsFrom[status].includes(to)) throw new Refusal('plan_step_not_allowed')
  if (to === 'offered' && items === 0) throw new Refusal('plan_empty')
  // A draft that nobody saw is thrown away without a word.
  if ((to === 'declined' || (to === 'closed' && status !== 'draft')) && !/\S/.test(reason)) throw new Refusal('plan_reason_missing')
}

/** Only a draft is written in. Throws `plan_not_a_draft`. */
export function checkDraft(status: PlanStatus): void {
  if (status !== 'draft') throw new Refusal('plan_not_a_draft')
}

/** Only what is offered is signed. Throws `plan_already_answered`, `plan_step_not_allowed`. */
export function checkAcceptable(status: PlanStatus): void {
  if (status === 'accepted' || status === 'done' || status === 'replaced') throw new Refusal('plan_already_answered')
  if (status !== 'offered') throw new Refusal('plan_step_not_allowed')
}

/** Whether a new edition may be written over it: what the patient agreed to or declined. Throws `plan_step_not_allowed`. */
export function checkRevisable(status: PlanStatus): void {
  if (status !== 'accepted' && status !== 'declined') throw new Refusal('plan_step_not_allowed')
}

export interface PriceRange {
  leastAgorot: Agorot
  mostAgorot: Agorot
}

/** What all of it costs, VAT included: from the least to the most. */
export const totalOf = (items: readonly PlanItem[]): PriceRange => ({
  leastAgorot: items.reduce((sum, { quantity, leastAgorot }) => sum + quantity * leastAgorot, 0),
  mostAgorot: items.reduce((sum, { quantity, mostAgorot }) => sum + quantity * mostAgorot, 0),
})
