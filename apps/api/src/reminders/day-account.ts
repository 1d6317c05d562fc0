import type { dayAccountRoutes } from '@yoman/contract/day-accounts'
import type { reminderForecastRoutes } from '@yoman/contract/reminder-forecasts'
import { recordReminderCall, takeReminderCallBack } from '@yoman/use-cases/reminders/calls'
import { partsOfReminder } from '@yoman/messaging/reminder-parts'
import { ownTemplates } from '@yoman/use-cases/messages/save-template'
import { forecastOfDay, forecastReminders, whatIfRule } from '@yoman/use-cases/reminders/forecast'
import { accountOfDay } from '@yoman/use-cases/reminders/day-account'
import type { Handlers } from '../http/handler.ts'

export const dayAccountHandlers = {
  'GET /day-accounts/:date': (ctx, { params, query }) => accountOfDay(ctx, { ...params, ...query }),
  'POST /appointments/:id/reminder-calls': (ctx, { params, body }) => recordReminderCall(ctx, params.id, body),
  'DELETE /reminder-calls/:id': async (ctx, { params }) => (await takeReminderCallBack(ctx, params.id), null),
} satisfies Handlers<keyof typeof dayAccountRoutes>

export const reminderForecastHandlers = {
  'GET /reminder-forecasts': async (ctx, { query }) => {
    const { days, unplanned, silentPatients } = await forecastReminders(ctx, query.branchId)
    return { days, unplanned, silentPatients }
  },
  'POST /reminder-forecasts': async (ctx, { body: { branchId, rule: { branchId: ruleBranchId, ...rule } } }) => {
    const parts = partsOfReminder(await ownTemplates(ctx))
    return whatIfRule(ctx, { ...rule, branchId, ruleBranchId }, parts)
  },
  'GET /reminder-forecasts/:date': (ctx, { params, query }) => forecastOfDay(ctx, { ...params, ...query }),
} satisfies Handlers<keyof typeof reminderForecastRoutes>
