import type { dayAccountRoutes } from '@yoman/contract/day-accounts'
import type { reminderForecastRoutes } from '@yoman/contract/reminder-forecasts'
import { recordReminderCall, takeReminderCallBack } from '@yoman/use-cases/reminders/calls'
import { forecastOfDay, forecastReminders } from '@yoman/use-cases/reminders/forecast'
import { accountOfDay } from '@yoman/use-cases/reminders/day-account'
import type { Handlers } from '../http/handler.ts'

export const dayAccountHandlers = {
  'GET /day-accounts/:date': (ctx, { params, query }) => accountOfDay(ctx, { ...params, ...query }),
  'POST /appointments/:id/reminder-calls': (ctx, { params, body }) => recordReminderCall(ctx, params.id, body),
  'DELETE /reminder-calls/:id': async (ctx, { params }) => (await takeReminderCallBack(ctx, params.id), null),
} satisfies Handlers<keyof typeof dayAccountRoutes>

export const reminderForecastHandlers = {
  'GET /reminder-forecasts': (ctx, { query }) => forecastReminders(ctx, query.branchId),
  'GET /reminder-forecasts/:date': (ctx, { params, query }) => forecastOfDay(ctx, { ...params, ...query }),
} satisfies Handlers<keyof typeof reminderForecastRoutes>
