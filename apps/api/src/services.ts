import type { FileStore } from '@yoman/domain/attachments/file-store'
import type { AttachmentLimits } from '@yoman/use-cases/attachments/context'
import type { SessionServices } from '@yoman/use-cases/sessions/services'
import type { makeReceiver } from './attachments/receive.ts'
import type { Live } from './live/fan-out.ts'

/** What the API was given when it started. */
export interface ApiServices extends SessionServices {
  publicUrl: string
  demo: boolean
  files: FileStore
  attachmentLimits: AttachmentLimits
  receiveFile: ReturnType<typeof makeReceiver>
  /** Shared with whoever posts returned mail; null takes none. */
  bounceKey?: string | null
  /** As the Tax Authority knows this installation; left out or null where it does not. */
  taxAuthority?: { clientId: string; oauthUrl: string } | null
  /** Origins of accounting services that the installation trusts; none where it is left out. */
  accountingOrigins?: readonly string[]
  /** The page of a demo's stand-in for them. */
  accountingStandIn?: string | null
  twilio: { accountSid: string | null; authToken: string | null }
  /** Made by the server itself, where it hears notices. */
  live?: Live
}
