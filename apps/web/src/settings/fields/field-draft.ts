import type { Field } from '@yoman/contract/fields'
import type { FieldKind, FieldOption, FieldSubject, Labels, Sensitivity } from '@yoman/domain/fields/field'

export const noWords = (): Labels => ({ he: '', en: '', ar: '', ru: '' })
export const newOption = (key: string): FieldOption => ({ key, labels: noWords(), alert: false, retired: false })

/** What the dialog of a field holds. */
export const draftOf = (field: Field | null, subject: FieldSubject) => ({
  kind: field?.kind ?? ('text' as FieldKind),
  labels: { ...(field?.labels ?? noWords()) },
  hints: { ...(field?.hints ?? noWords()) },
  group: { ...(field?.group ?? noWords()) },
  options: (field?.options ?? [newOption('o1'), newOption('o2')]).map((option) => ({ ...option, labels: { ...option.labels } })),
  unit: field?.unit ?? '',
  formula: field?.formula ?? '',
  sensitivity: field?.sensitivity ?? ((subject === 'note' ? 'clinical' : 'desk') as Sensitivity),
  editors: [...(field?.editors ?? [])],
  asked: field?.asked ?? ('never' as Field['asked']),
  raisesAlert: field?.raisesAlert ?? false,
  retired: field?.retired ?? false,
})
export type FieldDraft = ReturnType<typeof draftOf>

/** What is sent: only what a field of that kind can have, without blanks around words and without options that were left empty. */
export function cleaned({ kind, labels, hints, group, options, unit, formula, sensitivity, editors, asked, raisesAlert }: FieldDraft, subject: FieldSubject) {
  const choice = kind === 'choice' || kind === 'choices'
  const alertable = sensitivity === 'clinical' && subject === 'patient'
  const kept = options.filter((option) => Object.values(option.labels).some((word) => word.trim() !== '')).map((option) => ({ ...option, labels: trimmed(option.labels), alert: alertable && option.alert }))
  return {
    labels: trimmed(labels),
    hints: trimmed(hints),
    group: trimmed(group),
    options: choice ? kept : [],
    unit: kind === 'number' || kind === 'calculated' ? unit.trim() : '',
    formula: kind === 'calculated' ? formula.trim() : '',
    sensitivity,
    editors,
    asked: kind === 'calculated' ? ('never' as const) : asked,
    raisesAlert: alertable && kind !== 'calculated' && !choice && raisesAlert,
  }
}

const trimmed = ({ he, en, ar, ru }: Labels): Labels => ({ he: he.trim(), en: en.trim(), ar: ar.trim(), ru: ru.trim() })

/** A key out of the English name where it has letters for one, else the next number; one that no other field of the subject has. */
export function freshKey(english: string, taken: readonly string[]): string {
  const words = english.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 36)
  const base = words === '' ? 'field' : words
  const free = (key: string): boolean => !taken.includes(key)
  if (words !== '' && free(base)) return base
  for (let number = 1; ; number += 1) if (free(`${base}_${number}`)) return `${base}_${number}`
}
