import type { Condition } from '@yoman/contract/patient-filters'
import type { Field } from '@yoman/contract/fields'

/** What one chooses by, as the menu offers it: `field` stands for each of the clinic's own. */
export const plainKinds = ['age', 'not_seen', 'next_visit', 'visit_type', 'practitioner', 'branch', 'tag', 'language', 'health_fund', 'document'] as const
export type PlainKind = (typeof plainKinds)[number]

/** Whether the clinic's field can be chosen by: the server asks the same. Clinical ones are sealed. */
export const isOffered = (field: Field): boolean => field.subject === 'patient' && !field.retired && field.sees && field.sensitivity !== 'clinical' && field.kind !== 'file' && field.kind !== 'calculated'

interface First {
  visitTypeId: string | undefined
  practitionerId: string | undefined
  branchId: string | undefined
  tagId: string | undefined
}

/** A condition as it begins, or nothing where the clinic has none of what it is about. */
export function beginPlain(kind: PlainKind, first: First): Condition | null {
  switch (kind) {
    case 'age': return { kind, from: null, to: 11 }
    case 'not_seen': return { kind, months: 12 }
    case 'next_visit': return { kind, has: false }
    case 'visit_type': return first.visitTypeId ? { kind, visitTypeId: first.visitTypeId } : null
    case 'practitioner': return first.practitionerId ? { kind, practitionerId: first.practitionerId } : null
    case 'branch': return first.branchId ? { kind, branchId: first.branchId } : null
    case 'tag': return first.tagId ? { kind, tagId: first.tagId, has: true } : null
    case 'language': return { kind, language: 'he' }
    case 'health_fund': return { kind, fund: '101' }
    case 'document': return { kind, document: 'form_17', has: false }
  }
}

/** A condition on a field as it begins: of a choice its first option, of an amount no end yet. */
export function beginField({ id: fieldId, kind, options }: Pick<Field, 'id' | 'kind' | 'options'>): Condition {
  const [first] = options.filter(({ retired }) => !retired)
  if ((kind === 'choice' || kind === 'choices') && first) return { kind: 'field_options', fieldId, keys: [first.key] }
  if (kind === 'number') return { kind: 'field_number', fieldId, from: 0, to: null }
  if (kind === 'date') return { kind: 'field_date', fieldId, from: null, to: null }
  return { kind: 'field_missing', fieldId }
}

/** Whether there is something to ask: a range without ends asks nothing yet, and one that begins after it ends never holds. */
export function isWhole(condition: Condition): boolean {
  if (!('from' in condition)) return true
  const { from, to } = condition
  return (from !== null || to !== null) && !isReversed(condition)
}

/** Whether a range begins after it ends: nobody can be in it. */
export const isReversed = (condition: Condition): boolean => 'from' in condition && condition.from !== null && condition.to !== null && condition.from > condition.to

/** Whether the conditions choose anybody yet; until one does, the list is the whole one. */
export const isAsking = (conditions: readonly Condition[]): boolean => conditions.some(isWhole)
