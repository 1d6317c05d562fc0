import type { SessionServices } from '@yoman/use-cases/sessions/services'
import type { Live } from './live/fan-out.ts'

/** What the API was given when it started. */
export interface ApiServices extends SessionServices {
  publicUrl: string
  demo: boolean
  twilio: { accountSid: string | null; authToken: string | null }
  /** Made by the server itself, where it hears notices. */
  live?: Live
}
