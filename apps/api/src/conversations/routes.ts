import type { conversationRoutes } from '@yoman/contract/conversations'
import { Refusal } from '@yoman/domain/refusal'
import { mostSmsParts } from '@yoman/messaging/preview'
import { smsLength } from '@yoman/messaging/sms-length'
import { changeConversation, markRead } from '@yoman/use-cases/conversations/change'
import { quickTexts, setQuickTexts } from '@yoman/use-cases/conversations/quick-texts'
import { openConversation, pageOfConversations } from '@yoman/use-cases/conversations/read'
import { sendReply } from '@yoman/use-cases/conversations/reply'
import type { Handlers } from '../http/handler.ts'

export const conversationHandlers = {
  'GET /conversations': (ctx, { query }) => pageOfConversations(ctx, query),

  'GET /conversations/:id': (ctx, { params }) => openConversation(ctx, params.id),

  'POST /conversations/:id/reading': (ctx, { params }) => markRead(ctx, params.id),

  'PATCH /conversations/:id': (ctx, { params, body }) => changeConversation(ctx, params.id, body),

  'POST /conversations/:id/replies': (ctx, { params, body }) => {
    const { parts } = smsLength(body.body)
    if (parts > mostSmsParts) throw new Refusal('template_too_long', { parts, most: mostSmsParts })
    return sendReply(ctx, params.id, body)
  },

  'GET /quick-texts': (ctx) => quickTexts(ctx),

  'PUT /quick-texts': (ctx, { body }) => setQuickTexts(ctx, body),
} satisfies Handlers<keyof typeof conversationRoutes>
