import type { FileStore } from '@yoman/domain/attachments/file-store'
import type { Context } from '../context.ts'

export interface AttachmentLimits {
  /** Bytes of one file. */
  mostBytes: number
  /** Attachments of one patient, withdrawn ones included. */
  perPatient: number
}

/** Who works with the bytes of attachments, and not only with their rows. */
export interface FilingContext extends Context {
  files: FileStore
  attachmentLimits: AttachmentLimits
}
