import type { orderRoutes } from '@yoman/contract/orders'
import { bookOrder } from '@yoman/use-cases/orders/book'
import { cancelOrder, placeOrder } from '@yoman/use-cases/orders/place'
import { proposeChains } from '@yoman/use-cases/orders/propose'
import { pageOfOrders, readOrder } from '@yoman/use-cases/orders/read'
import type { Handlers } from '../http/handler.ts'

export const orderHandlers = {
  'GET /orders': (ctx, { query }) => pageOfOrders(ctx, query),

  'GET /orders/:id': (ctx, { params }) => readOrder(ctx, params.id),

  'POST /orders': (ctx, { body }) => placeOrder(ctx, body),

  'POST /orders/:id/proposals': async (ctx, { params, body }) => ({ chains: await proposeChains(ctx, params.id, body) }),

  'POST /orders/:id/booking': (ctx, { params, body }) => bookOrder(ctx, params.id, body),

  'POST /orders/:id/cancellation': (ctx, { params, body }) => cancelOrder(ctx, params.id, body),
} satisfies Handlers<keyof typeof orderRoutes>
