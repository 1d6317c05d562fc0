import type { Field, FieldValueNow } from '@yoman/contract/fields'
import { labelIn, type Labels } from '@yoman/domain/fields/field'
import { language } from '../i18n.ts'
import { showDate } from '../ui/typed-times.ts'

/** Words of the clinic's own in the language of the screen. */
export const inWords = (labels: Labels): string => labelIn(labels, language.value)

/** A value as one reads it; empty where there is none. A file's title is known only to whoever lists the patient's documents. */
export function valueWords(field: Pick<Field, 'kind' | 'options' | 'unit'>, value: FieldValueNow['value']): string {
  if (value === null || value === '') return ''
  const optionWords = (key: string): string => inWords(field.options.find((option) => option.key === key)?.labels ?? { he: key, en: '', ar: '', ru: '' })
  if (Array.isArray(value)) return value.map(optionWords).join(', ')
  if (field.kind === 'choice') return optionWords(String(value))
  if (field.kind === 'date') return showDate(String(value))
  return field.unit === '' ? String(value) : `${value} ${field.unit}`
}
