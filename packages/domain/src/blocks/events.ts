import type { DomainEvent, EventName } from '../events.ts'
import type { BlockPlan } from './block.ts'

/** What happened to a block: when and for whom, never its words. */
export const blockEvent = (name: EventName & `block.${string}`, id: string, plan: BlockPlan, details: Record<string, unknown> = {}): DomainEvent => ({
  name,
  subject: { type: 'block', id },
  branchId: plan.branchId,
  details: { kind: plan.kind, fromDate: plan.fromDate, toDate: plan.toDate, ...(plan.starts === null ? {} : { hours: `${plan.starts}-${plan.ends}` }), resources: plan.resourceIds.length, ...details },
})
