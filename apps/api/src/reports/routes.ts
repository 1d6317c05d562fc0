import type { reportRoutes } from '@yoman/contract/reports'
import type { IncomeGroup, IncomeView } from '@yoman/domain/reports/income'
import { plainDate } from '@yoman/domain/time'
import { allItems, explanationOf, incomeReport, pageOfItems } from '@yoman/use-cases/reports/income'
import type { Handlers, RequestContext } from '../http/handler.ts'
import { itemLines, reportLines } from './csv.ts'
import { presentExplanation, presentIncome, presentItem } from './present.ts'
import { sheetOf } from './table.ts'
import { workbook } from './workbook.ts'

export const reportHandlers = {
  'GET /reports/income': async (ctx, { query: { compare, ...query } }) => presentIncome(await incomeReport(ctx, inDays(query), compare ?? 'none')),

  'GET /reports/income/items': async (ctx, { query: { cursor, limit, key, ...query } }) => {
    const { items, next } = await pageOfItems(ctx, { ...inDays(query), key: key ?? null }, { ...(cursor === undefined ? {} : { cursor }), ...(limit === undefined ? {} : { limit }) })
    return { items: items.map(presentItem), next }
  },

  'GET /reports/income/explanation': async (ctx, { query }) => presentExplanation(await explanationOf(ctx, { from: plainDate(query.from), to: plainDate(query.to) })),

  'GET /reports/income/csv': async (ctx, { query: { language, compare, ...query } }) => {
    const report = presentIncome(await incomeReport(ctx, inDays(query), compare ?? 'none'))
    tellExport(ctx, 'csv', query)
    return { name: `${nameOf(query)}.csv`, body: reportLines(sheetOf(report, query.group, language)) }
  },

  'GET /reports/income/xlsx': async (ctx, { query: { language, compare, ...query } }) => {
    const report = presentIncome(await incomeReport(ctx, inDays(query), compare ?? 'none'))
    tellExport(ctx, 'xlsx', query)
    return { name: `${nameOf(query)}.xlsx`, body: workbook(sheetOf(report, query.group, language), language) }
  },

  'GET /reports/income/items/csv': async (ctx, { query: { language, key, ...query } }) => {
    const items = allItems(ctx, { ...inDays(query), key: key ?? null })
    tellExport(ctx, 'items', query)
    return { name: `${nameOf(query)} items.csv`, body: itemLines(items, language) }
  },
} satisfies Handlers<keyof typeof reportRoutes>

interface Asked {
  view: IncomeView
  group: IncomeGroup
  from: string
  to: string
}

const inDays = <T extends { from: string; to: string }>(query: T) => ({ ...query, from: plainDate(query.from), to: plainDate(query.to) })

const nameOf = ({ view, from, to }: Asked): string => `income ${view} ${from} ${to}`

const tellExport = (ctx: RequestContext, format: string, { view, group, from, to }: Asked): void =>
  ctx.reading({ name: 'data.exported', subject: { type: 'clinic', id: ctx.clinicId }, details: { format: `income ${format}`, view, group, fromDate: from, toDate: to } })
