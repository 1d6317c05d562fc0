import { type Actor, may, type Permission } from '../access.ts'
import type { AttachmentKind } from '../attachments/kind.ts'
import { type Field, isSealed, maySee } from '../fields/field.ts'
import { Forbidden, Refusal } from '../refusal.ts'
import type { PlainDate } from '../time.ts'

/** How patients are chosen for a list. All conditions of a list must hold; there is no "or" and nothing inside another. */
export type Condition =
  /** In whole years, both ends in; null: no limit. */
  | { kind: 'age'; from: number | null; to: number | null }
  /** No visit in the last so many months, whoever never came with them; null: never came. */
  | { kind: 'not_seen'; months: number | null }
  | { kind: 'next_visit'; has: boolean }
  | { kind: 'visit_type'; visitTypeId: string }
  | { kind: 'practitioner'; practitionerId: string }
  | { kind: 'branch'; branchId: string }
  | { kind: 'tag'; tagId: string; has: boolean }
  | { kind: 'language'; language: 'he' | 'ar' | 'ru' | 'en' }
  | { kind: 'health_fund'; fund: '101' | '102' | '103' | '104' | '401' | '402' | '480' | null }
  | { kind: 'document'; document: AttachmentKind; has: boolean }
  /** One of the clinic's own fields: one of these options, a number or an ISO date within ends that are both in, or nothing said. */
  | { kind: 'field_options'; fieldId: string; keys: readonly string[] }
  | { kind: 'field_number'; fieldId: string; from: number | null; to: number | null }
  | { kind: 'field_date'; fieldId: string; from: string | null; to: string | null }
  | { kind: 'field_missing'; fieldId: string }

export const mostConditions = 12

const needs: Partial<Record<Condition['kind'], Permission>> = { not_seen: 'diary.read', next_visit: 'diary.read', visit_type: 'diary.read', practitioner: 'diary.read', branch: 'diary.read', document: 'attachment.read' }

/** Fields by which a list may be made: of patients, in use, seen by the one who asks, and readable to the database. */
export const isFilterable = (actor: Actor, field: Field): boolean => field.subject === 'patient' && !field.retired && field.kind in kindsOf && maySee(actor, field) && !isSealed(field)

const kindsOf: Partial<Record<Field['kind'], Condition['kind']>> = { text: 'field_missing', number: 'field_number', date: 'field_date', choice: 'field_options', choices: 'field_options' }

/**
 * Whether the one who asks may choose patients so: whoever may not see a thing learns nothing of it by asking who has it. Throws
 * `Forbidden`, `field_not_yours` and `filter_field_unfit` (`fieldId`; sealed, out of use, or of another kind), `filter_range_wrong`.
 */
export function checkFilter(actor: Actor, conditions: readonly Condition[], fields: readonly Field[]): void {
  for (const condition of conditions) {
    const needed = needs[condition.kind]
    if (needed && !may(actor, needed)) throw new Forbidden(needed)
    if ('fieldId' in condition) checkField(actor, condition, fields)
    if ('from' in condition && !isRange(condition)) throw new Refusal('filter_range_wrong')
  }
}

function checkField(actor: Actor, condition: Extract<Condition, { fieldId: string }>, fields: readonly Field[]): void {
  const { fieldId } = condition
  const field = fields.find(({ id }) => id === fieldId)
  if (!field || !maySee(actor, field)) throw new Refusal('field_not_yours', { fieldId })
  if (!isFilterable(actor, field) || (condition.kind !== 'field_missing' && kindsOf[field.kind] !== condition.kind)) throw new Refusal('filter_field_unfit', { fieldId })
}

/**
 * Whether somebody may know of a list that was kept: what they may not see, they are not told that others ask for. One that asks by a
 * field which no longer fits (out of use, sealed) is known, so that it can be changed or forgotten.
 */
export const mayFilter = (actor: Actor, conditions: readonly Condition[], fields: readonly Field[]): boolean => conditions.every((condition) => mayKnow(actor, condition, fields))

function mayKnow(actor: Actor, condition: Condition, fields: readonly Field[]): boolean {
  try {
    checkFilter(actor, [condition], fields)
    return true
  } catch (error) {
    if (error instanceof Forbidden) return false
    if (error instanceof Refusal) return error.code !== 'field_not_yours'
    throw error
  }
}

const isRange = ({ from, to }: { from: number | string | null; to: number | string | null }): boolean => (from !== null || to !== null) && (from === null || to === null || from <= to)

/** Who is of these ages on a day was born after the one date, and on the other or before it. */
export const bornBetween = ({ from, to }: { from: number | null; to: number | null }, today: PlainDate): { after: PlainDate | null; until: PlainDate | null } => ({
  after: to === null ? null : today.subtract({ years: to + 1 }),
  until: from === null ? null : today.subtract({ years: from }),
})

/** Lists that every clinic has; what they are called is said by the screens. */
export const readyFilters = {
  children_not_seen: [{ kind: 'age', from: null, to: 11 }, { kind: 'not_seen', months: 12 }],
  no_next_visit: [{ kind: 'next_visit', has: false }],
  form_17_missing: [{ kind: 'next_visit', has: true }, { kind: 'document', document: 'form_17', has: false }],
} as const satisfies Record<string, readonly Condition[]>
export type ReadyFilter = keyof typeof readyFilters
