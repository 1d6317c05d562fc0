import type { visitLinkRoutes } from '@yoman/contract/visit-links'
import { answerSettings, setAnswerSettings } from '@yoman/use-cases/visit-links/settings'
import type { Handlers } from '../http/handler.ts'

export const visitLinkHandlers = {
  'GET /answer-settings': (ctx) => answerSettings(ctx),

  'PUT /answer-settings': (ctx, { body }) => setAnswerSettings(ctx, body),
} satisfies Handlers<keyof typeof visitLinkRoutes>
