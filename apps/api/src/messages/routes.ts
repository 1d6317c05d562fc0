import type { messageRoutes } from '@yoman/contract/messages'
import { oneMessage, pageOfInbound, pageOfMessages } from '@yoman/use-cases/messages/list-messages'
import { resendMessage } from '@yoman/use-cases/messages/resend-message'
import type { Handlers } from '../http/handler.ts'
import { presentInbound, presentMessage } from './present.ts'

export const messageHandlers = {
  'GET /messages': async (ctx, { query }) => {
    const { items, next } = await pageOfMessages(ctx, query)
    return { items: items.map(presentMessage), next }
  },

  'POST /messages/:id/resends': async (ctx, { params, body }) => {
    await resendMessage(ctx, params.id, body.id)
    return presentMessage(await oneMessage(ctx, body.id))
  },

  'GET /inbound-messages': async (ctx, { query }) => {
    const { items, next } = await pageOfInbound(ctx, query)
    return { items: items.map(presentInbound), next }
  },
} satisfies Handlers<keyof typeof messageRoutes>
