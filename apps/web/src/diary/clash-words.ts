import { instant, instantFromMs } from '@yoman/domain/time'
import { language, t } from '../i18n.ts'
import { problemWords } from '../problem-words.ts'
import { ApiProblem } from '../request.ts'
import { showClock } from '../ui/show-times.ts'
import type { Clash } from './clash.ts'

interface Names {
  zone: string
  resourceName: (id: string) => string
  visitTypeName: (id: string) => string
}

/** A time among other words: isolated left to right. */
const clockOf = (at: string, zone: string): string => `\u2066${showClock(at, zone, language.value)}\u2069`

/** A clash as a sentence that names what is in the way. */
export function clashWords(clash: Clash, { zone, resourceName, visitTypeName }: Names): string {
  const what = resourceName(clash.resourceId)
  if (clash.kind === 'taken') return t('resources.clash.takenBy', { what, time: clockOf(instantFromMs(clash.until).toString(), zone), by: visitTypeName(clash.visitTypeId) })
  if (clash.kind === 'held') return t('resources.clash.held', { what })
  return clash.kind === 'closed' ? t('resources.clash.closed', { what }) : t('resources.clash.notOffered', { what })
}

/** A refusal as a sentence that names what is in the way, where it says so; else its usual words. */
export function refusalWords(error: unknown, { zone, resourceName }: Omit<Names, 'visitTypeName'>): string {
  if (!(error instanceof ApiProblem)) return problemWords(error)
  const { code, params } = error
  const [id, until] = [params['resourceId'], params['until']]
  const what = typeof id === 'string' ? resourceName(id) : ''
  if (what === '') return problemWords(error)
  if (code === 'slot_taken' && typeof until === 'string') return t('resources.clash.taken', { what, time: clockOf(instant(until).toString(), zone) })
  if (code === 'slot_held') return t('resources.clash.held', { what })
  if (code === 'outside_working_hours') return t('resources.clash.closed', { what })
  return problemWords(error)
}
