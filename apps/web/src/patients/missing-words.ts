import { t } from '../i18n.ts'

const most = 4

/** How much is missing and what: all of it where it is little, else the first and how many more. */
export function missingWords(names: readonly string[]): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names
  const list = shown.join(', ')
  const fields = shown.length < names.length ? t('patients.missingMore', { fields: list, more: names.length - shown.length }) : list
  return t('patients.missing', { fields }, names.length)
}
