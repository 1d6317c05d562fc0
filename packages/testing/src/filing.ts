import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeReceiver } from '@yoman/api/attachments/receive'
import type { ApiServices } from '@yoman/api/services'
import { diskStore } from '@yoman/file-store/disk-store'
import { afterAll } from 'vitest'

/** What the API needs for attachments, on a folder of its own that is gone after the file's last test. Limits are small, so that a test of them need not send 25 MB. */
export function testFiling(): Pick<ApiServices, 'files' | 'attachmentLimits' | 'receiveFile'> & { folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'yoman-files-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const attachmentLimits = { mostBytes: 2 * 1_048_576, perPatient: 40 }
  return { folder, files: diskStore(folder), attachmentLimits, receiveFile: makeReceiver(attachmentLimits.mostBytes) }
}
