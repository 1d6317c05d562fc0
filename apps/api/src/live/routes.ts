import type { liveRoutes } from '@yoman/contract/live'
import type { Handlers } from '../http/handler.ts'
import { HttpProblem } from '../http/problem.ts'

export const liveHandlers = {
  'GET /live': async (ctx, { query }, { request, reply }) => {
    const { live } = ctx.services
    if (!live || !request.authenticated) throw new HttpProblem('unavailable', { retryAfterSeconds: 5 })
    const headers = Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)])
    reply.hijack()
    live.subscribe(request.authenticated, reply.raw, Object.fromEntries(headers), query.line)
    return null
  },
} satisfies Handlers<keyof typeof liveRoutes>
