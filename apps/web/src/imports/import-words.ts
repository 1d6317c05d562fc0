import { isOwnColumn } from '@yoman/domain/imports/own-column'
import { hasWords, t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { ApiProblem } from '../request.ts'

/** What a column means, in words. */
export function fieldWords(field: string): string {
  if (isOwnColumn(field)) return t('fields.own') // its name stands in the clinic's fields
  const key = `imports.field.${field}`
  return hasWords(key) ? t(key) : field
}

/** Why a cell or a whole import was not taken over: an own sentence, else that of the refusal of the same name. */
export function rowProblemWords(code: string): string {
  const own = `imports.problem.${code}`
  if (hasWords(own)) return t(own)
  const known = `problems.${code}`
  return hasWords(known) ? t(known) : code
}

/** Why a check or run was refused; a missing column is named as it is named on screen. */
export function checkProblemWords(error: unknown): string {
  if (!(error instanceof ApiProblem) || error.code !== 'column_missing') return problemWords(error)
  return t('imports.columnMissing', { field: fieldWords(String(error.params['column'] ?? '')) })
}
