import type { flowRoutes } from '@yoman/contract/flow'
import { changeFlowSetting, readFlowSettings } from '@yoman/use-cases/flow/settings'
import { leftWithoutPaying } from '@yoman/use-cases/flow/unpaid'
import type { Handlers } from '../http/handler.ts'

export const flowHandlers = {
  'GET /flow-settings': async (ctx) => ({ items: await readFlowSettings(ctx) }),
  'PUT /branches/:id/flow-settings': (ctx, { params, body }) => changeFlowSetting(ctx, params.id, body),
  'GET /unpaid-visits': async (ctx, { query }) => ({ items: await leftWithoutPaying(ctx, query) }),
} satisfies Handlers<keyof typeof flowRoutes>
