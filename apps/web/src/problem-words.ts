import { blockTitle } from './blocks/block-words.ts'
import { hasWords, t } from './i18n.ts'
import { ApiProblem } from './request.ts'

/** A problem as a sentence in the language of the screen, by its code. Errors of our own code are not dressed up as answers. */
export function problemWords(error: unknown): string {
  if (!(error instanceof ApiProblem)) throw error
  if (error.code === 'time_blocked') return t('blocks.inTheWay', { what: whatIsThere(error.params) })
  const key = `problems.${error.code}`
  return hasWords(key) ? t(key, error.params) : t('problems.internal', { instance: String(error.params['instance'] ?? error.code) })
}

const whatIsThere = ({ kind, title, holiday }: ApiProblem['params']): string => blockTitle({ kind: String(kind ?? ''), title: String(title ?? ''), holiday: holiday === undefined ? null : String(holiday) })

/** The codes of field errors, by the last part of their pointer: `{ email: 'format' }`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {}
  return Object.fromEntries(error.errors.map(({ pointer, code }) => [pointer.slice(pointer.lastIndexOf('/') + 1), code]))
}
