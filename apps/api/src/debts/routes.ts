import type { debtRoutes } from '@yoman/contract/debts'
import { composeDebtMessage } from '@yoman/messaging/debts/compose'
import { pauseReminders, remindNow, resumeReminders } from '@yoman/use-cases/debts/by-hand'
import { changeDebtRules, debtRules, firstReminders } from '@yoman/use-cases/debts/settings'
import { allDebtors, debtsOf, pageOfDebts } from '@yoman/use-cases/debts/read'
import { askAgain, writeOffDebt } from '@yoman/use-cases/debts/write-off'
import { promiseToPay } from '@yoman/use-cases/debts/promise'
import type { Handlers } from '../http/handler.ts'
import { debtLines } from './csv.ts'
import { presentDebtCase, presentDebts } from './present.ts'

export const debtHandlers = {
  'GET /debts': async (ctx, { query }) => presentDebts(await pageOfDebts(ctx, query)),

  'GET /debts/csv': async (ctx, { query: { language, ...filter } }) => {
    ctx.reading({ name: 'data.exported', subject: { type: 'clinic', id: ctx.clinicId }, details: { format: 'debts', ...filter } })
    return { name: `debts ${ctx.now.toString().slice(0, 10)}.csv`, body: debtLines(allDebtors(ctx, filter), language) }
  },

  'GET /debts/:patientId': async (ctx, { params }) => presentDebtCase(await debtsOf(ctx, params.patientId)),

  'POST /debts/:patientId/promises': (ctx, { params, body }) => promiseToPay(ctx, params.patientId, body),

  'POST /debts/:patientId/reminders': async (ctx, { params, body }) => {
    await remindNow(ctx, params.patientId, body.id, composeDebtMessage)
    return presentDebtCase(await debtsOf(ctx, params.patientId))
  },

  'PUT /debts/:patientId/pause': async (ctx, { params, body }) => {
    await pauseReminders(ctx, params.patientId, body)
    return presentDebtCase(await debtsOf(ctx, params.patientId))
  },

  'DELETE /debts/:patientId/pause': async (ctx, { params }) => {
    await resumeReminders(ctx, params.patientId)
    return presentDebtCase(await debtsOf(ctx, params.patientId))
  },

  'POST /debts/:patientId/write-offs': async (ctx, { params, body }) => {
    await writeOffDebt(ctx, params.patientId, body)
    return presentDebtCase(await debtsOf(ctx, params.patientId))
  },

  'DELETE /debts/:patientId/write-offs/:invoiceId': async (ctx, { params }) => {
    await askAgain(ctx, params.patientId, params.invoiceId)
    return presentDebtCase(await debtsOf(ctx, params.patientId))
  },

  'GET /debt-settings': (ctx) => debtRules(ctx),
  'GET /debt-settings/first-reminders': (ctx, { query }) => firstReminders(ctx, query),
  'PUT /debt-settings': (ctx, { body }) => changeDebtRules(ctx, body),
} satisfies Handlers<keyof typeof debtRoutes>
