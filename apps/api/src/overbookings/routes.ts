import type { overbookingRoutes } from '@yoman/contract/overbookings'
import { readOverbookings } from '@yoman/use-cases/overbookings/read'
import type { Handlers } from '../http/handler.ts'

export const overbookingHandlers = {
  'GET /overbookings': (ctx, { query }) => readOverbookings(ctx, query),
} satisfies Handlers<keyof typeof overbookingRoutes>
