import type { rebookingRoutes } from '@yoman/contract/rebooking'
import { leaveAsIs, listRebookings, recordCall, waitAgain } from '@yoman/use-cases/rebooking/settle'
import type { Handlers } from '../http/handler.ts'

export const rebookingHandlers = {
  'GET /rebookings': (ctx, { query }) => listRebookings(ctx, query),
  'POST /rebookings/:id/calls': (ctx, { params, body }) => recordCall(ctx, params.id, body.told, body.takenBack),
  'POST /rebookings/:id/leaving': (ctx, { params, body }) => leaveAsIs(ctx, params.id, body.reason),
  'POST /rebookings/:id/undo': (ctx, { params }) => waitAgain(ctx, params.id),
} satisfies Handlers<keyof typeof rebookingRoutes>
