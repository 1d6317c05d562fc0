import type { IncomeRow } from '@yoman/contract/reports'
import type { IncomeGroup } from '@yoman/domain/reports/income'
import { hasWords, language, t } from '../i18n.ts'
import { inLanguage } from '../in-language.ts'
import { showMonth, showShortDay, showShortMonth } from '../ui/show-times.ts'
import { showDate } from '../ui/typed-times.ts'

/** What a row of a report is called: a name, a fund, a month. */
export function rowLabel({ key, ...named }: Pick<IncomeRow, 'key' | 'name' | 'nameEn'>, group: IncomeGroup): string {
  if (key === '') return t('reports.noneOf')
  if (group === 'month') return showMonth(key, language.value)
  if (group === 'week') return t('reports.weekOf', { day: showDate(key) })
  if (group === 'day') return showDate(key)
  const fund = `patients.fund.${key}`
  if (group === 'health_fund') return hasWords(fund) ? t(fund) : key
  return inLanguage(named) || key
}

/** The same for the axis of a chart. */
export function axisLabel(row: Pick<IncomeRow, 'key' | 'name' | 'nameEn'>, group: IncomeGroup): string {
  if (group === 'month') return showShortMonth(row.key, language.value)
  if (group === 'week' || group === 'day') return showShortDay(row.key, language.value)
  return rowLabel(row, group)
}
