import { hasWords, t } from './i18n.ts'
import { ApiProblem } from './request.ts'

/** A problem as a sentence in the language of the screen, by its code. Errors of our own code are not dressed up as answers. */
export function problemWords(error: unknown): string {
  if (!(error instanceof ApiProblem)) throw error
  const key = `problems.${error.code}`
  return hasWords(key) ? t(key, error.params) : t('problems.internal', { instance: String(error.params['instance'] ?? error.code) })
}

/** The codes of field errors, by the last part of their pointer: `{ email: 'format' }`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {}
  return Object.fromEntries(error.errors.map(({ pointer, code }) => [pointer.slice(pointer.lastIndexOf('/') + 1), code]))
}
