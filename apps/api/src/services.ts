import type { SessionServices } from '@yoman/use-cases/sessions/services'

/** What the API was given when it started. */
export interface ApiServices extends SessionServices {
  publicUrl: string
  demo: boolean
  twilio: { accountSid: string | null; authToken: string | null }
}
