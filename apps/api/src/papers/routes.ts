import type { paperRoutes } from '@yoman/contract/papers'
import { whatPapersMiss } from '@yoman/use-cases/papers/read'
import { tickPaper, untickPaper } from '@yoman/use-cases/papers/receive'
import type { Handlers } from '../http/handler.ts'

export const paperHandlers = {
  'GET /missing-papers': async (ctx, { query }) => ({ items: await whatPapersMiss(ctx, query) }),
  'POST /appointments/:id/paper': async (ctx, { params }) => {
    const { appointmentId, kind, receivedAt, receivedBy } = await tickPaper(ctx, params.id)
    return { appointmentId, kind, receivedAt: receivedAt.toString(), byStaffId: receivedBy }
  },
  'DELETE /appointments/:id/paper': async (ctx, { params }) => {
    await untickPaper(ctx, params.id)
    return null
  },
} satisfies Handlers<keyof typeof paperRoutes>
