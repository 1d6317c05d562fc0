import type { Condition } from '@yoman/contract/patient-filters'

/** What is chosen in a condition's list; null where it has none. */
export function valueOf(condition: Condition): string | null {
  switch (condition.kind) {
    case 'not_seen': return condition.months === null ? 'never' : String(condition.months)
    case 'next_visit': return condition.has ? 'yes' : 'no'
    case 'visit_type': return condition.visitTypeId
    case 'practitioner': return condition.practitionerId
    case 'branch': return condition.branchId
    case 'tag': return condition.tagId
    case 'language': return condition.language
    case 'health_fund': return condition.fund ?? 'none'
    case 'document': return condition.document
    default: return null
  }
}

/** The condition with something else chosen in its list. */
export function changed(condition: Condition, chosen: string): Condition {
  switch (condition.kind) {
    case 'not_seen': return { ...condition, months: chosen === 'never' ? null : Number(chosen) }
    case 'next_visit': return { ...condition, has: chosen === 'yes' }
    case 'visit_type': return { ...condition, visitTypeId: chosen }
    case 'practitioner': return { ...condition, practitionerId: chosen }
    case 'branch': return { ...condition, branchId: chosen }
    case 'tag': return { ...condition, tagId: chosen }
    case 'language': return { ...condition, language: chosen as typeof condition.language } // of the list that was offered, as below
    case 'health_fund': return { ...condition, fund: chosen === 'none' ? null : (chosen as typeof condition.fund) }
    case 'document': return { ...condition, document: chosen as typeof condition.document }
    default: return condition
  }
}
