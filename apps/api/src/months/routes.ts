import type { monthRoutes } from '@yoman/contract/months'
import { plainDate } from '@yoman/domain/time'
import { closeMonth, monthList, monthView, reopenMonth } from '@yoman/use-cases/months/close'
import type { Handlers } from '../http/handler.ts'
import { presentMonth, presentMonths } from './present.ts'

const firstOf = (month: string) => plainDate(`${month}-01`)

export const monthHandlers = {
  'GET /months': async (ctx) => presentMonths(await monthList(ctx)),

  'GET /months/:month': async (ctx, { params: { month } }) => presentMonth(month, await monthView(ctx, firstOf(month))),

  'POST /months/:month/closing': async (ctx, { params: { month }, body: { id, reason } }) => {
    await closeMonth(ctx, { id, month: firstOf(month), reason: reason ?? '' })
    return presentMonth(month, await monthView(ctx, firstOf(month)))
  },

  'POST /month-closings/:id/reopening': async (ctx, { params, body }) => {
    await reopenMonth(ctx, params.id, body.reason)
    return presentMonths(await monthList(ctx))
  },
} satisfies Handlers<keyof typeof monthRoutes>
