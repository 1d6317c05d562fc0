import type { TreatmentPlan, TypedPhase } from '@yoman/contract/plans'
import type { Input } from '../request.ts'

export type Content = Omit<Input<'PUT /treatment-plans/:id'>['body'], 'version'>
export type DraftItem = TypedPhase['items'][number]

/** What of a plan can be written, as it is sent: an item without an estimate keeps the price it has. */
export const contentOf = (plan: TreatmentPlan): Content => ({
  title: plan.title,
  remarks: plan.remarks ?? '',
  phases: plan.phases.map(({ id, title, visitTypeId, practitionerId, minutes, items }) => ({
    id, title, visitTypeId, practitionerId, minutes,
    items: items.map(({ id: itemId, priceItemId, tooth, surfaces, quantity, leastAgorot, mostAgorot, estimated, findingId }) => ({ id: itemId, priceItemId, tooth, surfaces, quantity, findingId, estimate: estimated ? { leastAgorot, mostAgorot } : null })),
  })),
})

/** Where the next treatment is noted: a tooth chosen in the chart, or a planned finding that is taken in. */
export interface Target {
  tooth: string
  surfaces: string
  findingId: string | null
}
