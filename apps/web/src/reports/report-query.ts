import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { type IncomeGroup, incomeGroups, type IncomeView, incomeViews } from '@yoman/domain/reports/income'
import { type Comparison, comparisons } from '@yoman/domain/reports/period'
import { plainDate } from '@yoman/domain/time'
import { datesOf, type Period } from '../books/period.ts'

/** Periods that a report offers by name. */
export const reportPeriods = ['thisMonth', 'lastMonth', 'thisYear', 'lastYear', 'other'] as const satisfies readonly Period[]
export type ReportPeriod = (typeof reportPeriods)[number]

export interface ReportQuery {
  view: WritableComputedRef<IncomeView>
  group: WritableComputedRef<IncomeGroup>
  compare: WritableComputedRef<Comparison>
  vat: WritableComputedRef<'gross' | 'net'>
  branchId: WritableComputedRef<string>
  period: WritableComputedRef<ReportPeriod>
  from: WritableComputedRef<string>
  to: WritableComputedRef<string>
  /** The row that is opened; null where none is. */
  opened: WritableComputedRef<string | null>
  dates: ComputedRef<{ from: string; to: string }>
}

/** What a report shows stands in the address: a document that is opened from it leads back to the same report. */
export function useReportQuery(today: ComputedRef<string>): ReportQuery {
  const [route, router] = [useRoute(), useRouter()]
  const of = (name: string): string | null => (typeof route.query[name] === 'string' ? route.query[name] : null)
  const put = (changes: Record<string, string | null>) => void router.replace({ query: Object.fromEntries(Object.entries({ ...route.query, ...changes }).filter(([, value]) => value !== null)) })
  const choice = <T extends string>(name: string, values: readonly T[], usual: T) =>
    computed<T>({ get: () => values.find((value) => value === of(name)) ?? usual, set: (value) => put({ [name]: value === usual ? null : value, opened: null }) })

  const period = choice<ReportPeriod>('period', reportPeriods, 'thisYear')
  const dates = computed(() => datesOf(period.value, today.value) ?? { from: dateOr(of('from'), today.value), to: dateOr(of('to'), today.value) })
  const typed = (name: 'from' | 'to') => computed<string>({ get: () => dates.value[name], set: (value) => value !== dates.value[name] && put({ period: 'other', ...dates.value, [name]: value, opened: null }) })
  return {
    view: choice('view', incomeViews, 'billed'), group: choice('group', incomeGroups, 'month'), compare: choice('compare', comparisons, 'year'), vat: choice('vat', ['gross', 'net'] as const, 'gross'),
    branchId: computed({ get: () => of('branch') ?? 'all', set: (value) => put({ branch: value === 'all' ? null : value, opened: null }) }),
    period, dates, from: typed('from'), to: typed('to'),
    opened: computed({ get: () => of('opened'), set: (value) => put({ opened: value }) }),
  }
}

/** What somebody wrote into the address may be no date. */
function dateOr(text: string | null, usual: string): string {
  try {
    return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? plainDate(text).toString() : usual
  } catch {
    return usual // RangeError is how Temporal says that the calendar has no such day
  }
}
