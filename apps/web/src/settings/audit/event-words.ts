import { colleague } from '../../colleagues.ts'
import { hasWords, t } from '../../i18n.ts'
import { showDate } from '../../ui/typed-times.ts'

/** What happened, in the language of the screen; the name itself for an event that is newer than this client. */
export function eventWords(name: string): string {
  const key = `settings.event.${name}`
  return hasWords(key) ? t(key) : name
}

/** Who did it: a person by name, or what stands for nobody of the staff. */
export function actorWords({ actorKind, actorName }: { actorKind: 'staff' | 'system' | 'patient' | 'anonymous'; actorName: string | null }): string {
  return colleague(actorName) || t(`settings.audit.actor.${actorKind}`)
}

/** The details that say something to a person (`שדות: שם, טלפון · מצב: נכשלה`), what was before what is; ids and versions are left out. */
export function detailWords(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .sort(([a], [b]) => rank(a) - rank(b)) // the database keeps them by the length of their names
    .flatMap(([name, value]) => {
      const key = `settings.detail.${name}`
      const words = hasWords(key) ? (documentWords(name, value) ?? valueWords(value)) : ''
      return hasWords(key) && words !== '' ? [`${t(key)}: ${words}`] : []
    })
    .join(' · ')
}

const pairs = ['from', 'fromDate', 'to', 'toDate']
const rank = (name: string): number => pairs.indexOf(name)

/** The tax authority's number of a document's kind (`320`) in words; other numbers, such as a count of rows, are themselves. */
function documentWords(name: string, value: unknown): string | null {
  const key = `invoices.kind.${String(value)}`
  return name === 'kind' && hasWords(key) ? t(key) : null
}

const isoDate = /^\d{4}-\d\d-\d\d$/

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueWords).filter(Boolean).join(', ')
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no')
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  const key = `settings.detailValue.${value}`
  return hasWords(key) ? t(key) : isoDate.test(String(value)) ? showDate(String(value)) : String(value)
}
