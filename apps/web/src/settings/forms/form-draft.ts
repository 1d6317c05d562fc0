import type { Form } from '@yoman/contract/forms'
import type { Labels } from '@yoman/domain/fields/field'
import type { FormItem, FormKind } from '@yoman/domain/forms/form'
import { newId } from '../../new-id.ts'
import { noWords } from '../fields/field-draft.ts'

/** An item with a key of its own while it is moved about. */
export type DraftItem = FormItem & { key: string }

export const textItem = (words: Labels = noWords()): DraftItem => ({ key: newId(), kind: 'text', words: { ...words } })
export const fieldItem = (fieldId: string, required = false): DraftItem => ({ key: fieldId, kind: 'field', fieldId, required })

export const draftOf = (form: Form | null): { kind: FormKind; signed: boolean; title: Labels; items: DraftItem[]; retired: boolean } => ({
  kind: form?.kind ?? 'anamnesis',
  signed: form?.signed ?? true,
  title: { ...(form?.content.title ?? noWords()) },
  // The place is its key: asked twice, a row gives the same form, so that nothing seems changed.
  items: (form?.content.items ?? []).map((item, index) => (item.kind === 'text' ? { ...textItem(item.words), key: `text-${index}` } : fieldItem(item.field.id, item.required))),
  retired: form?.retired ?? false,
})

export function moved(items: readonly DraftItem[], at: number, by: number): DraftItem[] {
  const rest = items.filter((_, index) => index !== at)
  const item = items[at]
  return item ? [...rest.slice(0, at + by), item, ...rest.slice(at + by)] : [...items]
}

/** What is sent; texts that were left empty are left out. */
export const sentItems = (items: readonly DraftItem[]): FormItem[] =>
  items.flatMap((item): FormItem[] => (item.kind === 'field' ? [{ kind: 'field', fieldId: item.fieldId, required: item.required }] : Object.values(item.words).some((words) => words.trim() !== '') ? [{ kind: 'text', words: item.words }] : []))
