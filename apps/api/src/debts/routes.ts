import type { debtRoutes } from '@yoman/contract/debts'
import { allDebtors, debtsOf, pageOfDebts } from '@yoman/use-cases/debts/read'
import { promiseToPay } from '@yoman/use-cases/debts/promise'
import type { Handlers } from '../http/handler.ts'
import { debtLines } from './csv.ts'
import { presentDebtDocument, presentDebts } from './present.ts'

export const debtHandlers = {
  'GET /debts': async (ctx, { query }) => presentDebts(await pageOfDebts(ctx, query)),

  'GET /debts/csv': async (ctx, { query: { language, ...filter } }) => {
    ctx.reading({ name: 'data.exported', subject: { type: 'clinic', id: ctx.clinicId }, details: { format: 'debts', ...filter } })
    return { name: `debts ${ctx.now.toString().slice(0, 10)}.csv`, body: debtLines(allDebtors(ctx, filter), language) }
  },

  'GET /debts/:patientId': async (ctx, { params }) => ({ items: (await debtsOf(ctx, params.patientId)).map(presentDebtDocument) }),

  'POST /debts/:patientId/promises': (ctx, { params, body }) => promiseToPay(ctx, params.patientId, body),
} satisfies Handlers<keyof typeof debtRoutes>
