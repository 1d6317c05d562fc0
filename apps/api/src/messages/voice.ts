import type { voiceRoutes } from '@yoman/contract/voice'
import { setVoiceSettings, voiceSettings } from '@yoman/use-cases/messages/voice-settings'
import type { Handlers } from '../http/handler.ts'

export const voiceHandlers = {
  'GET /voice-settings': (ctx) => voiceSettings(ctx),

  'PUT /voice-settings': (ctx, { body }) => setVoiceSettings(ctx, body),
} satisfies Handlers<keyof typeof voiceRoutes>
