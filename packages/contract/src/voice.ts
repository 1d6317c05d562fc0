import { type Static, Type } from 'typebox'
import { Exact, Nullable } from './common.ts'
import { routeTable } from './route.ts'

export const VoiceSettings = Exact({
  /** The number that reminders call from, E.164: one of the provider's account, or verified there; null: no calls. */
  caller: Nullable(Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' })),
  /** Of one call that is answered, in thousandths of a shekel; null where the clinic does not say. */
  callPrice: Nullable(Type.Integer({ minimum: 0, maximum: 10_000 })),
  version: Type.Integer({ minimum: 0 }),
})
export type VoiceSettings = Static<typeof VoiceSettings>

export const voiceRoutes = routeTable({
  'GET /voice-settings': {
    permission: 'settings.read',
    audit: 'none',
    summary: 'From which number reminders by phone call go, and what a call costs.',
    status: 200,
    response: VoiceSettings,
  },
  'PUT /voice-settings': {
    permission: 'settings.write',
    audit: 'write',
    summary: 'Change them. `version` is that of what it replaces, 0 where nothing was set yet. Without a number nothing is called any more: what waits goes on by the next way of its rule.',
    body: VoiceSettings,
    status: 200,
    response: VoiceSettings,
    problems: ['stale_version'],
  },
})
