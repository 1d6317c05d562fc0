import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostOffice, type PostOffice } from '@yoman/runtime/post-office/start'

export const accountSid = `AC${'0'.repeat(31)}1`
export const authToken = 'token-of-the-test'
export const sender = '+972559570100'
export const patient = '+972501234567'

/** A post office in a folder of its own; `close` ends it and removes what it kept. */
export async function openPostOffice(): Promise<{ office: PostOffice; close: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yoman-messaging-'))
  const office = await startPostOffice({ accountSid, authToken, dataDir, paceMs: 5, log: () => {} })
  return {
    office,
    close: async () => {
      await office.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
