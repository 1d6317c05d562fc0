import type { shareRoutes } from '@yoman/contract/shares'
import { shareSheet } from '@yoman/documents/registers/shares'
import { drawSheet } from '@yoman/documents/sheets/draw'
import { plainDate } from '@yoman/domain/time'
import { recordCost, removeCost } from '@yoman/use-cases/shares/costs'
import { createShareRule, listShareRules, removeShareRule } from '@yoman/use-cases/shares/rules'
import { sharesOfMonth, type Statement, statementOf } from '@yoman/use-cases/shares/statement'
import type { Handlers, RequestContext } from '../http/handler.ts'
import { frameOf } from '../registers/frame.ts'
import { statementCsv } from './csv.ts'
import { presentMonthOf, presentRule, presentStatement } from './present.ts'

interface Whose {
  month: string
  practitionerId: string
}

const firstOf = (month: string) => plainDate(`${month}-01`)

/** Reads a statement and leaves the event of it: it names patients. */
async function takenStatement(ctx: RequestContext, { month, practitionerId }: Whose): Promise<Statement> {
  const statement = await statementOf(ctx, firstOf(month), practitionerId)
  ctx.reading({ name: 'books.read', subject: { type: 'clinic', id: ctx.clinicId }, details: { kind: 'shares', practitionerId, fromDate: statement.range.from.toString(), toDate: statement.range.to.toString() } })
  return statement
}

export const shareHandlers = {
  'GET /share-rules': async (ctx) => ({ items: (await listShareRules(ctx)).map(presentRule) }),

  'POST /share-rules': async (ctx, { body: { from, ...rule } }) => presentRule(await createShareRule(ctx, { ...rule, from: plainDate(from) })),

  'DELETE /share-rules/:id': async (ctx, { params }) => {
    await removeShareRule(ctx, params.id)
    return null
  },

  'GET /shares/:month': async (ctx, { params }) => ({ items: (await sharesOfMonth(ctx, firstOf(params.month))).map(presentMonthOf) }),

  'GET /shares/:month/:practitionerId': async (ctx, { params }) => presentStatement(params.month, await takenStatement(ctx, params)),

  'GET /shares/:month/:practitionerId/pdf': async (ctx, { params, query: { language } }) => {
    const statement = await takenStatement(ctx, params)
    return { name: `shares ${params.month}.pdf`, body: await drawSheet(shareSheet(frameOf(ctx, statement, language, statement.range.from, statement.range.to), statement)) }
  },

  'GET /shares/:month/:practitionerId/csv': async (ctx, { params, query: { language } }) => ({ name: `shares ${params.month}.csv`, body: statementCsv(language, await takenStatement(ctx, params)) }),

  'POST /laboratory-costs': async (ctx, { body: { day, amountAgorot, ...cost } }) => {
    await recordCost(ctx, { ...cost, day: plainDate(day), amount: amountAgorot })
    return null
  },

  'DELETE /laboratory-costs/:id': async (ctx, { params }) => {
    await removeCost(ctx, params.id)
    return null
  },
} satisfies Handlers<keyof typeof shareRoutes>
