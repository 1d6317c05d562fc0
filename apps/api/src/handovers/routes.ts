import type { handoverRoutes } from '@yoman/contract/handovers'
import { openNow, pageOfHandovers, pageOfShiftNotes, whomNotReached } from '@yoman/use-cases/handovers/read'
import { giveDesk, takeOver, withdrawHandover, writeShiftNote } from '@yoman/use-cases/handovers/write'
import type { Handlers } from '../http/handler.ts'

export const handoverHandlers = {
  'GET /handovers': (ctx, { query }) => pageOfHandovers(ctx, query),
  'GET /handovers/now': (ctx, { query }) => openNow(ctx, query.branchId),
  'POST /handovers': (ctx, { body }) => giveDesk(ctx, body),
  'POST /handovers/:id/acknowledgement': (ctx, { params }) => takeOver(ctx, params.id),
  'POST /handovers/:id/withdrawal': (ctx, { params }) => withdrawHandover(ctx, params.id),
  'GET /shift-notes': (ctx, { query }) => pageOfShiftNotes(ctx, query),
  'POST /shift-notes': (ctx, { body }) => writeShiftNote(ctx, body),
  'GET /not-reached': async (ctx, { query }) => ({ items: await whomNotReached(ctx, query) }),
} satisfies Handlers<keyof typeof handoverRoutes>
